"""The published schemas do for editors and other tools what our own checks do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scorecard.app import evaluate, registry
from scorecard.definition.read import read_text
from scorecard.definition.schema import schema_text
from scorecard.language import pages
from scorecard.report.json import write

ROOT = Path(__file__).parents[2]
DEFINITIONS = sorted((ROOT / "configs").rglob("*.scorecard.yaml"))
OF_PLUGINS = {ROOT / "configs" / "crm"}
"""folders of definitions that use what plugins provide, for which `scorecard schema` prints a schema"""
BY_SHAPE = [code for code in pages.codes() if "SC101" <= code <= "SC109" and code != "SC102"]
"""a key that is lacking is not among them: a layer may leave out what another one has"""


def schema(name: str) -> Any:
    return json.loads((ROOT / "schemas" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def definition() -> Draft202012Validator:
    return Draft202012Validator(schema("scorecard.schema.json"))


@pytest.mark.parametrize("name", ["scorecard.schema.json", "evaluation.schema.json"])
def test_a_published_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_every_worked_definition_and_layer_fits(definition: Draft202012Validator, path: Path) -> None:
    fits = Draft202012Validator(json.loads(schema_text(registry()))) if path.parent in OF_PLUGINS else definition
    assert [error.message for error in fits.iter_errors(_data(path.read_text("utf-8")))] == []


def examples(kind: str) -> list[Any]:
    found = []
    for code in BY_SHAPE:
        texts = re.findall(rf"^```yaml {kind}\n(.*?)^```$", pages.page(code), re.MULTILINE | re.DOTALL)
        found += [pytest.param(text, id=f"{code}-{at}") for at, text in enumerate(texts)]
    return found


@pytest.mark.parametrize("text", examples("bad"))
def test_a_definition_of_the_wrong_shape_is_refused(definition: Draft202012Validator, text: str) -> None:
    assert not definition.is_valid(_data(text))


@pytest.mark.parametrize("text", examples("good"))
def test_its_mended_form_fits(definition: Draft202012Validator, text: str) -> None:
    assert [error.message for error in definition.iter_errors(_data(text))] == []


def _data(text: str) -> Any:
    document, issues = read_text(text, "example.scorecard.yaml")
    assert document is not None, issues
    return document.data


def test_a_written_evaluation_fits_its_schema() -> None:
    evaluation = evaluate(ROOT / "configs" / "demo" / "demo.scorecard.yaml")
    written = json.loads(b"".join(write(evaluation, {"language": "en"})))
    assert [error.message for error in Draft202012Validator(schema("evaluation.schema.json")).iter_errors(written)] == []
