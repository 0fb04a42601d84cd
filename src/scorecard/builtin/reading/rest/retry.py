"""When a call that failed is worth another try, and after how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from scorecard.builtin.reading.rest.clock import Clock

AGAIN = frozenset({408, 425, 429})
"""answers below 500 that may be others next time"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often a call is tried, how long the first wait is (each is twice the one before), and the longest wait, in seconds."""

    attempts: int = 5
    wait: float = 1.0
    longest: float = 120.0

    def pause(self, attempt: int, asked: float | None, clock: Clock) -> float | None:
        """Seconds to wait after try `attempt`, from 1: what the API asked for, else half to all of a wait that doubles.

        None where no try is left, or the API asks to wait for longer than the longest.
        """
        if attempt >= self.attempts or (asked is not None and asked > self.longest):
            return None
        if asked is not None:
            return asked
        return float(min(self.longest, self.wait * 2 ** (attempt - 1)) * (0.5 + 0.5 * clock.chance()))


def may_pass(status: int) -> bool:
    """Whether an answer is a fault that may pass by itself."""
    return status in AGAIN or status >= 500


def asked_pause(retry_after: str | None, now: float) -> float | None:
    """The seconds that a header Retry-After asks for: a number, or a date (RFC 9110, 10.2.3). None where it asks for none."""
    if retry_after is None:
        return None
    written = retry_after.strip()
    try:
        seconds = float(written) if written.replace(".", "", 1).isdecimal() else _until(written) - now
    except ValueError:
        return None
    return max(0.0, seconds)


def _until(date: str) -> float:
    moment = parsedate_to_datetime(date)
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
