"""Charts that PowerPoint draws itself, with their numbers in a workbook behind them."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Pt

from scorecard.report.colors import letters_on
from scorecard.report.office.content import FIRST, SECOND, Chart, Series
from scorecard.report.wrap import shortened

_KINDS = {
    "columns": XL_CHART_TYPE.COLUMN_STACKED,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "steps": XL_CHART_TYPE.BAR_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_LIGHTER = 0.6
_SIZE = Pt(11)
_LONGEST = 36
_ROOM = 0.14
"""of the scale, behind the longest bar of steps for its number"""
_LINE = "#DDE2E7"
_HIDE_NOTHING = ";;;"


def draw_chart(slide: Any, box: tuple[int, int, int, int], chart: Chart, *, titled: bool) -> None:
    """Puts a chart on a slide."""
    data: Any = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = [_text(name) for name in chart.categories]
    for series in chart.series:
        data.add_series(_text(series.name), series.numbers)
    if chart.texts:
        data.add_series("  ", [_ROOM * (_top(chart) - _bottom(chart))] * len(chart.texts))
    frame = slide.shapes.add_chart(_KINDS[chart.kind], *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.picture.spec.get("description", chart.title))
    drawn = frame.chart
    drawn.font.size = _SIZE
    drawn.has_title = titled
    if titled:
        drawn.chart_title.include_in_layout = False
        drawn.chart_title.text_frame.text = chart.title
        drawn.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
    drawn.has_legend = len(chart.series) > 1 and not chart.texts
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(drawn, chart)
    plot = drawn.plots[0]
    if chart.kind != "line":
        plot.gap_width, plot.overlap = 45, 100 if chart.kind != "bars" else -5
    for own, series in zip(plot.series, chart.series, strict=False):
        _series(own, series, chart)
    if chart.texts:
        _texts(plot.series[len(chart.series)], chart.texts)


def rgb(color: str) -> RGBColor:
    """A colour as PowerPoint has it."""
    found: RGBColor = RGBColor.from_string(color.removeprefix("#").upper())  # type: ignore[no-untyped-call]
    return found


def _text(text: str) -> str:
    """A name that no spreadsheet takes for a formula or an address: the workbook behind a chart is opened to edit it."""
    return f" {shortened(text, _LONGEST)}"


def _top(chart: Chart) -> float:
    known = [number for series in chart.series for number in series.numbers if number is not None]
    return chart.ends[1] if chart.ends else max(known, default=1.0)


def _bottom(chart: Chart) -> float:
    return chart.ends[0] if chart.ends else 0.0


def _axes(drawn: Any, chart: Chart) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    names.format.line.color.rgb = rgb(_LINE)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = rgb(_LINE)
    if chart.kind in ("bars", "steps"):
        names.reverse_order = True
        values.has_major_gridlines = False
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    if chart.ends is not None:
        values.minimum_scale, values.maximum_scale = chart.ends
        if chart.kind in ("bars", "steps"):
            values.maximum_scale = chart.ends[1] + _ROOM * (chart.ends[1] - chart.ends[0])


def _series(own: Any, series: Series, chart: Chart) -> None:
    if chart.kind == "line":
        own.smooth = False
        own.format.line.width = Pt(2.25)
        _color(own.format.line, series.color)
        _color(own.marker.format.fill, series.color)
    elif series.color is None:
        own.format.fill.background()
        return
    else:
        _color(own.format.fill, series.color)
        for place, color in enumerate(series.colors):
            _color(own.points[place].format.fill, color)
    if chart.texts:
        return
    labels = own.data_labels
    labels.show_value, labels.font.size = True, _SIZE
    labels.number_format_is_linked = False
    labels.number_format = f"#,##0{'.' + '0' * chart.decimals if chart.decimals else ''}"
    if chart.kind == "columns" and series.color is not None:
        labels.number_format += _HIDE_NOTHING
        labels.font.color.rgb = rgb(letters_on(series.color))
    else:
        labels.position = XL_LABEL_POSITION.ABOVE if chart.kind == "line" else XL_LABEL_POSITION.OUTSIDE_END


def _color(format: Any, color: str | None) -> None:
    """Gives a fill, or a line, its colour."""
    if hasattr(format, "solid"):
        format.solid()
    own = format.fore_color if hasattr(format, "fore_color") else format.color
    if color in (FIRST, SECOND):
        own.theme_color = MSO_THEME_COLOR.ACCENT_1
        own.brightness = _LIGHTER if color == SECOND else 0.0
    elif color is not None:
        own.rgb = rgb(color)


def _texts(own: Any, texts: Any) -> None:
    """What stands behind bars: the labels of a series that is not seen."""
    own.format.fill.background()
    for place, text in enumerate(texts):
        label = own.points[place].data_label
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        frame = label.text_frame
        frame.text = text
        frame.paragraphs[0].runs[0].font.size = _SIZE
