"""The HTML report on paper: the portfolio, then a page for each entity, printed by a browser of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.browser import printed
from scorecard.report.html import write as page

_VIEW = "#/print"


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """Raises OutputError where the browser fails, UsageError where there is none."""
    _, scores = list(evaluation.periods)[-1]
    yield printed(b"".join(page(evaluation, options)), _VIEW, 1 + len(scores))
