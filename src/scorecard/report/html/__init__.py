"""The scores as one page that opens everywhere: the portfolio, and a page for every entity; nothing is asked of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.charts.bundle import bundle
from scorecard.report.html.content import content
from scorecard.report.html.page import page


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """The page in pieces. What draws its charts is made while its content is."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        beside.submit(bundle)
        told = content(evaluation, str(options.get("language", "en")))
    for piece in page(told):
        yield piece.encode(errors="replace")
