"""Tours of visits as sheets to print and fill in by hand: nothing is loaded, and no text is code."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from collectctl.domain.facts import Activity
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import with_code
from collectctl.domain.outcomes import BY_CODE, TABLE
from collectctl.domain.policy import Rule
from collectctl.domain.records import Record
from collectctl.domain.results.visits import VisitResult
from collectctl.domain.tasks import local_day
from collectctl.domain.visits import VISIT, Stop, Tour, last_tries, last_visits
from collectctl.domain.when import zone_of

_TEMPLATE = Path(__file__).with_name("visitsheet.html.j2")
# what the collector says of a rule in Chinese; any other is in the words of its policy
_RULES = {
    "cn.visit": "须两名以上催收人员同行；出示证件；经同意方可入内；全程录音录像；每日不超过一次",
    "cn.hours": "22:00 至次日 08:00 不得上门，债务人同意的除外",
    "cn.third-content": "不得向第三人透露债务信息，只可询问联系方式或请其转告回电",
    "uk.visit": "上门须事先通知并说明来意",
    "uk.hours": "08:00 至 21:00 之外不上门",
    "regf.hours": "当地 08:00 至 21:00 之外不得联系",
}
_FACTS = {
    "en": "called in vain for {days} days, since {first}: calls {calls}, numbers {numbers}",
    "zh": "已 {days} 天未联系上：自 {first} 起拨打 {calls} 次，{numbers} 个号码",
}
_REACHED = {"en": "last reached {day}", "zh": "上次联系上：{day}"}
_NEVER = {"en": "never reached", "zh": "从未联系上"}


class Sheet(Record):
    """One stop as it stands on paper."""

    number: int
    account: str
    others: tuple[str, ...]
    name: str
    client: str
    owed: tuple[str, ...]
    address: str
    why: str
    tries: tuple[str, ...]
    visits: tuple[str, ...]
    safety: tuple[str, ...]


def as_html(result: VisitResult, now: datetime, language: str, collector: str) -> bytes:
    """The sheets of all tours, each on paper of its own, in `language` (en, zh); UTF-8."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    page = template.render(
        zh=language == "zh", day=f"{now:%Y-%m-%d}", collector=collector,
        tours=[_tour(tour, now, language) for tour in result.tours],
        outcomes=[_named(o.code, language) for o in TABLE if o.channel == VISIT],
    )  # fmt: skip
    return page.encode("utf-8")


def _tour(tour: Tour, now: datetime, language: str) -> tuple[str, list[Sheet], list[tuple[str, str]]]:
    rules = [(_rule(rule, language), rule.cite) for rule in tour.rules]
    stops = [_sheet(number, stop, now, language) for number, stop in enumerate(tour.stops, 1)]
    return " · ".join(part for part in tour.place if part), stops, rules


def _rule(rule: Rule, language: str) -> str:
    return _RULES.get(rule.id, rule.text) if language == "zh" else rule.text


def _sheet(number: int, stop: Stop, now: datetime, language: str) -> Sheet:
    return Sheet(
        number=number,
        account=stop.account.number,
        others=tuple(a.number for a in stop.accounts[1:]),
        name=stop.account.debtor,
        client=", ".join(dict.fromkeys(a.client for a in stop.accounts)),
        owed=tuple(with_code(minor, currency) for currency, minor in stop.totals.items()),
        address=stop.address,
        why=" · ".join(_why(stop, now, language)),
        tries=tuple(_try(v, now, language) for v in last_tries(stop)),
        visits=tuple(_try(v, now, language) for v in last_visits(stop)),
        safety=tuple(f"{note.on} {mask_long_numbers(note.text)}" for note in stop.safety),
    )


def _why(stop: Stop, now: datetime, language: str) -> Iterator[str]:
    zone = zone_of(now)
    yield _FACTS[language].format(
        days=stop.days(now), calls=len(stop.calls), numbers=stop.numbers,
        first=local_day(stop.calls[0], zone),
    )  # fmt: skip
    if stop.reached:
        yield _REACHED[language].format(day=local_day(stop.reached, zone))
    else:
        yield _NEVER[language]


def _try(v: Activity, now: datetime, language: str) -> str:
    """Without the number: a sheet may be left behind."""
    return f"{v.at.astimezone(now.tzinfo):%m-%d %H:%M} {_named(v.outcome, language)}"


def _named(code: str, language: str) -> str:
    """An outcome in words, in Chinese by its first name."""
    outcome = BY_CODE[code]
    chinese = next((name for name in outcome.names if not name.isascii()), outcome.meaning)
    return chinese if language == "zh" else outcome.meaning
