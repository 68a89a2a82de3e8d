"""The table of outcomes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from collectctl.domain.outcomes import TABLE
from collectctl.domain.words import _

if TYPE_CHECKING:
    from rich.console import Console


def data() -> dict[str, Any]:
    return {
        "outcomes": [
            {
                "code": o.code,
                "names": list(o.names),
                "who": o.who,
                "channel": o.channel,
                "us_call": o.us,
                "conversation": o.talk,
                "cn_unanswered": o.cn6,
                "step": o.step,
                "days": o.days,
                "text": _(o.meaning),
            }
            for o in TABLE
        ]
    }


def plain() -> Iterator[list[str]]:
    yield ["code", "names", "who", "channel", "step", "days", "text"]
    for o in TABLE:
        yield [o.code, " ".join(o.names), o.who, o.channel, o.step, str(o.days), _(o.meaning)]


def table(console: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in (_("code"), _("or"), _("who"), _("meaning")):
        made.add_column(title, overflow="fold")
    for o in TABLE:
        made.add_row(Text(o.code, style="bold"), Text(" ".join(o.names)), Text(o.who), Text(_(o.meaning)))
    console.print(made)
