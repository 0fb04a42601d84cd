"""The plugin door: whatever a plugin does, it becomes an issue, and the others go on."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from scorecard.errors import PluginError
from scorecard.hooks.discover import discover
from scorecard.hooks.registry import Registry
from scorecard.language.catalogue import sentence

HEAD = """
from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import MetricType, Reporter, SourceType
from scorecard.model.text import Text

def metric_type(id="visits", **more):
    fields = dict(id=id, title=Text({"en": "Visits"}), params={"type": "object"}, doc="How often.", formula=lambda params: "count()")
    return MetricType(**{**fields, **more})

def source(id="calendar", **more):
    fields = dict(id=id, title=Text({"en": "Calendar"}), params={"type": "object"}, doc="Days.", open="calendar_files:opened")
    return SourceType(**{**fields, **more})
"""
OFFER = "@hookimpl\ndef scorecard_metric_types():\n    "
GOOD = OFFER + "return [metric_type('good')]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zz_good.py").write_text(HEAD + GOOD)
    return tmp_path


def found(folder: Path, body: str) -> Registry:
    (folder / "bad.py").write_text(HEAD + "\n" + textwrap.dedent(body))
    return discover([folder])


HOSTILE = {
    "raises on import": ("raise RuntimeError('no luck')", ["SC501"]),
    "ends the program on import": ("raise SystemExit(3)", ["SC501"]),
    "is no Python": ("def (", ["SC501"]),
    "raises what cannot be printed": ("class E(Exception):\n    def __str__(self): raise ValueError\nraise E()", ["SC501"]),
    "has no hook": ("x = 1", ["SC502"]),
    "forgets the mark": ("def scorecard_metric_types():\n    return [metric_type()]", ["SC503"]),
    "marks a stranger": ("@hookimpl\ndef scorecard_metrics():\n    return []", ["SC504"]),
    "marks an optional stranger": ("@hookimpl(optionalhook=True)\ndef scorecard_metrics():\n    return []", ["SC504"]),
    "wraps": ("@hookimpl(wrapper=True)\ndef scorecard_metric_types():\n    return (yield)", ["SC505"]),
    "wraps the old way": ("@hookimpl(hookwrapper=True)\ndef scorecard_metric_types():\n    yield", ["SC505"]),
    "raises when called": (OFFER + "raise OSError('gone')", ["SC506"]),
    "ends the program when called": (OFFER + "raise SystemExit", ["SC506"]),
    "raises while it is read": (OFFER + "yield metric_type()\n    raise ValueError('halfway')", ["SC506"]),
    "returns None": (OFFER + "return None", ["SC507"]),
    "returns one record": (OFFER + "return metric_type()", ["SC507"]),
    "returns text": (OFFER + "return 'visits'", ["SC507"]),
    "returns a mapping": (OFFER + "return {'visits': metric_type()}", ["SC507"]),
    "never ends": (OFFER + "import itertools\n    return itertools.repeat(metric_type())", ["SC507"]),
    "returns another kind": (OFFER + "return [source(), 1]", ["SC508", "SC508"]),
    "has an id with a space": (OFFER + "return [metric_type('two words')]", ["SC509"]),
    "has an id that is a number": (OFFER + "return [metric_type(7)]", ["SC509"]),
    "has params of no type": (OFFER + "return [metric_type(params={'type': 'text'})]", ["SC510"]),
    "has params that are a list": (OFFER + "return [metric_type(params=[])]", ["SC510"]),
    "has a param that is no schema": (OFFER + "return [metric_type(params={'properties': {'a': 'string'}})]", ["SC510"]),
    "has a pattern that is none": (OFFER + "return [metric_type(params={'properties': {'a': {'pattern': '('}}})]", ["SC510"]),
    "refers to another file": (OFFER + "return [metric_type(params={'properties': {'a': {'$ref': 'http://x/y'}}})]", ["SC510"]),
    "has no title and no doc": (OFFER + "return [metric_type(title=Text(), doc=' ')]", ["SC511", "SC511"]),
    "has one id twice": (OFFER + "return [metric_type(), metric_type()]", ["SC512"]),
    "takes an id of ours": (OFFER + "return [metric_type('nps')]", ["SC513"]),
    "takes the reserved source": ("@hookimpl\ndef scorecard_sources():\n    return [source('scorecard')]", ["SC513"]),
    "has formula and function": (OFFER + "return [metric_type(function='a:b')]", ["SC515"]),
    "has neither": (OFFER + "return [metric_type(formula=None)]", ["SC515"]),
    "refers to nothing": ("@hookimpl\ndef scorecard_sources():\n    return [source(open='nowhere')]", ["SC515"]),
    "asks for arguments": ("@hookimpl\ndef scorecard_metric_types(registry):\n    return []", ["SC516"]),
    "raises when it is looked at": ("def __getattr__(name):\n    raise SystemExit(name)", ["SC501"]),
}


@pytest.mark.parametrize(("body", "codes"), HOSTILE.values(), ids=HOSTILE)
def test_a_broken_plugin_is_an_issue_and_stops_no_other(folder: Path, body: str, codes: list[str]) -> None:
    registry = found(folder, body)
    assert [issue.code for issue in registry.issues] == codes
    assert {"good", "nps"} <= set(registry.metric_types)
    for issue in registry.issues:
        assert issue.values["plugin"] == "bad"
        said = sentence(issue.code, issue.values)
        assert "bad" in said
        assert not re.search(r"\{[a-z_]+\}", said)


def test_a_broken_record_leaves_the_others_of_its_plugin(folder: Path) -> None:
    registry = found(folder, OFFER + "return [metric_type(doc=''), metric_type('other')]")
    assert "other" in registry.metric_types
    assert "visits" not in registry.metric_types


def test_ours_come_first_the_others_by_name_and_the_first_of_two_is_kept(folder: Path) -> None:
    (folder / "aa.py").write_text(HEAD + '__version__ = "2.1"\n' + OFFER + "return [metric_type(doc='first')]")
    registry = found(folder, OFFER + "return [metric_type(doc='second')]")
    assert registry.plugins[0].name == "builtin"
    assert [plugin.name for plugin in registry.plugins if plugin.origin.startswith(str(folder))] == ["aa", "bad", "zz_good"]
    assert registry.metric_types["visits"].doc == "first"
    assert registry.offered_by["metric_types", "visits"].version == "2.1"
    assert [issue.code for issue in registry.issues] == ["SC512"]
    assert "aa (2.1" in str(registry.issues[0].values["other"])


def test_a_package_in_a_folder_imports_its_own_modules_and_shadows_nothing(tmp_path: Path) -> None:
    package = tmp_path / "json"
    package.mkdir()
    (package / "__init__.py").write_text(HEAD + "from .names import NAME\n" + OFFER + "return [metric_type(NAME)]")
    (package / "names.py").write_text("NAME = 'mine'")
    (tmp_path / "_private.py").write_text("raise RuntimeError")
    registry = discover([tmp_path, tmp_path])
    assert "mine" in registry.metric_types
    assert not registry.issues
    import json

    assert json.loads("1") == 1


@pytest.mark.parametrize("name", ["test_good.py", "good_test.py", "conftest.py"])
def test_a_test_beside_a_plugin_is_none(folder: Path, name: str) -> None:
    (folder / name).write_text("raise RuntimeError")
    found = discover([folder])
    assert found.issues == ()
    assert "good" in found.metric_types


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file.py").write_text("")
    registry = discover([tmp_path / "absent", tmp_path / "file.py"])
    assert [(issue.code, issue.values["reason"]) for issue in registry.issues] == [("SC514", "absent"), ("SC514", "file")]
    assert "nps" in registry.metric_types


def test_an_interrupt_is_not_swallowed(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        found(folder, "raise KeyboardInterrupt")


def test_the_registry_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        discover().metric_types["x"] = None  # type: ignore[index]


def test_listing_plugins_imports_no_arithmetic() -> None:
    code = """
        import sys
        from scorecard.hooks.discover import discover
        registry = discover()
        assert registry.metric_types and registry.sources and not registry.issues, registry.issues
        assert not {"numpy", "narwhals", "pandas", "pyarrow", "polars", "sqlalchemy", "jsonschema"} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)


