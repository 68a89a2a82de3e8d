"""What is known of a person beyond their accounts: numbers, other people, where they are, what they speak."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile, Party, Phone
from collectctl.domain.numbers import PhoneForm, dial_digits, is_phone
from collectctl.domain.places import zones
from collectctl.domain.policy import labels
from collectctl.domain.regions import is_region, zones_of_region
from collectctl.domain.results.said import Done, Said
from collectctl.domain.when import fold, zone_of
from collectctl.domain.whom import LIABLE, ROLES, role_of
from collectctl.domain.words import _
from collectctl.store import entries, people
from collectctl.store.book import Book
from collectctl.store.journal import Unit
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.changes import each
from collectctl.usecases.phones import country, form_of

LABELS = ("mobile", "home", "work")
SOURCES = ("debtor", "contact", "client", "public", "tracing")
DERIVED = "auto"  # in the place of a zone: what numbers and region say
_FEWEST, _MOST = 5, 20  # digits of a number, an extension included
_COUNTRY = 2  # letters of a country without a region
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class NoPhone(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is no phone number").format(typed=typed),
            "collectctl person add-phone ACCOUNT +12025550101",
        )


class UnknownRole(BadUsage):
    def __init__(self, role: str) -> None:
        super().__init__(
            _("{role!r} is no role; there are {roles}").format(role=role, roles=", ".join(ROLES)),
            "--role contact",
        )


class NoName(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("the name is empty"), "collectctl person add-party ACCOUNT NAME --role ROLE")


class UnknownZone(BadUsage):
    def __init__(self, typed: str, nearest: Sequence[str]) -> None:
        super().__init__(
            _("no time zone is called {typed!r}").format(typed=typed)
            + (_("; nearest: {names}").format(names=", ".join(nearest)) if nearest else ""),
            "collectctl person zone ACCOUNT America/New_York",
        )


class UnknownRegion(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("no region is called {typed!r}: country and region, as US-MA").format(typed=typed),
            "--region US-MA",
        )


class TwoRegions(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is a state and a country: name both").format(typed=typed), f"--region US-{typed}"
        )


class UnknownLanguage(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is no code of a language").format(typed=typed),
            "collectctl person language ACCOUNT es",
        )


# --- numbers and other people -------------------------------------------------------------------------------


def add_phone(book: Book, account_id: int, typed: str, label: str, source: str, now: datetime) -> Said:
    """A number of the debtor; one that is on file stays as it is. Raises `NoPhone` (2)."""

    def write(made: Unit, found: Target) -> Done:
        value, form = _read_phone(found.account, typed)
        known = _on_file(found.person.phones, value, form)
        if known:
            text = _("{number} is on file already").format(number=known.value)
            text += _(" as {label}").format(label=known.label) if known.label else ""
            return Done(text, None, _phone_data(known.value, form))
        theirs = _on_file(found.person.party_phones, value, form)
        _store_phone(made, found.person.id, value, label, source, form)
        warnings = [*_about_form(form)]
        if theirs:
            warnings.append(_("the number is on file as somebody else's too"))
        text = _("number added: {phone}").format(phone=_phone_words(value, label, form))
        return Done(text, _("number added"), _phone_data(value, form), tuple(warnings))

    return each(book, "person add-phone", [account_id], now, write)


def add_party(book: Book, account_id: int, name: str, role: str, phone: str, now: datetime) -> Said:
    """Somebody beside the debtor, with a number where one is given.

    Who is liable is so on the one account, everybody else belongs to the person. Raises `UnknownRole`,
    `NoName`, `NoPhone` (2).
    """
    known_role = role_of(role)
    if known_role not in ROLES:
        raise UnknownRole(role)
    name = name.strip()
    if not name:
        raise NoName

    def write(made: Unit, found: Target) -> Done:
        accounts = [found.account] if known_role in LIABLE else list(found.person.accounts)
        known = _party(found.person.accounts, known_role, name)
        person = known.person if known else people.add_person(made)
        missing = [a for a in accounts if all(p.person != person for p in a.parties)]
        relation = role.strip() if role.strip().lower() != known_role else ""
        for account in missing:
            people.add_party(made, account.id, person, known_role, name, relation)
        added, warnings = _phone_of_party(made, found, person, phone) if phone else ("", ())
        facts = {"name": name, "role": known_role, "phone": added or None}
        if not missing and not added:
            return Done(
                _("{name} ({role}) is on file already").format(name=name, role=known_role), None, facts
            )
        text = _("{role} {name}").format(role=known_role, name=name) + (f", {added}" if added else "")
        brief = _("{role} added") if missing else _("number of the {role} added")
        return Done(_("added: {who}").format(who=text), brief.format(role=known_role), facts, warnings)

    return each(book, "person add-party", [account_id], now, write)


def _party(accounts: Iterable[AccountFile], role: str, name: str) -> Party | None:
    return next((p for a in accounts for p in a.parties if p.role == role and p.name == name), None)


def _phone_of_party(made: Unit, found: Target, person: int, typed: str) -> tuple[str, tuple[str, ...]]:
    value, form = _read_phone(found.account, typed)
    theirs = tuple(p for p in found.person.party_phones if p.person == person)
    if _on_file(theirs, value, form):
        return "", ()
    _store_phone(made, person, value, "", "debtor", form)
    warnings = _about_form(form)
    if _on_file(found.person.phones, value, form):
        warnings += (_("the number is on file as the debtor's own too"),)
    return value, warnings


def _read_phone(account: AccountFile, typed: str) -> tuple[str, PhoneForm]:
    """The number as it is kept, and what its form tells. Raises `NoPhone` (2)."""
    value = fold(typed).strip()
    form = form_of(account, value)
    if not (_FEWEST <= len(dial_digits(value)) <= _MOST) or not (is_phone(value) or form.normal):
        raise NoPhone(typed)
    return value, form


def _on_file(phones: Iterable[Phone], value: str, form: PhoneForm) -> Phone | None:
    """The number on file that is this one, with or without its country code."""
    digits = dial_digits(value)
    return next((p for p in phones if p.digits == digits or (form.normal and p.normal == form.normal)), None)


def _store_phone(made: Unit, person: int, value: str, label: str, source: str, form: PhoneForm) -> None:
    entries.add_phone(made, person, value, label, source, form.normal, form.zones)


def _about_form(form: PhoneForm) -> tuple[str, ...]:
    if not form.normal:
        return (_("it is no valid number as written: dialled as it stands, it tells no place"),)
    return () if form.zones else (_("the number says nothing about where they are"),)


def _phone_words(value: str, label: str, form: PhoneForm) -> str:
    parts = [value, label, ", ".join(form.zones)]
    return " · ".join(part for part in parts if part)


def _phone_data(value: str, form: PhoneForm) -> dict[str, object]:
    return {"phone": value, "normal": form.normal or None, "zones": form.zones}


# --- where they are, what they speak ------------------------------------------------------------------------


def set_zones(book: Book, account_id: int, typed: Sequence[str], now: datetime) -> Said:
    """The zones of a person, in the place of what numbers and region say; `auto` goes back to that.

    Raises `UnknownZone` (2).
    """
    names = () if [z.strip().lower() for z in typed] == [DERIVED] else tuple(map(_zone, typed))
    names = tuple(dict.fromkeys(names))

    def write(made: Unit, found: Target) -> Done:
        if names == found.person.zones:
            text = _("it was so already: {zones}")
            return Done(text.format(zones=", ".join(_shown(found))), None, {"zones": _shown(found)})
        people.set_trait(made, found.person.id, "zones", " ".join(names))
        after = target(book, found.account.id)
        brief = _("zones set") if names else _("zones as numbers and region say")
        words = ", ".join(_shown(after)) or _("none known")
        return Done(f"{brief}: {words}", brief, {"zones": _shown(after)})

    def _shown(at: Target) -> tuple[str, ...]:
        return zones(at.person, at.account.policies, zone_of(now))

    return each(book, "person zone", [account_id], now, write)


def _zone(typed: str) -> str:
    """The zone's own name. Raises `UnknownZone` (2)."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    every = available_timezones()
    asked = typed.strip().replace(" ", "_").lower()
    by_name = {name.lower(): name for name in sorted(every)}
    if asked in by_name:
        return by_name[asked]
    cities = {name.rpartition("/")[2]: name for name in by_name}
    near = [cities[city] for city in get_close_matches(asked.rpartition("/")[2], cities, 3, 0.75)]
    near += get_close_matches(asked, by_name, 3, 0.75)
    raise UnknownZone(typed, [by_name[name] for name in dict.fromkeys(near)][:3])


