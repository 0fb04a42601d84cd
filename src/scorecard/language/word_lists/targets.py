"""The words of `scorecard targets`: verdicts, why (`because.`), and what else to aim at (`way.`)."""

from __future__ import annotations

ENGLISH = {
    "verdict.keep": "keep",
    "verdict.relax": "relax",
    "verdict.raise": "raise",
    "verdict.re-time": "re-time",
    "verdict.unknown": "unknown",
    "way.written": "as today",
    "way.peers": "peers",
    "way.baseline": "baseline and stretch",
    "way.control": "control limit",
    "way.benchmark": "benchmark",
    "without.text": "its values are no numbers",
    "without.target": "no target is written for it",
    "without.nobody": "nobody was measured",
    "without.cut": "in every period its window begins before the records do",
    "without.side": "neither worst nor thresholds tell which side of the target is better",
    "left.shape": "the target is no plain number",
    "left.segments": "the day is written once for everybody, and not everybody has the same target",
    "left.several": "more than one segment sets the target",
    "left.nothing": "none of the proposals is better",
    "left.thresholds": "the number proposed does not lie beyond the thresholds, which would have to move first",
    "targets.no_history": (
        "It cannot be known: the definition has no period:, so there is no history. Write period: and a source with time:."
    ),
    "span.month": "month",
    "span.quarter": "quarter",
    "span.half": "half-year",
    "span.year": "year",
    "span.week": "week",
    "span.none": "period",
    "targets.head": "{title} · targets over {span}",
    "targets.count": "{count} {verdict}",
    "targets.none": "No metric has a target to judge.",
    "targets.about": (
        "Shares are of all values measured in these periods. Trends are Theil-Sen slopes "
        "of the medians; the control limit is that of an individuals chart: the mean and "
        "2.66 mean moving ranges (Shewhart, Wheeler)."
    ),
    "targets.shared": "* the window is longer than a {period}, so neighbours share records and the limit is narrower than it should be",
    "targets.not_judged": "Not judged, since {reason}: {names}",
    "targets.others": "all others",
    "targets.differs": "a target that differs from one to the other",
    "targets.target": "target {number}",
    "targets.by": "{held} by {day}",
    "targets.goal_by": "{held}, {goal} by {day}",
    "targets.met": "met by {share} ({met} of {measured})",
    "targets.met_over": "met by {share} ({met} of {measured} in {count} {period}s; {last_met} of {last_measured} in {last})",
    "targets.percentile": "{met}; percentile {number} of the last {period}",
    "targets.percentile_all": "{met}; percentile {number} of all",
    "targets.edges": "thresholds reached: {shares}",
    "targets.median": "median {value}",
    "targets.still": "{median}, not moving",
    "targets.up": "{median}, up {amount} a {period} ({count} of {pairs} pairs of {period}s go up)",
    "targets.down": "{median}, down {amount} a {period} ({count} of {pairs} pairs of {period}s go down)",
    "targets.offer": "{way} {number}: {share}",
    "targets.best": "the best {share} of the last {period}",
    "targets.middle": "the middle {share} of the last {period}",
    "targets.from_baseline": "baseline {value}, plus {share} of worst to target",
    "targets.from_median": "last median {value}, plus {share} of worst to target",
    "targets.control": "where the ups and downs of the median end",
    "targets.how": "{offer} ({how})",
    "targets.few_peers": "only {count} were measured in the last {period}; {needed} are needed",
    "targets.range": "a range has none",
    "targets.trending": "the median has gone beyond {value}: it follows a trend",
    "targets.beyond": "{value} is beyond everything measured",
    "targets.offered": "would have been met by",
    "targets.offered_head": "Would have been met by",
    "because.peers": "It is worked out from the peers of the same {period}, so that about as many meet it whatever they do.",
    "because.easy": "{share} met it, {recent}: it asks for nothing more.",
    "because.hard": "{share} met it, {recent}, and {away}.",
    "because.hard_for_all": "Nobody met it, and {away}.",
    "because.coming": "At today's pace the median gets to {goal} in {arrives}, in time.",
    "because.late": "At today's pace the median gets to {goal} in {arrives}, after {due}: move the day to {day}.",
    "because.undated": "{share} met it and it has no day; at today's pace the median gets there in {arrives}: set the day to {day}.",
    "because.passed": "{share} met it, {recent}; its day, {due}, has passed, and {away}.",
    "because.not_closing": "{share} met it, {recent}, but the median will not by {due}. That asks for action, not for another number.",
    "because.not_closing_at": (
        "{share} met it, {recent}, but the median will not by {due}: at today's pace it will "
        "stand at {projected}. That asks for action, not for another number."
    ),
    "because.reached": "{share} met it, and the median does: it still tells the better from the others.",
    "because.fair": "{share} met it: neither out of reach nor too easy.",
    "because.nobody": "Nobody",
    "because.recent": "{met} of {measured} in {period}",
    "because.not_there": "the median is not there",
    "because.only_in": "at today's pace the median gets there only in {arrives}",
    "because.not_within": "at today's pace the median does not get there within {years} years",
    "because.few": (
        "It cannot be known: {count} {period}s with values; {needed} are needed. Bring older records, or ask again {more} from now."
    ),
    "because.few.one": (
        "It cannot be known: 1 {period} with values; {needed} are needed. Bring older records, or ask again {more} from now."
    ),
    "because.few_cut": (
        "It cannot be known: {count} {period}s with values; {needed} are needed ({cut} more "
        "do not count: they look back to before the records begin). Bring older records, "
        "or ask again {more} from now."
    ),
    "because.few_cut.one": (
        "It cannot be known: 1 {period} with values; {needed} are needed ({cut} more do not "
        "count: they look back to before the records begin). Bring older records, or ask "
        "again {more} from now."
    ),
    "because.periods": "{count} {period}s",
    "because.periods.one": "{count} {period}",
    "because.no_better": "{reason} None of the proposals is better.",
    "because.many_targets": "{reason} It differs from one to the other, so no one number is proposed.",
    "because.instead": "{reason} {share} would have met {number} ({way}).",
    "because.instead_moved": "{reason} {share} would have met {number} ({way}); the thresholds would have to move with it.",
    "column.verdict": "verdict",
    "column.about": "about",
    "column.target": "target",
    "column.met": "met",
    "column.trend": "trend",
    "column.reason": "reason",
    "patch.left": "not changed: {name}: {verdict}, but {reason}",
    "patch.nothing": "nothing to change",
    "patch.shared": "{layer} is also extended by other definitions, if there are any; they get the new numbers too",
}
