"""The first sheet: what was scored, two charts, the bands and the mean scores of every period, the gates."""

from __future__ import annotations

from typing import Any

import numpy as np

from scorecard.evaluation.gates import judge
from scorecard.evaluation.show import band_counts
from scorecard.model.definition import Item
from scorecard.report.colors import letters_on
from scorecard.report.heading import gate_lines, heading
from scorecard.report.labels import INSUFFICIENT, band_of, node_of, period_of, title_of
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.sheet import Sheet
from scorecard.report.workbook.table import Column, Table
from scorecard.scoring.score import PeriodScores

_CHARTS = 4
"""the row that charts begin at"""
_ROWS_OF_CHARTS = 17
_CHART_WIDTH, _CHART_HEIGHT = 520, 320
_MOST_SERIES = 3
"""periods whose means are drawn, the last ones"""
_MOST_BARS = 25
_SERIES = ("#0072B2", "#7FB2D6", "#C6D9E8")
_HIDE_NOTHING = "0;;;"
_FIRST_BAND = 5


def write_summary(book: Book) -> None:
    """What a reader sees first."""
    sheet = book.sheet("summary")
    _heading(book, sheet)
    bands = book.scorecard.bands
    top = _CHARTS + (_ROWS_OF_CHARTS if bands or _parts(book) else 0)
    next = _periods(book, sheet, top)
    means = next
    next = _means(book, sheet, next)
    if bands:
        _chart_of_bands(book, sheet, top)
    if _parts(book):
        _chart_of_means(book, sheet, means, beside=bool(bands))
    _gates(book, sheet, next)
    sheet.hide_gridlines(2)
    sheet.finish()


def _heading(book: Book, sheet: Sheet) -> None:
    evaluation, made = book.evaluation, book.evaluation.provenance
    period, scores = list(evaluation.periods)[-1]
    _, facts = heading(evaluation, period, scores, book.language)
    sheet.put(0, 0, title_of(book.scorecard, book.language), book.title)
    labels = list(dict.fromkeys(period_of(one, book.language) for one in (evaluation.shown[0], period)))
    sheet.put(1, 0, " · ".join(part for part in ("–".join(labels), facts) if part), book.quiet)
    sheet.put(2, 0, book.say("cell.made", version=made.version, moment=made.made_at[:16].replace("T", " ")), book.quiet)


def _periods(book: Book, sheet: Sheet, top: int) -> int:
    """A row per period: how many, their mean and median score, how many in each band and without any."""
    scorecard, say = book.scorecard, book.say
    points = book.points_of("total")
    columns = [Column(say("head.period"), width=24), Column(say("head.entities"), book.count), Column(say("head.scored"), book.count)]
    columns += [Column(say("head.mean"), points), Column(say("head.median"), points)]
    bands = [*(band.id for band in scorecard.bands), *([INSUFFICIENT] if scorecard.bands else [])]
    columns += [Column(band_of(scorecard, band, book.language), book.count) for band in bands]
    table = Table(sheet, "periods", columns, book, top)
    for period, scores in book.evaluation.periods:
        known = _known(scores, "total")
        middle = [float(known.mean()), float(np.median(known))] if len(known) else [None, None]
        counted = band_counts(book.evaluation, scores) if bands else {}
        counts = [counted.get(band, 0) for band in bands]
        table.add([period_of(period, book.language), len(scores), len(known), *middle, *counts])
    return table.end()


def _means(book: Book, sheet: Sheet, top: int) -> int:
    """A row for each part of the total: its mean score in every period."""
    scorecard = book.scorecard
    periods = [period_of(period, book.language) for period, _ in book.evaluation.periods]
    title = book.say("head.node")
    table = Table(sheet, "means", [Column(title, book.wrapped), *(Column(label) for label in periods)], book, top)
    for node in _parts(book):
        forms = dict.fromkeys(range(1, len(periods) + 1), book.points_of(node.id))
        table.add([node_of(scorecard, node.id, book.language), *_mean_of(book, node)], forms)
    return table.end()


def _mean_of(book: Book, node: Item) -> list[float | None]:
    known = [_known(scores, node.id) for _, scores in book.evaluation.periods]
    return [float(numbers.mean()) if len(numbers) else None for numbers in known]


def _parts(book: Book) -> tuple[Item, ...]:
    """What is directly under the total and has scores; as many as a chart can hold."""
    nodes = book.scorecard.children("total")
    return tuple(node for node in nodes if any(len(_known(scores, node.id)) for _, scores in book.evaluation.periods))[:_MOST_BARS]


