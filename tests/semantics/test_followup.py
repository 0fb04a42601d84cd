"""Follow-ups: what was promised is kept, and what a node brought is told apart from whatever else moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.advice.followup import FollowUp, Promise, Status, progress, promised
from scorecard.errors import DataError, OutputError
from scorecard.report.advice import given as advised
from scorecard.report.followup.book import path_of, read_book, write_book

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster}
period: {every: quarter}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}, answers: {type: given, time: at}}
defaults: {metrics: {source: answers, worst: 0, target: 100}}
groups: {g: {weight: 2}}
metrics:
  a: {measure: mean(a), weight: 3, target: 80}
  b: {measure: mean(b)}
  d: {measure: mean(d), group: g, worst: 10, target: 0}
  note: {measure: mean(b), weight: 0, target: null, worst: null}
recommendations:
  ask: {of: a, when: a.value < 60, action: "Ask {c}", owner: Kim, due: 14 days}
  calm: {of: d, when: d.value > 1, action: "Calm {c}"}
  whole: {when: total.score < 90, action: "Look at {c}"}
  talk: {of: note, when: note.value < 90, action: "Talk to {c}"}
rules: {bonus: {when: b.value > 90, add: 5}}
"""
CUSTOMERS = ["x", "y", "z"]
SECOND, THIRD = ["2026-05-01"] * 3, ["2026-08-01"] * 3


def records(
    a=(20.0, 50.0, 50.0), later_a=(80.0, 70.0, None), b=(50.0, 50.0, 50.0), later_b=(95.0, 50.0, 50.0), d=(5.0,) * 3, later_d=(2.0,) * 3
):
    return {
        "c": CUSTOMERS * 2,
        "at": SECOND + THIRD,
        "a": [*a, *later_a],
        "b": [*b, *later_b],
        "d": [*d, *later_d],
    }


@pytest.fixture
def quarters(evaluate):
    def run(text=TEXT, **changes):
        given = {"roster": {"c": CUSTOMERS}, "answers": records(**changes)}
        return [evaluate(text, period, **given).evaluation for period in ("2026-Q2", "2026-Q3")]

    return run


def taken(evaluation, customer, id, state=Status.OPEN):
    said, promise = promised(evaluation, {"c": customer})[id]
    return FollowUp(
        key=(customer,),
        recommendation=said.id,
        state=state,
        owner="Kim",
        due=date(2026, 7, 14),
        note=None,
        action="Ask",
        taken=date(2026, 7, 1),
        period="2026-Q2",
        promise=promise,
    )


def test_a_promise_is_what_the_recommendation_said(quarters):
    before, _ = quarters()
    found = promised(before, {"c": "x"})
    assert set(found) == {"ask", "calm", "whole", "talk"}
    assert found["ask"][1] == Promise(
        about="a", value=20.0, needed=80.0, gain=pytest.approx(3 * 75 / 6), score=pytest.approx((3 * 25 + 50 + 2 * 50) / 6)
    )
    assert (found["whole"][1].needed, found["whole"][1].gain) == (None, None)
    assert found["talk"][1].value == 50.0


def test_what_it_brought_is_what_would_be_lost_without_it_whatever_else_moved(quarters):
    before, after = quarters()
    (ask,) = progress(after, [taken(before, "x", "ask")])
    assert (ask.verdict, ask.value) == ("kept", 80.0)
    assert ask.brought == pytest.approx(3 * 75 / 6)
    assert ask.score == pytest.approx((3 * 100 + 95 + 2 * 80) / 6 + 5)
    (calm,) = progress(after, [taken(before, "x", "calm")])
    assert (calm.verdict, calm.value) == ("missed", 2.0)
    assert calm.brought == pytest.approx(2 * 30 / 6)


