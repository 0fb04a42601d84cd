"""Numbers that are tried: everybody scored again by what answers `scorecard whatif --for-all`."""

from __future__ import annotations

import math
from collections.abc import Mapping

from scorecard.advice.suppositions import Supposed, suppositions
from scorecard.advice.whatif import Outcome, what_if
from scorecard.errors import UsageError
from scorecard.expression.names import near
from scorecard.model.issue import Issue
from scorecard.serve.dials import Dial, every, panels
from scorecard.serve.scored import Scored


def turned(found: Scored, numbers: Mapping[str, float]) -> dict[str, tuple[Dial, float]]:
    """The dials that stand elsewhere than written, by name. Raises UsageError (SC731) for a name that is none of them."""
    known = every(panels(found))
    for name, number in numbers.items():
        if name not in known:
            raise UsageError([Issue(code="SC731", values={"name": name, "did_you_mean": near(name, list(known)), "allowed": list(known)})])
        if not math.isfinite(number):
            raise UsageError([Issue(code="SC730", values={"text": f"{name}={number}"})])
    return {name: (known[name], number) for name, number in numbers.items() if number != known[name].number}


def tried(found: Scored, numbers: Mapping[str, float]) -> Outcome:
    """The last period with these numbers in the place of those written. Raises UsageError as `suppositions` does."""
    dials = turned(found, numbers)
    supposed: Supposed = ()
    if dials:
        (supposed,) = suppositions([dial.supposed(number) for dial, number in dials.values()], found.evaluation.scorecard)
    return what_if(found.evaluation, supposed)
