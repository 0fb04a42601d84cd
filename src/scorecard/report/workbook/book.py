"""What all sheets of a workbook share: its evaluation and language, how numbers are shown, the colours of bands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.model.definition import Item, Metric
from scorecard.report.colors import band_color, tinted
from scorecard.report.figures import MOST_DECIMALS, decimals_in_band, decimals_of
from scorecard.report.labels import INSUFFICIENT, band_of
from scorecard.report.workbook.sheet import Sheet

_TINT = 0.35
_DIGITS = 3
"""significant digits of a middling value whose metric names no decimals"""
_MOST_PLACES = 4
_LARGE = 1_000
"""what is larger needs no decimals"""
_LONGEST_IN_FORMULA = 255


class Book:
    """A workbook that is being written."""

    def __init__(self, workbook: Workbook, evaluation: Evaluation, language: str) -> None:
        self.workbook = workbook
        self.evaluation = evaluation
        self.scorecard = evaluation.scorecard
        self.language = language
        self.head = self._form(
            bold=True,
            font_color="#FFFFFF",
            bg_color="#1F3A5F",
            text_wrap=True,
            valign="vcenter",
            indent=1,
            border=1,
            border_color="#FFFFFF",
        )
        self.title = self._form(bold=True, font_size=16, font_color="#1F3A5F")
        self.section = self._form(bold=True, font_size=12, font_color="#1F3A5F")
        self.quiet = self._form(font_color="#5F6368")
        self.text = self._form(valign="top", align="left", indent=1)
        self.wrapped = self._form(text_wrap=True, valign="top", align="left", indent=1)
        self.right = self._form(align="right", valign="top")
        self.number = self._form(valign="top")
        self.day = self._form(num_format="yyyy-mm-dd", align="left", valign="top", indent=1)
        self.moment = self._form(num_format="yyyy-mm-dd hh:mm", align="left", valign="top", indent=1)
        self.count = self._form(num_format="#,##0", valign="top")
        self.percent = self._form(num_format="0.0%", valign="top")
        self.kept = self._form(italic=True, font_color="#5F6368", bg_color="#F1F3F4")
        self._likes: dict[tuple[tuple[str, str], ...], Format] = {}
        self._points: dict[int, Format] = {}
        self._values: dict[str, Format] = {}
        self._starts = [band.start for band in self.scorecard.bands if band.start is not None]
        self._decimals = {id: decimals_of(node, self.scorecard.scale) for id, node in self.nodes.items()}

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def sheet(self, key: str, number: int = 1) -> Sheet:
        """A new sheet; the second and later ones of the same kind carry their number."""
        title = self.say(f"sheet.{key}")
        sheet: Sheet = self.workbook.add_worksheet(title if number == 1 else f"{title} {number}", worksheet_class=Sheet)
        return sheet

    @cached_property
    def nodes(self) -> dict[str, Item]:
        """The total, the groups and the metrics by id."""
        return {"total": self.scorecard.total, **self.scorecard.groups, **self.scorecard.metrics}

    def points(self, decimals: int) -> Format:
        """How points are shown at so many decimals."""
        if decimals not in self._points:
            self._points[decimals] = self._form(num_format=f"#,##0{_places(decimals)}", valign="top")
        return self._points[decimals]

    def points_of(self, node: str) -> Format:
        """How the points of a node are shown."""
        return self.points(self._decimals[node])

    def score(self, node: str, score: float | None, band: str | None) -> Format:
        """How a score is shown: at the decimals of its node, or as many more as it takes to lie in the band shown."""
        decimals = self._decimals[node]
        if score is not None and any(abs(score - start) < 10.0**-decimals for start in self._starts):
            decimals = decimals_in_band(score, band, decimals, self.scorecard)
        return self.points(min(decimals, MOST_DECIMALS))

    def value(self, metric: Metric, number: object) -> Format:
        """How a value of a metric is shown: a percent as one, else at its decimals or at those that suit its values."""
        decimals = self._value_decimals[metric.id]
        if metric.unit == "percent":
            form = f"0{_places(decimals)}%"
        else:
            broken = isinstance(number, float) and abs(number) < _LARGE and not number.is_integer()
            form = f"#,##0{_places(2 if broken and not decimals and metric.decimals is None else decimals)}"
        if form not in self._values:
            self._values[form] = self._form(num_format=form, valign="top")
        return self._values[form]

    def color(self, band: str | None) -> str:
        """The colour of a band."""
        return band_color(self.scorecard, band)

    def like(self, form: Format, **settings: object) -> Format:
        """A form that shows numbers as another one does, and is otherwise set as told."""
        wanted = {"num_format": str(form.num_format), "valign": "vcenter", **settings}
        key = tuple(sorted((name, str(value)) for name, value in wanted.items()))
        if key not in self._likes:
            self._likes[key] = self._form(**wanted)
        return self._likes[key]

    def color_bands(self, sheet: Sheet, first: int, last: int, of: int, columns: Sequence[int]) -> None:
        """Colours cells of columns by the band that is named in the column `of` of their row."""
        named = [*(band.id for band in self.scorecard.bands), INSUFFICIENT]
        for band in named:
            title = band_of(self.scorecard, band, self.language).replace('"', '""')
            if len(title) > _LONGEST_IN_FORMULA:
                continue
            rule = {"type": "formula", "criteria": f'=${xl_col_to_name(of)}{first + 1}="{title}"', "format": self._tints[band]}
            for column in columns:
                sheet.conditional_format(first, column, last, column, rule)

    @cached_property
    def _tints(self) -> dict[str, Format]:
        bands = [*(band.id for band in self.scorecard.bands), INSUFFICIENT]
        return {band: self._form(bg_color=tinted(self.color(band), _TINT), font_color="#202124") for band in bands}

    @cached_property
    def _value_decimals(self) -> dict[str, int]:
        return {id: _decimals(metric, self._numbers(id)) for id, metric in self.scorecard.metrics.items()}

    def _numbers(self, metric: str) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
        columns = (
            np.asarray(scores.cells[f"{metric}.value"]) for _, scores in self.evaluation.periods if f"{metric}.value" in scores.cells
        )
        return [column[np.isfinite(column)] for column in columns if column.dtype.kind in "fiu"]

    def _form(self, **settings: object) -> Format:
        return self.workbook.add_format(settings)


def _decimals(metric: Metric, parts: Sequence[np.ndarray[tuple[int], np.dtype[np.float64]]]) -> int:
    """The decimals of a metric's values: as written, else as many as give a middling one three digits, none for whole numbers."""
    if metric.decimals is not None or metric.unit == "percent":
        return 1 if metric.decimals is None else max(metric.decimals, 0)
    numbers = np.abs(np.concatenate([np.empty(0), *parts]))
    if not (numbers % 1).any():
        return 0
    middling = float(np.median(numbers[numbers > 0]))
    return int(np.clip(_DIGITS - 1 - np.floor(np.log10(middling)), 0, _MOST_PLACES))


def _places(decimals: int) -> str:
    return f".{'0' * decimals}" if decimals else ""
