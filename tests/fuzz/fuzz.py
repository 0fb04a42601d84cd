"""Fuzzes one of the targets, guided by what each input reaches: `python tests/fuzz/fuzz.py reader -max_total_time=600`.

Further arguments are libFuzzer's. What is found anew is kept in the folder given first, else in the corpus.
A crash, a second without an answer, 500 MB, code that is run and a file that is opened all end it with the input that did it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scorecard"], enable_loader_override=False):
    import targets

HERE = Path(__file__).parent
LIMITS = ["-timeout=1", "-rss_limit_mb=500", "-max_len=8192", "-print_final_stats=1"]


def main() -> None:
    name, *rest = sys.argv[1:]
    target = targets.TARGETS[name]
    corpus = HERE / "corpus" / name
    for path in sorted(corpus.iterdir()):
        target(path.read_bytes())  # what is needed is loaded before it is timed
    watch = targets.Watch()

    def one(data: bytes) -> None:
        with watch as done:
            target(data)
        if done:
            raise AssertionError(done[0])

    found = rest if _folders(rest) else [*rest, str(corpus)]
    atheris.Setup([sys.argv[0], f"-dict={HERE / 'words.dict'}", *LIMITS, *found], one)
    atheris.Fuzz()


def _folders(arguments: list[str]) -> list[str]:
    return [each for each in arguments if not each.startswith("-")]


if __name__ == "__main__":
    main()
