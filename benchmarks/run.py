"""Prints, as Markdown, what `scorecard` costs beside the same work written by hand: `make bench`, or `ARGS=--quick` for less of it."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import advising
import certainty
import checking
import entities
import growth
import page
import reading
import records
import startup
from measure import Compared, Peak, in_turn, peak, seconds

LIBRARIES = ("pandas", "polars")
Row = Sequence[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data, fewer rounds: under a minute")
    quick = parser.parse_args().quick
    part, rounds = (10, 3) if quick else (1, 7)
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {_versions()}", end="\n\n")
    heading = ["work", "library", "ours", "by hand", "ratio", "memory, ours", "memory, by hand", "ratio"]
    _table(heading, _compared(1_000_000 // part, 5_000_000 // part, rounds))
    _table(["read and made ready", "from", *heading[2:]], _read(1_000_000 // part, rounds))
    _table(["how sure verdicts are", "ours", "the bare product", "ratio"], [_drawn(100_000 // part, rounds)])
    sizes = (10_000, 100_000, 500_000) if quick else (10_000, 100_000, 1_000_000, 5_000_000)
    _table(["microseconds per entity", "", *(f"{size:,} entities" for size in sizes)], _growing(sizes, rounds))
    advised = 100_000 // part
    _table(
        [
            f"advice for {advised:,} entities, 12 metrics",
            "scoring",
            *(cell for what in ("the playbook", "all levers", "both") for cell in (f"with {what}", "adds to scoring")),
        ],
        _advised(advised, rounds),
    )
    _table(["the web page", "written", "size", "opened and one entity found"], [_page(5_000 // part, min(rounds, 5))])
    _table(
        ["definitions checked, whole processes", "validate, lint included", "check-jsonschema", "ratio"],
        _checked(100 if quick else 1_000, rounds),
    )
    beyond = startup.beyond_bare(3 if quick else 9)
    _table(["start-up beyond the bare interpreter", "seconds"], ([name, f"{taken:.2f}"] for name, taken in beyond.items()))


def _advised(size: int, rounds: int) -> Iterator[Row]:
    for library in LIBRARIES:
        (scoring, _), *advised = advising.beside_scoring(size, library, rounds).values()
        yield [library, f"{scoring:.3f} s", *(cell for taken, added in advised for cell in (f"{taken:.3f} s", f"**{added:.2f}**"))]


def _page(size: int, rounds: int) -> Row:
    cost = page.cost(size, rounds)
    opened = "" if cost.opened is None else f"{cost.opened:.2f} s"
    return [f"{size:,} entities, 12 metrics", f"{cost.written:.2f} s", f"{cost.megabytes:.1f} MB", opened]


def _checked(many: int, rounds: int) -> Iterator[Row]:
    for count, times in ((1, rounds), (many, 1 if many > 100 else 3)):
        time = checking.beside_check_jsonschema(count, times)
        files = "one of 240 lines" if count == 1 else f"{count:,} of them"
        yield [files, f"{time.ours:.2f} s", f"{time.hand:.2f} s", f"**{time.ratio:.2f}**"]


def _growing(sizes: tuple[int, ...], rounds: int) -> Iterator[Row]:
    for library in LIBRARIES:
        costs = growth.microseconds(sizes, library, rounds)
        begun = growth.beginning(library, rounds)
        yield [library, "in all", *(f"{cost:.2f}" for cost, _ in costs)]
        yield ["", f"one entity more, beside {begun * 1e3:.0f} ms to begin", *(f"**{cost:.2f}**" for _, cost in costs)]


def _drawn(size: int, rounds: int) -> Row:
    given = certainty.data(size, "pandas")
    time = in_turn(lambda: certainty.ours(given), lambda: certainty.by_hand_numpy(given), rounds)
    return [f"{size:,} entities, {certainty.DRAWS:,} draws", f"{time.ours:.2f} s", f"{time.hand:.2f} s", f"**{time.ratio:.2f}**"]


def _compared(size: int, records_size: int, rounds: int) -> Iterator[Row]:
    for library in LIBRARIES:
        yield _side_by_side(entities, f"{size:,} entities, 12 metrics", size, library, rounds)
        frames = entities.data(size, library)
        in_full = seconds(lambda: entities.ours(frames, detail=True))  # noqa: B023
        yield ["the same with all details", library, f"{in_full:.2f} s", "", "", "", "", ""]
    for library in LIBRARIES:
        yield _side_by_side(records, f"{records_size:,} records, 6 metrics, 2 windows", records_size, library, rounds)


def _read(size: int, rounds: int) -> Iterator[Row]:
    """Time and memory at one size, and what measuring adds; memory at four times as much, to show how it grows."""
    with reading.server() as served:
        for kind in ("csv", "sql") if served else ("csv",):
            yield _side_by_side(reading, f"{size:,} records", size, kind, rounds)
            data, by_hand = reading.data(size, kind), getattr(reading, f"by_hand_{kind}")
            time = in_turn(lambda: reading.measured(data), lambda: by_hand(data), rounds)  # noqa: B023
            in_time = [f"{time.ours:.2f} s", f"{time.hand:.2f} s", f"**{time.ratio:.2f}**"]
            yield [f"{size:,} records, measured too", kind, *in_time, *_measured(size, kind)]
            yield [f"{4 * size:,} records, measured too", kind, "", "", "", *_measured(4 * size, kind)]


def _measured(size: int, kind: str) -> Row:
    """The memory of a whole evaluation beside that of reading by hand."""
    reading.data(size, kind)
    ours, hand = (peak("reading", side, size, kind) for side in ("measured", f"by_hand_{kind}"))
    return [_beyond(ours), _beyond(hand), _memory(ours, hand)]


def _side_by_side(case: Any, title: str, size: int, library: str, rounds: int) -> Row:
    by_hand = f"by_hand_{library}"
    time = _timed(case, getattr(case, by_hand), case.data(size, library), rounds)
    ours, hand = (peak(case.__name__, side, size, library) for side in ("ours", by_hand))
    return [
        title,
        library,
        f"{time.ours:.2f} s",
        f"{time.hand:.2f} s",
        f"**{time.ratio:.2f}**",
        _beyond(ours),
        _beyond(hand),
        _memory(ours, hand),
    ]


def _memory(ours: Peak, hand: Peak) -> str:
    return f"**{(ours.before + ours.beyond) / (hand.before + hand.beyond):.2f}**"


def _timed(case: Any, by_hand: Callable[[Any], Any], frames: dict[str, Any], rounds: int) -> Compared:
    assert case.same(case.ours(frames), by_hand(frames)), f"{case.__name__}: the two sides differ"
    return in_turn(lambda: case.ours(frames), lambda: by_hand(frames), rounds)


def _beyond(memory: Peak) -> str:
    return f"{memory.before:.0f} + {memory.beyond:.0f} MB"


def _table(heading: Row, rows: Any) -> None:
    print(f"| {' | '.join(heading)} |\n|{'---|' * len(heading)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()


def _versions() -> str:
    from importlib.metadata import version

    return ", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas", "polars", "narwhals"))


if __name__ == "__main__":
    main()
