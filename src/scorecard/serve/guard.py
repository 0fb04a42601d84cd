"""Who may ask: this machine's own browser, with the token, from the page itself. Everything else is refused before it is read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""what a browser may call this machine; any other name is a page elsewhere that has itself answered with our address"""
SMALL = 1_000_000
LARGE = 5_000_000
"""bytes of a request: of numbers, and of a text, which may be as long as a definition"""
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""no word of a definition can become a script or a style; charts are drawn by Vega's interpreter, so that nothing is evaluated"""
APART = "sandbox allow-scripts allow-downloads allow-popups; frame-ancestors 'none'"
"""of a report, which has its scripts within: they run as of nowhere, and cannot ask this place for anything"""
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where the page is, and the token that opens it."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """Cookies do not tell ports apart, so that their names must."""
        return f"scorecard_{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(f"{name}:{self.port}" for name in NAMES)


class Guard:
    """Stands before the place. `large` are the paths that take a text."""

    def __init__(self, inner: ASGIApp, door: Door, large: tuple[str, ...] = ()) -> None:
        self.inner = inner
        self.door = door
        self.large = large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = self._refusal(scope)
        if answer is not None:
            await answer(scope, receive, _with_headers(send))
            return
        await self.inner(scope, _limited(receive, self._most(scope)), _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        """What is answered in the place of the page; None where one may go on."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self.door.hosts:
            return _refused("host")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return Response(status_code=405)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["path"] == "/" and "token" in query:
            return self._let_in(query) if self._is_token(query["token"][0]) else _refused("token")
        if not self._is_token(_cookie(headers.get("cookie", ""), self.door.cookie)):
            return _refused("token")
        if scope["method"] == "POST":
            if headers.get("origin") != f"http://{host}":
                return _refused("origin")
            if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return Response(status_code=415)
            length = headers.get("content-length", "0")
            if not length.isdecimal() or int(length) > self._most(scope):
                return Response(status_code=413)
        return None

    def _let_in(self, query: dict[str, list[str]]) -> Response:
        """The address without the token, which a cookie brings from now on."""
        rest = urlencode({name: values[0] for name, values in query.items() if name != "token"})
        answer = RedirectResponse(f"/?{rest}" if rest else "/", status_code=303)
        answer.set_cookie(self.door.cookie, self.door.token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.door.token.encode())

    def _most(self, scope: Scope) -> int:
        return LARGE if scope["path"] in self.large else SMALL


class TooLargeError(Exception):
    """More came than a request may hold."""


def _limited(receive: Receive, most: int) -> Receive:
    """What a request brings, as far as it may; a length that is not told is found out on the way."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise TooLargeError
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("content-security-policy", STRICT)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending


def _cookie(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def _refused(reason: str) -> Response:
    """A refusal says what to do, and nothing of what is here."""
    text = {
        "token": "403: open the address that `scorecard serve` printed; it has the token in it.\n请打开 scorecard serve 显示的地址。\n",
        "host": "403: this page is for this machine alone.\n此页面仅供本机使用。\n",
        "origin": "403: this was not asked by the page itself.\n请求并非来自页面本身。\n",
    }[reason]
    return Response(text, status_code=403, media_type="text/plain; charset=utf-8")
