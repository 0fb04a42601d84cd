"""A spec and its rows as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

from scorecard.describe import width
from scorecard.report.charts.theme import FONTS, VERSION, Spec

Form = Literal["svg", "png"]
Rows = Sequence[Mapping[str, Any]]
_WIDE = 2
_OTHER, _ANOTHER = "字", "汉"
_SCALE = 2.0
"""pixels of a PNG for each of the spec, so that it is sharp on paper"""


def draw(spec: Spec, rows: Rows, form: Form, scale: float = _SCALE) -> bytes:
    """The chart of these rows; nothing is fetched, whatever a spec may say."""
    import vl_convert

    whole = filled(spec, rows)
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(whole, vl_version=VERSION, scale=scale, allowed_base_urls=[]))
    drawn = str(vl_convert.vegalite_to_svg(whole, vl_version=VERSION, allowed_base_urls=[]))
    return drawn.replace("<svg ", f'<svg role="img" aria-label={quoteattr(spec["description"])} ', 1).encode()


def filled(spec: Spec, rows: Rows) -> Spec:
    """The spec with its rows in it."""
    return {**spec, "data": {**spec["data"], "values": list(rows)}}


def shows(text: str) -> bool:
    """Whether this machine has a font for the Chinese in a text: two of its characters look different then."""
    chinese = sorted({character for character in text if width(character) == _WIDE})
    return not chinese or _dot(chinese[0]) != _dot(_OTHER if chinese[0] != _OTHER else _ANOTHER)


def _dot(character: str) -> bytes:
    import vl_convert

    mark = {"type": "text", "encode": {"enter": {"text": {"value": character}, "y": {"value": 20}, "font": {"value": FONTS}}}}
    return bytes(vl_convert.vega_to_png({"width": 24, "height": 24, "marks": [mark]}, allowed_base_urls=[]))
