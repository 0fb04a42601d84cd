"""Our own records keep the contract that strangers keep."""

from __future__ import annotations

import pytest

import scorecard.builtin
from scorecard.app import registry
from scorecard.hooks.conformance import Record
from scorecard.testing import check_plugin

PLUGINS = registry()
RECORDS = [record for kind in (PLUGINS.metric_types, PLUGINS.sources, PLUGINS.reporters) for record in kind.values()]


def test_ours_pass_the_kit_for_strangers() -> None:
    check_plugin(scorecard.builtin)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{type(record).__name__} {record.id}")
def test_a_record_is_titled_in_both_languages_and_describes_its_params(record: Record) -> None:
    assert {"en", "zh"} <= record.title.by_language.keys()
    for schema in record.params.get("properties", {}).values():
        assert schema["title"]
        assert schema["description"].endswith((".", "`"))
    assert not record.params.get("properties") or record.params["additionalProperties"] is False