def test_every_verdict(quarters):
    before, after = quarters()
    gone = replace(taken(before, "x", "ask"), key=("nobody",))
    lost = replace(taken(before, "y", "ask"), promise=replace(taken(before, "y", "ask").promise, about="withdrawn"))
    every = [*(taken(before, key, "ask") for key in CUSTOMERS), taken(before, "x", "whole"), taken(before, "x", "talk"), gone, lost]
    assert [one.verdict for one in progress(after, every)] == ["kept", "missed", "not_measured", "no_promise", "no_promise", "gone", "gone"]
    assert {one.verdict for one in progress(before, every[:4])} == {"not_measured"}


def test_before_it_was_taken_nobody_is_gone(quarters):
    before, after = quarters()
    new = replace(taken(after, "y", "whole"), key=("came later",))
    assert [one.verdict for one in progress(before, [new])] == ["not_measured"]
    assert progress(after, []) == []


def test_what_came_just_to_the_point_is_kept_whichever_way_is_better(quarters):
    before, after = quarters(later_a=(80.0 - 1e-12, 79.99, 81.0), later_d=(0.0, 0.01, 0.0))
    asked = [taken(before, key, "ask") for key in CUSTOMERS]
    assert [one.verdict for one in progress(after, asked)] == ["kept", "missed", "kept"]
    calmed = [taken(before, key, "calm") for key in CUSTOMERS]
    assert [one.verdict for one in progress(after, calmed)] == ["kept", "missed", "kept"]


def test_what_was_taken_is_not_recommended_anew_until_it_is_done_and_not_kept(quarters):
    before, after = quarters(later_a=(50.0, 50.0, 50.0), later_b=(50.0, 50.0, 50.0))
    for state, then, later in (
        (Status.OPEN, "open", "open"),
        (Status.DOING, "doing", "doing"),
        (Status.DROPPED, "dropped", "dropped"),
        (Status.DONE, "done", None),
    ):
        followups = [taken(before, "x", "ask", state)]
        for evaluation, expected in ((before, then), (after, later)):
            (lines,) = advised(evaluation, {"c": "x"}, "en", followups=followups)
            assert {line.recommendation: line.state for line in lines} == {"ask": expected, "calm": None, "whole": None, "talk": None}
            assert [line.state is None for line in lines] == sorted((line.state is None for line in lines), reverse=True)
    (lines,) = advised(after, {"c": "y"}, "en", followups=followups)
    assert {line.state for line in lines} == {None}


def test_without_periods_what_has_not_changed_is_not_measured(evaluate):
    text = TEXT.replace("period: {every: quarter}\n", "").replace("14 days", "2026-12-31")
    at = {"c": CUSTOMERS, "at": THIRD, "b": [50.0] * 3, "d": [5.0] * 3}
    before, after = (evaluate(text, roster={"c": CUSTOMERS}, answers={**at, "a": a}).evaluation for a in ([20.0] * 3, [20.0, 40.0, 90.0]))
    every = [replace(taken(before, key, "ask"), period=None) for key in CUSTOMERS]
    assert [one.verdict for one in progress(after, every)] == ["not_measured", "missed", "kept"]


# ---------------------------------------------------------------- the file

PROMISE = Promise(about="a", value=20.0, needed=80.0, gain=37.5, score=37.5)
ONE = FollowUp(
    key=("x", "7"),
    recommendation="ask",
    state=Status.OPEN,
    owner="Kim",
    due=date(2026, 7, 14),
    note=None,
    action="Ask",
    taken=date(2026, 7, 1),
    period="2026-Q2",
    promise=PROMISE,
)
KEY = ("c", "state")
HEAD = "c,entity.state,recommendation,action,state,owner,due,note,about,value,needed,gain,score,period,taken"


def bare(one):
    return replace(one, place=None)


def test_it_is_named_after_the_definition():
    assert [str(path_of(name)) for name in ("b/acme.scorecard.yaml", "acme.scorecard.yml", "acme.yaml")] == [
        "b/acme.followup.csv",
        "acme.followup.csv",
        "acme.followup.csv",
    ]


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12).map(str.strip)
NUMBERS = st.none() | st.floats(-1e6, 1e6).map(lambda number: float(f"{number:.12g}"))


