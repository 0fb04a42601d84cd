"""A spec and its rows as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from scorecard.report.charts.theme import VERSION, Spec

Form = Literal["svg", "png"]
Rows = Sequence[Mapping[str, Any]]
_SCALE = 2.0
"""pixels of a PNG for each of the spec, so that it is sharp on paper"""


def draw(spec: Spec, rows: Rows, form: Form, scale: float = _SCALE) -> bytes:
    """The chart of these rows; nothing is fetched, whatever a spec may say."""
    import vl_convert

    whole = {**spec, "data": {**spec["data"], "values": list(rows)}}
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(whole, vl_version=VERSION, scale=scale, allowed_base_urls=[]))
    return str(vl_convert.vegalite_to_svg(whole, vl_version=VERSION, allowed_base_urls=[])).encode()
