"""Opening the place: a socket of this machine alone, and a server that ends when it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import uvicorn

from scorecard.errors import UsageError
from scorecard.model.issue import Issue
from scorecard.serve.guard import HOST, Door
from scorecard.serve.place import place
from scorecard.serve.session import Session

_PATIENCE = 1
"""seconds that a request may go on once the server ends"""


def listening(port: int) -> socket.socket:
    """A socket of this machine's own address; 0 is any port that is free. Raises UsageError (SC765)."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.bind((HOST, port))
    except OSError as error:
        found.close()
        raise UsageError([Issue(code="SC765", values={"port": port, "error": error.strerror or str(error)})]) from error
    return found


def serving(session: Session, door: Door, language: str, ready: Callable[[], None] | None = None) -> uvicorn.Server:
    """A server of the place; `run(sockets=[...])` goes on until it is interrupted or told to exit. `ready` is called when it answers."""
    config = uvicorn.Config(
        place(session, door, language),
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    return Server(config, ready)


class Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.ready is not None:
            threading.Thread(target=self.ready, daemon=True).start()