@settings(max_examples=50)
@given(
    key=st.tuples(TEXTS.filter(bool), TEXTS),
    texts=st.tuples(TEXTS, TEXTS, TEXTS),
    figures=st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    state=st.sampled_from(Status),
    day=st.dates(date(2000, 1, 1)),
)
def test_what_is_written_is_read(tmp_path_factory, key, texts, figures, state, day):
    path = tmp_path_factory.mktemp("book") / "acme.followup.csv"
    promise = Promise(about="a", **dict(zip(("value", "needed", "gain", "score"), figures, strict=True)))
    owner, note, action = texts
    one = replace(ONE, key=key, owner=owner or None, note=note or None, action=action, state=state, due=day, promise=promise)
    write_book(read_book(path, KEY), [one])
    (found,) = read_book(path, KEY).entries
    assert bare(found) == one


def test_people_may_reorder_columns_add_their_own_and_save_in_their_encoding(tmp_path):
    path = tmp_path / "acme.followup.csv"
    lines = ["recommendation;remark;c;state;about;taken;due;value", "ask;好;x;Doing;a;2026/7/1;2026/07/14 0:00;1,250.5", ";;;;;;;"]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    book = read_book(path, ("c",))
    (one,) = book.entries
    assert (one.key, one.state, one.taken, one.due, one.promise.value) == (
        ("x",),
        Status.DOING,
        date(2026, 7, 1),
        date(2026, 7, 14),
        1250.5,
    )
    write_book(book, [replace(one, note="=1+1")])
    again = read_book(path, ("c",))
    assert again.entries[0].note == "=1+1"
    assert list(again.more.values()) == [{"remark": "好"}]
    assert b"'=1+1" in path.read_bytes()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


LINE = "x,7,ask,Ask,open,Kim,2026-07-14,,a,20,80,37.5,37.5,2026-Q2,2026-07-01"


def line(**changes):
    cells = dict(zip(HEAD.split(","), LINE.split(","), strict=True))
    return ",".join({**cells, **changes}.values())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["SC780"]),
        ("c,entity.state,what\nx,7,ask", ["SC780"]),
        (f"{HEAD}\n{line(state='finished')}", ["SC781"]),
        (f"{HEAD}\n{line(state='')}", ["SC781"]),
        (f"{HEAD}\n{line(due='03/04/2026')}", ["SC782"]),
        (f"{HEAD}\n{line(due='2026-02-30')}", ["SC782"]),
        (f"{HEAD}\n{line(taken='')}", ["SC782"]),
        (f"{HEAD}\n{line(value='many')}", ["SC782"]),
        (f"{HEAD}\n{line(gain='nan')}", ["SC782"]),
        (f"{HEAD}\n{line()}\n{line(state='done')}", ["SC783"]),
        (f"{HEAD}\n{line(state='do ne', due='soon')}\n{line(recommendation='other', score='x')}", ["SC781", "SC782", "SC782"]),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path, text, codes):
    path = tmp_path / "acme.followup.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_book(path, KEY)
    assert [issue.code for issue in error.value.issues] == codes
    assert all(issue.place is not None for issue in error.value.issues)


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "acme.followup.csv"
    path.write_bytes(b"\xff\xff\x00\x81\xff")
    with pytest.raises(DataError):
        read_book(path, KEY)


def test_what_somebody_else_changed_or_has_open_is_left_alone(tmp_path):
    path = tmp_path / "acme.followup.csv"
    book = read_book(path, KEY)
    write_book(book, [ONE])
    written = path.read_bytes()
    with pytest.raises(OutputError) as error:
        write_book(book, [replace(ONE, state=Status.DONE)])
    assert error.value.issues[0].code == "SC787"
    (tmp_path / ".~lock.acme.followup.csv#").touch()
    with pytest.raises(OutputError) as error:
        write_book(read_book(path, KEY), [])
    assert error.value.issues[0].values["reason"] == "open"
    assert path.read_bytes() == written
