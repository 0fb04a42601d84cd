"""How a connection is made one that only reads, on the clock of the scorecard."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scorecard.hooks.contracts import SourceError
from scorecard.hooks.edges import Span

PATIENCE = 10
"""seconds in which a server must answer"""
_BEGINNING = datetime(2000, 1, 1)
"""from when the offset of a time zone matters, where the stretch that is read has no start"""
_UNKNOWN_ZONE = 1298


def patience(url: Any) -> dict[str, Any]:
    """What a driver is told besides the url, where it would wait for an absent server without end."""
    waits = url.get_backend_name() == "postgresql" and "connect_timeout" not in url.query
    return {"connect_timeout": PATIENCE} if waits else {}


def options(dialect: str) -> dict[str, Any]:
    """What SQLAlchemy is told of every connection."""
    return {"postgresql_readonly": True} if dialect == "postgresql" else {}


def prepare(connection: Any, zone: str | None, span: Span, origin: str) -> None:
    """Begins a transaction that cannot write, where the database knows such, in the time zone of the scorecard."""
    import sqlalchemy as sql

    match connection.dialect.name:
        case "sqlite":
            connection.exec_driver_sql("pragma query_only = on")
        case "postgresql":
            connection.execute(sql.text("select set_config('TimeZone', :zone, true)"), {"zone": zone or "UTC"})
        case "mysql" | "mariadb":
            if zone is not None:
                _set_zone(connection, zone, span, origin)
            connection.exec_driver_sql("start transaction read only")


def edge(moment: datetime | None, dialect: str) -> datetime | str | None:
    """An edge of the period as a database compares it: SQLite keeps moments as texts, of which `2026-07-01` comes first."""
    if moment is None or dialect != "sqlite":
        return moment
    return moment.date().isoformat() if moment == datetime(*moment.timetuple()[:3]) else moment.isoformat(sep=" ")


def _set_zone(connection: Any, zone: str, span: Span, origin: str) -> None:
    """Sets the time zone by its offset where that stays the same, else by its name, which not every server has loaded."""
    import sqlalchemy as sql

    named = _offset(zone, span) or zone
    try:
        connection.execute(sql.text("set time_zone = :zone"), {"zone": named})
    except sql.exc.DBAPIError as error:
        if error.orig is None or error.orig.args[:1] != (_UNKNOWN_ZONE,):
            raise
        raise SourceError("SC674", origin=origin, zone=zone) from None


def _offset(zone: str, span: Span) -> str | None:
    start, end = span[0] or _BEGINNING, span[1] or datetime.now()
    moments = (start + timedelta(days=day) for day in range(0, max((end - start).days, 0), 7))
    offsets = {ZoneInfo(zone).utcoffset(moment) for moment in (*moments, end)}
    if len(offsets) != 1 or (offset := offsets.pop()) is None:
        return None
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'-' if offset < timedelta() else '+'}{hours:02d}:{minutes:02d}"


def let_go(cursor: Any) -> None:
    """Forgets the rows of a connection that has ended: PyMySQL would go on to read them, fail, and say so on stderr."""
    result: Any = getattr(cursor, "_result", None)
    if hasattr(result, "unbuffered_active"):
        result.unbuffered_active = False
