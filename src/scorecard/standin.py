"""A web API on this computer for tests of sources: it answers as the real one is documented to, and fails where told.

    def answer(request: Request) -> Answer:
        return Answer(json={"records": RECORDS[int(request.query["offset"]) :][:2], "total": len(RECORDS)})

    with StandIn(answer, faults={2: Answer(429, headers={"Retry-After": "7"}), 4: half}) as api:
        data = open_rest(SourceRequest(settings={"url": f"{api.url}/tickets", ...}, folder="."), clock)

`faults` replace or change the answer to the request of that number, from 1. Nothing leaves 127.0.0.1, and nothing sleeps.
`check_faults` tries every fault that may pass at every request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

NO_CONTENT = 204


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked. The names of `headers` are in small letters; of a query or a form the last value of a name counts."""

    number: int
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> Mapping[str, str]:
        return dict(parse_qsl(self.body.decode()))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back: `json`, or `body` as it is.

    `cut` is how many bytes of the body are sent before the connection breaks. `announced` says whether the length is
    told beforehand; without it, only the end of the connection ends the body. `stalls`: nothing is sent until the end.
    """

    status: int = 200
    json: Any = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    announced: bool = True
    stalls: bool = False

    @property
    def sent(self) -> bytes:
        if self.status == NO_CONTENT:
            return b""
        return self.body or json.dumps(self.json, ensure_ascii=False).encode()


Fault = Answer | Callable[[Answer], Answer]
"""what is sent instead of an answer, or what becomes of it"""

STALL = Answer(stalls=True)


def half(answer: Answer) -> Answer:
    """The connection breaks in the middle of the answer."""
    return replace(answer, cut=len(answer.sent) // 2)


def half_unnoticed(answer: Answer) -> Answer:
    """The same, where no length was announced that would tell."""
    return replace(half(answer), announced=False)


def lost(answer: Answer) -> Answer:
    """The request was served, and the connection broke before anything of the answer came back."""
    return replace(answer, cut=-1)


FAULTS: Mapping[str, Fault] = {
    "too many requests": Answer(429, headers={"Retry-After": "1"}, json={"message": "slow down"}),
    "server error": Answer(500, body=b"<html>oops</html>", headers={"Content-Type": "text/html"}),
    "not available": Answer(503, json={"message": "back soon"}),
    "half an answer": half,
    "half an answer, unnoticed": half_unnoticed,
    "no answer": lost,
}
"""what may happen once to any request, and must change nothing"""


class StandIn:
    """A server in a thread of its own, on a free port of 127.0.0.1, while its `with` lasts. `requests` keeps all that was asked."""

    def __init__(self, answer: Callable[[Request], Answer], faults: Mapping[int, Fault] | None = None) -> None:
        self.requests: list[Request] = []
        self._answer = answer
        self._faults = dict(faults or {})
        self._over = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except ConnectionError:
                    self.close_connection = True

            def do_GET(self) -> None:
                stand_in._serve(self)

            do_POST = do_HEAD = do_GET  # noqa: N815 - as the standard library calls them

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        stand_in = self
        return Handler

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        request = self._noted(handler)
        fault = self._faults.get(request.number)
        answer = fault if isinstance(fault, Answer) else self._answer(request)
        if fault is not None and not isinstance(fault, Answer):
            answer = fault(answer)
        if answer.stalls:
            self._over.wait()
        if answer.stalls or answer.cut == -1:
            handler.close_connection = True
            return
        _send(handler, answer)

    def _noted(self, handler: BaseHTTPRequestHandler) -> Request:
        parts = urlsplit(handler.path)
        request = Request(
            number=len(self.requests) + 1,
            method=handler.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in handler.headers.items()},
            body=handler.rfile.read(int(handler.headers.get("Content-Length") or 0)),
        )
        self.requests.append(request)
        return request


def check_faults(serve: Callable[[], Callable[[Request], Answer]], read: Callable[[StandIn], object]) -> None:
    """Fails unless `read` gives the same, one request later, whatever fault any one request meets.

    `serve` makes the API anew for each try. Give `read` a clock of its own, so that nobody waits.
    """
    with StandIn(serve()) as api:
        expected = read(api)
        count = len(api.requests)
    for name, fault in FAULTS.items():
        for number in range(1, count + 1):
            with StandIn(serve(), {number: fault}) as api:
                found = read(api)
                assert found == expected, f"{name} at request {number}: {found} instead of {expected}"
                assert len(api.requests) == count + 1, f"{name} at request {number}: {len(api.requests)} requests instead of {count + 1}"


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    body = answer.sent
    handler.send_response(answer.status)
    for name, value in {"Content-Type": "application/json", **answer.headers}.items():
        handler.send_header(name, value)
    handler.send_header(*(("Content-Length", str(len(body))) if answer.announced else ("Connection", "close")))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body[: answer.cut])
    if answer.cut is not None or not answer.announced:
        handler.wfile.flush()
        handler.close_connection = True
