"""What the page shows of a result, as texts that templates put in their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scorecard.describe import headline
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.colors import band_color
from scorecard.report.heading import heading
from scorecard.report.labels import band_of, cost_of, node_of, segment_of
from scorecard.report.rows import order, shown
from scorecard.serve.sides import Rows, Side, Sides

FIRST = 6
"""entities that are named as those that moved"""
MOST = 50
"""rows of a ranking, unless more are asked for"""
_ATTRIBUTES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which rows of a ranking are shown, and in which order: `worst`, `best`, `change` or `key`."""

    search: str = ""
    band: str = ""
    sort: str = "worst"
    most: int = MOST


class View:
    """One result in one language, beside what it was."""

    def __init__(self, sides: Sides, language: str) -> None:
        self.sides = sides
        self.now = sides.after
        self.language = language
        self.scorecard = sides.after.evaluation.scorecard
        self.decimals = figures.decimals_of(self.scorecard.total, self.scorecard.scale)

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def summary(self) -> dict[str, Any]:
        """What is told of everybody together."""
        title, about = heading(self.now.evaluation, self.now.period, self.now.scores, self.language)
        found = self.now.portfolio
        return {
            "title": title,
            "about": about,
            "mean": self._fixed(found.mean),
            **self._means(),
            "scored": found.scored,
            "count": found.count,
            "coverage": figures.share(found.coverage, self.language),
            "bands": list(self._bands()),
            "turned": len(self.sides.turned) if self.sides.before is not None else None,
            "moved": len(self.sides.moved) if self.sides.before is not None else None,
            "movers": [self._row(row) for row in self.sides.movers(FIRST)],
            "notes": [headline(note, self.language) for note in self.now.evaluation.notes],
        }

    def _means(self) -> dict[str, Any]:
        """What the mean score of everybody was, and its change; that of those with a score on both sides where it is another one."""
        before = self.sides.before
        if before is None or before.portfolio.mean is None or self.now.portfolio.mean is None:
            return {"was": None}
        was, now = before.portfolio.mean, self.now.portfolio.mean
        found = {"was": self._fixed(was), "change_of_mean": self._change(now - was, shown=(was, now)), "better": self._better(now - was)}
        same_was, same_now = self.sides.means
        if same_was is None or same_now is None:
            return found
        same = self._change(same_now - same_was, shown=(None, None))
        if same == found["change_of_mean"]:
            return found
        return {
            **found,
            "both": self.sides.both,
            "change_of_both": same or self._fixed(0.0),
            "better_of_both": self._better(same_now - same_was) if same else None,
        }

    def _bands(self) -> Iterator[dict[str, Any]]:
        counts = self.sides.counts
        largest = max((max(now, was or 0) for _, now, was in counts), default=0) or 1
        for band, now, was in counts:
            yield {
                "id": band or "",
                "title": self.band(band),
                "color": band_color(self.scorecard, band),
                "count": now,
                "before": was,
                "change": "" if was is None else figures.gained(now - was, 0, self.language),
                "share": figures.share(now / len(self.now.scores), self.language) if len(self.now.scores) else "",
                "length": round(100 * now / largest, 2),
                "length_before": round(100 * (was or 0) / largest, 2),
            }

    def ranking(self, wish: Wish) -> dict[str, Any]:
        """The rows that are wished for, and how many there are."""
        rows = self._found(wish)
        cut = rows[: wish.most]
        costs = {
            int(row): found for row, found in zip(cut, shown(self.now.evaluation, self.now.scores, cut) if len(cut) else (), strict=True)
        }
        listed = [
            {
                **self._row(int(row)),
                "costs": [(cost_of(self.scorecard, cost, self.language), self._points(cost.points)) for cost in costs[int(row)].costs],
            }
            for row in cut
        ]
        return {
            "rows": listed,
            "count": len(rows),
            "hidden": len(rows) - len(cut),
            "most": wish.most,
            "compared": self.sides.before is not None,
        }

    def _found(self, wish: Wish) -> Rows:
        rows = order(self.now.evaluation, self.now.scores, "key" if wish.sort == "key" else "score")
        if wish.sort == "best":
            total = self.now.total[rows]
            rows = np.concatenate([rows[np.isfinite(total)][::-1], rows[np.isnan(total)]])
        elif wish.sort == "change":
            rows = rows[np.argsort(-np.abs(np.nan_to_num(self.sides.change[rows])), kind="stable")]
        if wish.band:
            rows = np.array([row for row in rows if (self.now.bands[row] or "-") == wish.band], dtype=np.intp)
        if words := wish.search.casefold().split():
            rows = np.array([row for row in rows if all(word in self.now.texts[row] for word in words)], dtype=np.intp)
        return rows

    def _row(self, row: int) -> dict[str, Any]:
        """One entity: who, and what became of its score and band."""
        was = self.sides.earlier.get(row)
        before = self.sides.before
        score, band = self._score(self.now, row), self.now.bands[row]
        found = {
            "key": list(self.now.keys[row]),
            "name": self.name(self.now.keys[row]),
            "about": " · ".join(self.now.about(row, self.language)[:_ATTRIBUTES]),
            "score": score or "–",
            "band": self.band(band),
            "color": band_color(self.scorecard, band),
            "turned": False,
        }
        if before is None or was is None:
            return found
        ends = (float(before.total[was]), float(self.now.total[row]))
        old = before.bands[was]
        return {
            **found,
            "before": self._score(before, was) or "–",
            "change": self._change(float(self.sides.change[row]), shown=ends),
            "better": self._better(float(self.sides.change[row])),
            "turned": old != band,
            "band_before": self.band(old),
            "color_before": band_color(self.scorecard, old),
        }

    def name(self, key: Sequence[str]) -> str:
        return " ".join(figures.clean(part) for part in key) or self.say("column.portfolio")

    def band(self, band: str | None) -> str:
        return band_of(self.scorecard, band, self.language) or self.say("footer.no_score")

    def node(self, id: str) -> str:
        return node_of(self.scorecard, id, self.language)

    def segment(self, id: str) -> str:
        return segment_of(self.scorecard, id, self.language)

    def _score(self, side: Side, row: int) -> str:
        return figures.score(float(side.total[row]), side.bands[row], self.scorecard.total, self.scorecard, self.language)

    def _better(self, change: float) -> bool | None:
        if not np.isfinite(change) or change == 0:
            return None
        return (change > 0) != self.scorecard.scale.lower_is_better

    def _fixed(self, number: float | None) -> str | None:
        return None if number is None else figures.fixed(number, self.decimals, self.language)

    def _points(self, number: float) -> str:
        return figures.points(number, self.decimals, self.language)

    def _change(self, points: float | None, shown: tuple[float | None, float | None]) -> str:
        """Points with their sign, such that what is printed before, the change and what is printed after add up."""
        if points is None or not np.isfinite(points):
            return ""
        ends = [float(figures.fixed(end, self.decimals).replace(",", "")) for end in shown if end is not None and np.isfinite(end)]
        return figures.gained(ends[1] - ends[0] if len(ends) == 2 else points, self.decimals, self.language)