LATER = "from scorecard.hooks.contracts import Later\n"


def test_a_record_that_is_named_is_imported_when_it_is_asked_for(folder: Path) -> None:
    named = f"{LATER}{OFFER}return [Later('nps', 'scorecard.builtin.metrics.nps:TYPE')]"
    registry = found(folder, named.replace("'nps',", "'net',"))
    assert "net" in registry.metric_types
    with pytest.raises(PluginError) as error:
        registry.metric_types["net"]
    assert [issue.code for issue in error.value.issues] == ["SC515"]
    assert "has the id 'nps'" in sentence(error.value.issues[0].code, error.value.issues[0].values)


@pytest.mark.parametrize(("record", "code"), [("no.such.module:TYPE", "SC501"), ("math:tau", "SC508")])
def test_a_named_record_that_is_none_says_so_when_it_is_asked_for(folder: Path, record: str, code: str) -> None:
    registry = found(folder, f"{LATER}{OFFER}return [Later('visits', '{record}')]")
    with pytest.raises(PluginError) as error:
        registry.metric_types["visits"]
    assert [issue.code for issue in error.value.issues] == [code]
    assert "bad" in sentence(error.value.issues[0].code, error.value.issues[0].values)


@pytest.mark.parametrize(("record", "code"), [("Later('1st', 'a:B')", "SC509"), ("Later('first', 'a.B')", "SC515")])
def test_a_reference_is_checked_at_once(folder: Path, record: str, code: str) -> None:
    assert [issue.code for issue in found(folder, f"{LATER}{OFFER}return [{record}]").issues] == [code]
