"""`outcomes`: what `log` takes."""

from collectctl.cli.building import command
from collectctl.cli.output import present
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session


def outcomes(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """The outcomes that log knows."""
    from collectctl.render import outcomes as render

    with session(db, as_json) as s:
        present(s, "outcomes", data=render.data, plain=render.plain, table=render.table)


COMMANDS = {"outcomes": lambda: command("outcomes", outcomes)}
