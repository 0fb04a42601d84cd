"""Two plans over the same records: what both can read once, and what has to be read apart."""

from __future__ import annotations

from scorecard.definition.check import check_text
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.formula import Kind
from scorecard.model.plan import Plan, Shift
from scorecard.model.text import Text
from scorecard.plan.draw import draw
from scorecard.plan.together import alike, reads_enough, together

REGISTRY = Registry(
    sources={
        "given": SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
    }
)
COLUMNS = {"r": dict.fromkeys(("c", "tier", "size"), Kind.ANY), "t": dict.fromkeys(("c", "day", "x", "y"), Kind.ANY)}
JOINED = {"t": {**COLUMNS["t"], "z": Kind.ANY}, "u": dict.fromkeys(("c", "z"), Kind.ANY)}


def plan(measure: str, rules: str = "", *, joined: bool = False) -> Plan:
    join = ', join: {u: {"on": [c], columns: [z]}}}, u: {type: given' if joined else ""
    text = f"""
schema: scorecard/1
entity: {{key: [c], roster: r, attributes: [tier, size]}}
period: {{every: month}}
sources: {{r: {{type: given}}, t: {{type: given, time: day{join}}}}}
metrics: {{m: {{source: t, measure: "{measure}", worst: 0, target: 100}}}}
rules: {{{rules}}}
"""
    outcome = check_text(text, "test.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, outcome.issues
    drawn, issues = draw(outcome.scorecard, REGISTRY, {**COLUMNS, **(JOINED if joined else {})})
    assert drawn is not None, issues
    return drawn


def test_what_either_reads_is_read_for_both() -> None:
    one, other = plan("sum(x)"), plan("sum(y)", "cut: {when: size > 3, add: -1}")
    both = together(one, other, alike(one, other, {"r", "t"}))
    assert both.reads["t"] == {"day": Kind.MOMENT, "c": Kind.TEXT, "x": Kind.NUMBER, "y": Kind.NUMBER}
    assert both.reads["r"]["size"] == both.attributes["size"] == Kind.NUMBER
    assert both.passes == one.passes
    assert reads_enough(both, one)
    assert reads_enough(both, other)
    assert not reads_enough(one, other)


def test_a_column_of_two_kinds_keeps_its_source_apart() -> None:
    one, other = plan("sum(x)", "cut: {when: size > 3, add: -1}"), plan("sum(x)", "cut: {when: size == 'L', add: -1}")
    assert alike(one, other, {"r", "t"}) == {"t"}
    assert together(one, other, {"t"}).reads["r"]["size"] == Kind.NUMBER
    assert not reads_enough(together(one, other, {"t"}), other)


def test_a_source_is_apart_where_one_that_it_joins_is() -> None:
    one, other = plan("sum(x + z)", joined=True), plan("count(where=z == 'L')", joined=True)
    assert alike(one, other, {"r", "t", "u"}) == {"r"}
    assert alike(one, one, {"r", "t"}) == {"r"}


def test_as_far_back_as_either_looks() -> None:
    one, other = plan("sum(x)"), plan("sum(x)", "cut: {when: 'm.score < previous(m.score, 3)', add: -1}")
    assert not reads_enough(one, other)
    assert together(one, other, {"r", "t"}).offsets == (Shift(periods=3),)
