"""Cases in a file of their own: beside `acme.scorecard.yaml` they are in `acme.cases.yaml`."""

from __future__ import annotations

from dataclasses import replace

from scorecard.definition.document import Document, Spot
from scorecard.definition.layers import Layered, Part, Tree, merge
from scorecard.definition.wording import hints
from scorecard.model.issue import Issue

SUFFIX = ".cases.yaml"
SECTION = "cases"
_OF_DEFINITIONS = (".scorecard.yaml", ".scorecard.yml")


def cases_file(file: str) -> str | None:
    """Where the cases of a definition may be, whether they are or not; None for a file that is not named as definitions are."""
    suffix = next((suffix for suffix in _OF_DEFINITIONS if file.endswith(suffix)), None)
    return file.removesuffix(suffix) + SUFFIX if suffix is not None else None


def with_cases(layered: Layered, file: str, tree: Tree) -> tuple[Layered, list[Issue]]:
    """The definition with the cases beside it, which win over cases of the same name in it."""
    beside = cases_file(file)
    document, issues = tree.load(beside) if beside is not None else (None, [])
    if beside is None or document is None:
        there = bool(issues) and issues[0].code != "SC001"
        return (replace(layered, complete=False), issues) if there else (layered, [])
    documents = {**layered.documents, beside: document}
    for key in document.data.keys() - {SECTION}:
        place = document.root.at((key,)).key
        issues.append(Issue(code="SC104", place=place, values={"key": key, "owner": "a file of cases", **hints(key, [SECTION])}))
    complete = layered.complete and not document.has_gaps
    data, root = _merged((layered.data, layered.root), document) if SECTION in document.data else (layered.data, layered.root)
    return replace(layered, data=data, root=root, documents=documents, complete=complete), issues


def _merged(definition: Part, beside: Document) -> Part:
    """The definition with the cases of the file over its own."""
    data, root = definition
    spots = root.children or {}
    cases, spot = beside.data[SECTION], beside.root.at((SECTION,))
    if isinstance(cases, dict) and isinstance(data.get(SECTION), dict):
        cases, spot = merge((data[SECTION], spots[SECTION]), (cases, spot), (SECTION,))
    return {**data, SECTION: cases}, Spot(root.file, root.key_event, root.event, {**spots, SECTION: spot})
