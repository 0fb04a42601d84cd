"""Writes the files that are made from the code: the reference pages, the table of functions, the published schemas.

`python docs/generate.py` writes all of them below the repository's folder. A test compares `generated()` with what is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scorecard import builtin
from scorecard.definition.lint import LEVELS
from scorecard.definition.schema import schema_text
from scorecard.expression.functions import FUNCTIONS, INTERNAL, Group
from scorecard.hooks.discover import look_into
from scorecard.hooks.registry import Offered, Plugin, Registry
from scorecard.language import pages
from scorecard.model.action import Action
from scorecard.model.issue import Level
from scorecard.model.text import Text
from scorecard.report.impact.schema import diff_schema_text
from scorecard.report.output_schema import output_schema_text
from scorecard.scoring.aggregations import AGGREGATIONS
from scorecard.scoring.curves import CURVES

ROOT = Path(__file__).parents[1]
NOTE = "<!-- Made by docs/generate.py; `make docs` writes it anew. -->\n"
GROUPS = {
    Group.ROW: "Over one row",
    Group.RECORD: "Over records",
    Group.TIME: "Over time",
    Group.PEER: "Over peers",
    Group.SHAPE: "Shapes",
}
ALL_SOURCES = """\
A table with the months across the top, and with column names that differ from file to file, becomes a record per customer and month
that is checked before it is used:

```yaml
paid:
  type: excel
  path: paid.xlsx
  columns: {customer_id: [客户编号, 客户代码]}
  unpivot: {matching: "[0-9]+月", name: month, value: amount}
  values: {month: {1月: 2026-01-01, 2月: 2026-02-01, 3月: 2026-03-01}}
  time: month
  expect: {rows: 10, unique: [customer_id, month], columns: {amount: {between: [0, null], nulls: 5%}}}
```
"""
FAMILIES = {
    "SC0": "Files, YAML and layers",
    "SC1": "Keys and their values",
    "SC2": "References",
    "SC3": "Formulas",
    "SC4": "Numbers and conditions",
    "SC5": "Plugins",
    "SC6": "Sources and their records",
    "SC7": "Requests and reports",
    "SC8": "Lint and fixes",
    "SC9": "Changes, cases, gates and layers",
}


def builtin_registry() -> Registry:
    """What this distribution brings itself, whatever else is installed."""
    plugin = Plugin(name="builtin", version="", origin="scorecard")
    offered, issues = look_into(builtin, plugin)
    assert not issues
    kinds = {
        hook.removeprefix("scorecard_"): Offered(
            hook, {each.id: each for each in records}, dict.fromkeys((each.id for each in records), plugin)
        )
        for hook, records in offered.items()
    }
    return Registry(**kinds)  # type: ignore[arg-type]


def generated() -> dict[str, str]:
    """Every generated file by its path from the repository's folder."""
    registry = builtin_registry()
    return {
        "schemas/scorecard.schema.json": schema_text(registry),
        "schemas/evaluation.schema.json": output_schema_text(),
        "schemas/diff.schema.json": diff_schema_text(),
        "docs/formulas.md": _with_made("formulas.md", "functions", _functions()),
        "docs/lint.md": _with_made("lint.md", "checks", _checks()),
        "docs/reference/metric_types.md": _page("Metric types", "`type:` of a metric.", _records(registry.metric_types, _kind_of_metric)),
        "docs/reference/sources.md": _page(
            "Sources", "`type:` of a source, and what every source takes beside the settings of its type.", _sources(registry)
        ),
        "docs/reference/curves.md": _page("Curves", "`curve:` of a metric: how a value becomes a score.", _curves()),
        "docs/reference/aggregations.md": _page(
            "Aggregations", "`aggregation:` of a group or the total: how scores become one.", _aggregations()
        ),
        "docs/reference/issues.md": _page("Issues", "`scorecard rule CODE` prints the whole page of a code.", _issues()),
    }


def _page(title: str, about: str, parts: Iterator[str]) -> str:
    return "\n".join([NOTE + f"# {title}\n", about, "", *parts]).rstrip() + "\n"


def _titled(id: str, title: Text) -> str:
    return f"## `{id}`: {title.into('en')} · {title.into('zh')}\n"


def _records(records: Mapping[str, Any], more: Any) -> Iterator[str]:
    for id, record in sorted(records.items()):
        yield _titled(id, record.title)
        if line := more(record):
            yield line + "\n"
        yield record.doc.strip() + "\n"
        yield from _params(record.params)
        yield from _actions(getattr(record, "actions", ()))


