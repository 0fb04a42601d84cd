"""A server of the page in a thread of the test, over a copy of a definition and its data."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scorecard import app
from scorecard.evaluation.run import Request
from scorecard.serve.guard import Door
from scorecard.serve.open import listening, serving
from scorecard.serve.session import Session

_PATIENCE = 20


@dataclass(frozen=True)
class Served:
    """What is looked at, and where."""

    session: Session
    door: Door

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.door.port}"

    def address(self, language: str = "en") -> str:
        return f"{self.door.address}&lang={language}"


@contextmanager
def served(file: Path, period: str | None = None) -> Iterator[Served]:
    """The page of a definition, until the block ends."""
    session = Session(str(file), app.registry(), Request(period=period, before=1))
    session.open()
    ready = threading.Event()
    with listening(0) as own:
        found = Served(session, Door(own.getsockname()[1]))
        server = serving(session, found.door, "en", ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [own]})
        thread.start()
        try:
            assert ready.wait(_PATIENCE), "the server did not answer"
            yield found
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)
