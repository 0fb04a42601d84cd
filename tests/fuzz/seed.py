"""Writes the words that libFuzzer tries, and the inputs that it begins with: `python tests/fuzz/seed.py`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import targets

from scorecard.definition.schema import schema_for
from scorecard.expression.functions import FUNCTIONS
from scorecard.language import pages

HERE = Path(__file__).parent
WHOLE = {
    "entity": "entity: {key: [customer_id], roster: customers}\n",
    "sources": "sources: {customers: {type: inline, rows: [{customer_id: C1, rating: 3}]}}\n",
    "metrics": "metrics: {rating: {worst: 0, target: 5}}\n",
}
"""what makes a whole definition of an example"""


def main() -> None:
    words = sorted(
        {*_keys(schema_for(targets._registry())), *(f"{name}(" for name in FUNCTIONS), ".value", ".score", ".band", "&a", "*a", "!!"}
    )
    (HERE / "words.dict").write_text("".join(f'"{word}"\n' for word in words if word.isascii() and '"' not in word), encoding="utf-8")
    for code in pages.codes():
        for number, text in enumerate(re.findall(r"^```yaml \w+\n(.*?)^```$", pages.page(code), re.MULTILINE | re.DOTALL)):
            rest = "".join(section for key, section in WHOLE.items() if not re.search(f"^{key}:", text, re.MULTILINE))
            (HERE / "corpus" / "reader" / f"{code}.{number}").write_text(f"schema: scorecard/1\n{rest}{text}", encoding="utf-8")


def _keys(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {key for key in part.get("properties", {}) if isinstance(part.get("properties"), dict)}
        return own.union({each for each in part.get("enum", ()) if isinstance(each, str)}, *(_keys(each) for each in part.values()))
    return set().union(*map(_keys, part)) if isinstance(part, list) else set()


if __name__ == "__main__":
    main()