def _sources(registry: Registry) -> Iterator[str]:
    yield "## Every source\n"
    yield ALL_SOURCES
    definitions = json.loads(schema_text(registry))["$defs"]
    yield "| key | meaning |\n|---|---|"
    for name, key in definitions["source"]["properties"].items():
        yield f"| `{name}` | {_cell(key['description'])}{_inner(key, definitions)} |"
    yield ""
    yield from _records(registry.sources, lambda _: "")


def _inner(key: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """The keys of a mapping that a key takes, each with its meaning."""
    shapes = [definitions[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in key["anyOf"]]
    found = [(name, inner) for shape in shapes for name, inner in shape.get("properties", {}).items()]
    return "".join(f"<br>`{name}`: {_cell(inner['description'])}" for name, inner in found)


def _kind_of_metric(record: Any) -> str:
    unit = f" in {record.unit}" if record.unit else ""
    how = "A formula" if record.formula is not None else "A function over records"
    return f"{how}{unit}; {record.better} is better."


def _params(params: Mapping[str, Any]) -> Iterator[str]:
    properties = params.get("properties", {})
    if not properties:
        return
    required = params.get("required", ())
    yield "| param | type | meaning |\n|---|---|---|"
    for name, param in properties.items():
        needed = " (required)" if name in required else ""
        yield f"| `{name}`{needed} | {_type(param)} | {_cell(param.get('description') or param.get('title') or '')} |"
    yield ""


def _actions(actions: Sequence[Action]) -> Iterator[str]:
    """A line each; nothing where there are none."""
    for action in actions:
        fits = f"below {action.below:.0%} of the way to the best score" if action.below < 1 else "else"
        yield f"- `{action.id}` ({fits}, within {action.due}): {action.text.into('en')}"
    if actions:
        yield ""


def _type(param: Mapping[str, Any]) -> str:
    if "enum" in param:
        return " or ".join(f"`{json.dumps(value, ensure_ascii=False)}`" for value in param["enum"])
    if alternatives := param.get("anyOf") or param.get("oneOf"):
        return " or ".join(dict.fromkeys(_type(each) for each in alternatives))
    kind = param.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _curves() -> Iterator[str]:
    for id, record in CURVES.items():
        yield _titled(id, record.title)
        yield f"{record.doc.into('en')}\n\n{record.doc.into('zh')}\n"
        needs = f"Needs {' and '.join(f'`{key}`' for key in record.needs)}. " if record.needs else ""
        yield f"{needs}{'Can' if record.invertible else 'Cannot'} be inverted.\n"


def _aggregations() -> Iterator[str]:
    for id, record in AGGREGATIONS.items():
        yield _titled(id, record.title)
        yield f"{record.doc.into('en')}\n\n{record.doc.into('zh')}\n"


def _issues() -> Iterator[str]:
    for family, title in FAMILIES.items():
        yield f"## {title}\n\n| code | what |\n|---|---|"
        for code in pages.codes():
            if code.startswith(family):
                heading = pages.page(code).partition("\n")[0].partition(": ")[2]
                said = pages.page(code).partition("## What\n\n")[2].partition("\n\n")[0]
                yield f"| {code} | **{_cell(heading)}**: {_cell(said)} |"
        yield ""


def _with_made(page: str, name: str, lines: Iterator[str]) -> str:
    """The hand-written page with its table of this name made anew."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    return re.sub(rf"(?<=<!-- {name} -->\n).*(?=<!-- end -->)", lambda _: "\n".join(lines), text, flags=re.DOTALL)


def _checks() -> Iterator[str]:
    """Every check of lint with its level."""
    words = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
    yield "\n| code | level | what it finds |\n|---|---|---|"
    for code, level in sorted(LEVELS.items()):
        heading = pages.page(code).partition("\n")[0].partition(": ")[2]
        yield f"| {code} | {words[level]} | {_cell(heading)} |"
    yield "\n"


def _functions() -> Iterator[str]:
    for group, title in GROUPS.items():
        yield f"\n### {title}\n\n| function | what it gives |\n|---|---|"
        for name, function in FUNCTIONS.items():
            if function.group is group and name not in INTERNAL:
                yield f"| `{function.signature}` | {_cell(function.doc)} |"
    yield "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    for name, text in generated().items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
