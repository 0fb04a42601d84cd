"""The scores as one page that opens everywhere: the portfolio, and a page for every entity; nothing is asked of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.html.content import content
from scorecard.report.html.page import page


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """The page in pieces."""
    for piece in page(content(evaluation, str(options.get("language", "en")))):
        yield piece.encode(errors="replace")
