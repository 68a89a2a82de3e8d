"""What the collector has set, and what the book remembers of each client's files."""

import sqlite3

_LATEST = (
    "select f.value from setting f join operation o on o.id = f.op and o.stands"
    " where f.name = ? order by f.id desc limit 1"
)


def get_setting(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute(_LATEST, (name,)).fetchone()
    return row[0] if row else None


def all_settings(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "select f.name, f.value from setting f join operation o on o.id = f.op and o.stands order by f.id"
    )
    return {name: value for name, value in dict(rows).items() if value is not None}


def of_client(name: str, client: str) -> str:
    """The name of a setting that holds for one client."""
    return f"{name}:client:{client}"


def setting_for(connection: sqlite3.Connection, name: str, client: str) -> str:
    """A setting as it holds for a client: its own, else the book's, "" where neither is set."""
    return get_setting(connection, of_client(name, client)) or get_setting(connection, name) or ""


def has_client(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the book has a client of that name."""
    return connection.execute("select 1 from client where name = ?", (name,)).fetchone() is not None