def move(book: Book, account_id: int, typed: str, now: datetime) -> Said:
    """The region where a person lives now; zones that were set for where they lived before no longer count.

    Raises `UnknownRegion`, `TwoRegions` (2).
    """
    region = fold(typed).strip().upper()
    if not is_region(region):
        raise UnknownRegion(typed)

    def write(made: Unit, found: Target) -> Done:
        if len(region) == _COUNTRY and country(found.account) == "US" and is_region(f"US-{region}"):
            raise TwoRegions(region)
        known = zones_of_region(region)
        if people.region_set(made.connection, found.person.id) == region:
            return Done(_("lives in {region}, as known").format(region=region), None, {"region": region})
        people.set_trait(made, found.person.id, "region", region)
        text = _("the zones of {region} are not known: set them with collectctl person zone")
        warnings = [] if known else [text.format(region=region)]
        if found.person.zones:
            people.set_trait(made, found.person.id, "zones", "")
            text = _("zones set before no longer count: {zones}")
            warnings.append(text.format(zones=", ".join(found.person.zones)))
        after = target(book, found.account.id)
        there = zones(after.person, after.account.policies, zone_of(now))
        binding = labels(after.account.policies)
        text = _("lives in {region} now · zones {zones} · policies {policies}").format(
            region=region, zones=", ".join(there) or _("none known"), policies=", ".join(binding)
        )
        brief = _("lives in {region}").format(region=region)
        return Done(text, brief, {"region": region, "zones": there, "policies": binding}, tuple(warnings))

    return each(book, "person move", [account_id], now, write)


def set_language(book: Book, account_id: int, typed: str, now: datetime) -> Said:
    """The language to speak, as a code (`es`, `zh-CN`). Raises `UnknownLanguage` (2)."""
    code = fold(typed).strip()
    if not _LANGUAGE.fullmatch(code):
        raise UnknownLanguage(typed)
    first, dash, rest = code.partition("-")
    code = first.lower() + dash + rest

    def write(made: Unit, found: Target) -> Done:
        text = _("speaks {language}").format(language=code)
        if found.person.language == code:
            return Done(_("{said}, as known").format(said=text), None, {"language": code})
        people.set_trait(made, found.person.id, "language", code)
        return Done(text, None, {"language": code})

    return each(book, "person language", [account_id], now, write)