def _known(scores: PeriodScores, node: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    numbers = np.asarray(scores.cells[f"{node}.score"], dtype=np.float64)
    return np.asarray(numbers[~np.isnan(numbers)])


def _chart_of_bands(book: Book, sheet: Sheet, top: int) -> None:
    """Of one period a column per band, of several a column per period with its bands one upon the other."""
    bands = [band.id for band in book.scorecard.bands]
    counts = [list(band_counts(book.evaluation, scores).values())[: len(bands)] for _, scores in book.evaluation.periods]
    several = len(counts) > 1
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"} if several else {"type": "column"})
    last = top + len(counts)
    colors = [book.color(band) for band in bands]
    labels = {"value": True, "num_format": _HIDE_NOTHING}
    if several:
        periods = [period_of(period, book.language) for period, _ in book.evaluation.periods]
        for place, band in enumerate(bands):
            column = _FIRST_BAND + place
            chart.add_series(
                {
                    "name": [sheet.name, top, column],
                    "name_data": [band_of(book.scorecard, band, book.language)],
                    "categories": [sheet.name, top + 1, 0, last, 0],
                    "categories_data": periods,
                    "values": [sheet.name, top + 1, column, last, column],
                    "values_data": [each[place] for each in counts],
                    "fill": {"color": colors[place]},
                    "data_labels": {**labels, "font": {"color": letters_on(colors[place])}},
                    "gap": 60,
                }
            )
        chart.set_legend({"position": "bottom"})
    else:
        ends = (_FIRST_BAND, _FIRST_BAND + len(bands) - 1)
        chart.add_series(
            {
                "categories": [sheet.name, top, ends[0], top, ends[1]],
                "categories_data": [band_of(book.scorecard, band, book.language) for band in bands],
                "values": [sheet.name, last, ends[0], last, ends[1]],
                "values_data": counts[0],
                "points": [{"fill": {"color": color}} for color in colors],
                "data_labels": labels,
                "gap": 60,
            }
        )
        chart.set_legend({"none": True})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}, "line": {"none": True}})
    _insert(sheet, chart, book.say("chart.bands"), 0)


def _chart_of_means(book: Book, sheet: Sheet, top: int, *, beside: bool) -> None:
    """A bar for each part of the total, the first on top, of the last periods."""
    parts = _parts(book)
    scale = book.scorecard.scale
    chart = book.workbook.add_chart({"type": "bar"})
    count = len(book.evaluation.shown)
    drawn = range(max(count - _MOST_SERIES, 0), count)
    means = [_mean_of(book, node) for node in parts]
    for period in drawn:
        chart.add_series(
            {
                "name": [sheet.name, top, period + 1],
                "name_data": [period_of(book.evaluation.shown[period], book.language)],
                "categories": [sheet.name, top + 1, 0, top + len(parts), 0],
                "categories_data": [node_of(book.scorecard, node.id, book.language) for node in parts],
                "values": [sheet.name, top + 1, period + 1, top + len(parts), period + 1],
                "values_data": [each[period] for each in means],
                "fill": {"color": _SERIES[drawn.stop - 1 - period]},
                "data_labels": {"value": True, "num_format": "0.0" if not scale.open and (scale.high or 0) > 10 else "0.00"},
                "gap": 50,
            }
        )
    chart.set_legend({"position": "bottom"} if len(drawn) > 1 else {"none": True})
    chart.set_y_axis({"reverse": True})
    ends = {} if scale.open else {"min": scale.low, "max": scale.high}
    chart.set_x_axis({**ends, "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}, "label_position": "high"})
    _insert(sheet, chart, book.say("chart.means"), _CHART_WIDTH + 20 if beside else 0)


def _insert(sheet: Sheet, chart: Any, title: str, offset: int) -> None:
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    chart.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
    sheet.insert_chart(_CHARTS - 1, 0, chart, {"x_offset": offset, "object_position": 3, "description": title})


def _gates(book: Book, sheet: Sheet, top: int) -> None:
    lines = list(gate_lines(judge(book.evaluation), book.language))
    if not lines:
        return
    sheet.put(top, 0, book.say("cell.gates"), book.section)
    for place, (passed, line) in enumerate(lines, start=top + 1):
        sheet.put(place, 0, f"{'✓' if passed else '✗'} {line}")
