"""A million records from a CSV file and from PostgreSQL, read and made ready to be measured, against pandas reading the same columns.

Ours finds out what the file is, checks it, keeps a fingerprint, and gives columns cleaned of blanks; pandas is told all that
it needs. What the whole evaluation of forty thousand customers takes is shown beside pandas' reading too. The server is a private
one of the tests, in a folder of its own; the engine of both sides is the same driver's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import numpy as np
from measure import loaded

URL = "SCORECARD_BENCH_URL"
"""the environment variable with the address of the server, for the processes in which memory is measured"""
DEFINITIONS = {kind: Path(__file__).with_name(f"reading_{kind}.scorecard.yaml") for kind in ("csv", "sql")}
COLUMNS = ["customer_id", "ordered_at", "amount", "rating", "hours"]
QUERY = f"select {', '.join(COLUMNS)} from orders_{{size}}"
SIZE = "SCORECARD_BENCH_SIZE"
PERIOD = "2026-Q3"
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # as the command line has it, for both sides


@contextmanager
def server() -> Iterator[bool]:
    """Whether a PostgreSQL server could be started; its address is in the environment."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "servers"))
    import private_servers

    try:
        with private_servers.postgresql() as url:
            os.environ[URL] = url
            yield True
    except private_servers.NoServerError:
        yield False


def data(size: int, library: str) -> dict[str, Any]:
    """Where the records are: `library` is csv or sql. They are made when they are first asked for."""
    roster = Path(gettempdir()) / "scorecard-bench-customers.csv"
    if not roster.exists():
        roster.write_text("\n".join(["customer_id,region", *(f"{each},华东" for each in _customers())]), encoding="utf-8")
    return {"kind": library, "size": size, "at": _file(size) if library == "csv" else _table(size)}


def ours(where: dict[str, Any]) -> Any:
    """The records as they are measured, and the fingerprint of the source."""
    from scorecard.engine.open import open_sources
    from scorecard.engine.prepare import Clock
    from scorecard.engine.record import records_of
    from scorecard.model.formula import Kind
    from scorecard.plan.draw import draw

    os.environ[SIZE] = str(where["size"])
    definition, plugins = loaded(DEFINITIONS[where["kind"]])
    opened = open_sources(definition, plugins, {}, frozenset({"orders"}), {})
    drawn, issues = draw(definition, plugins, {"customers": {"customer_id": Kind.TEXT}, "orders": opened["orders"].columns})
    assert drawn is not None, issues
    records = records_of(drawn, opened, "pandas", Clock())
    opened["orders"].data.fingerprint()
    return records["orders"].blocks


def measured(where: dict[str, Any]) -> Any:
    """The evaluation of a quarter."""
    import scorecard

    os.environ[SIZE] = str(where["size"])
    definition, plugins = loaded(DEFINITIONS[where["kind"]])
    return scorecard.evaluate(definition, period=PERIOD, plugins=plugins)


def by_hand_csv(where: dict[str, Any]) -> Any:
    import pandas as pd

    return pd.read_csv(where["at"], usecols=COLUMNS, dtype={"customer_id": str}, parse_dates=["ordered_at"])


def by_hand_sql(where: dict[str, Any]) -> Any:
    import pandas as pd
    import sqlalchemy as sql

    engine = sql.create_engine(where["at"])
    try:
        with engine.connect() as connection:
            return pd.read_sql(sql.text(QUERY.format(size=where["size"])), connection)
    finally:
        engine.dispose()


def same(found: Any, hand: Any) -> bool:
    """Whether both hold the same records."""
    native = found.whole().to_native()
    numbers = all(np.allclose(native[name].to_numpy(float), hand[name].to_numpy(float)) for name in ("amount", "rating", "hours"))
    return numbers and all((native[name].to_numpy() == hand[name].to_numpy()).all() for name in ("customer_id", "ordered_at"))


def _customers() -> list[str]:
    """As many whatever the number of records, to show what these alone cost."""
    return [f"C{number:06d}" for number in range(40_000)]


def _made(size: int) -> Any:
    import pandas as pd

    rng = np.random.default_rng(1)
    seconds = rng.integers(0, 730 * 86_400, size).astype("timedelta64[s]")
    return pd.DataFrame(
        {
            "customer_id": rng.choice(np.array(_customers(), dtype=object), size),
            "ordered_at": np.datetime64("2025-01-01", "s") + seconds,
            "amount": (rng.random(size) * 100).round(2),
            "rating": rng.integers(0, 11, size),
            "hours": rng.random(size) * 72,
            "note": "发货及时，包装完好",
        }
    )


def _file(size: int) -> str:
    path = Path(gettempdir()) / f"scorecard-bench-orders-{size}.csv"
    if not path.exists():
        _made(size).to_csv(path, index=False)
    return str(path)


def _table(size: int) -> str:
    import psycopg

    url = os.environ[URL]
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        if connection.execute("select to_regclass(%s)", [f"orders_{size}"]).fetchone() == (None,):
            kinds = "customer_id text, ordered_at timestamp, amount numeric(12, 2), rating smallint, hours double precision, note text"
            connection.execute(f"create table orders_{size} ({kinds})")
            with connection.cursor().copy(f"copy orders_{size} from stdin (format csv)") as copy:
                made = _made(size)
                for begin in range(0, size, 100_000):
                    copy.write(made[begin : begin + 100_000].to_csv(index=False, header=False))
    return url
