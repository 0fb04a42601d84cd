"""Sends calls to a web API, waits and sends them again where that may help; no message ever holds a secret."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Callable
from functools import cache
from itertools import count
from types import TracebackType
from typing import Any

import httpx

from scorecard.builtin.reading.address import Address, hidden
from scorecard.builtin.reading.rest.auth import Auth, Fixed
from scorecard.builtin.reading.rest.call import Call, Reply
from scorecard.builtin.reading.rest.clock import SYSTEM, Clock
from scorecard.builtin.reading.rest.faults import PassingError, UnsignedError, Verdict, said_in
from scorecard.builtin.reading.rest.retry import Retry, asked_pause, may_pass
from scorecard.hooks.contracts import SourceError
from scorecard.language.phrase import Phrase

Judge = Callable[[Reply], Verdict | None]
"""tells what an answer means where its status does not; None = what the status says"""

TOKEN = Phrase("the token")


class Client:
    """The connection to one web API. Use it as a context, which closes it."""

    def __init__(
        self,
        *,
        auth: Auth | None = None,
        retry: Retry | None = None,
        per_second: float | None = None,
        timeout: float = 30.0,
        judge: Judge | None = None,
        clock: Clock = SYSTEM,
    ) -> None:
        self._auth: Auth = auth or Fixed()
        self._retry = retry or Retry()
        self._between = 1 / per_second if per_second else 0.0
        self._timeout = timeout
        self._judge = judge
        self._clock = clock
        self._next = 0.0
        headers = {"User-Agent": "kpi-scorecard", "Accept": "application/json"}
        self._http = httpx.Client(timeout=timeout, headers=headers, verify=_trusted())

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    def ask(self, call: Call, what: str) -> Reply:
        """The answer to a call; `what` names it in messages: `page 3`. Raises SourceError where it stays away or is refused."""
        try:
            try:
                return self._tried(self._signed(call), what)
            except UnsignedError as refusal:
                if not self._auth.renew():
                    raise _refused(call, what, refusal) from None
            try:
                return self._tried(self._signed(call), what)
            except UnsignedError as refusal:
                raise _refused(call, what, refusal) from None
        except SourceError as error:
            secrets = self._auth.secrets | Address(call.url).secrets
            raise SourceError(error.code, **{name: _hidden(value, secrets) for name, value in error.values.items()}) from None

    def _signed(self, call: Call) -> Call:
        return self._auth.sign(call, self._token_body)

    def _token_body(self, call: Call) -> Any:
        try:
            return self._tried(call, TOKEN).body
        except UnsignedError as refusal:
            raise _no_token(call, str(refusal)) from None
        except SourceError as error:
            if error.code == "SC647":
                raise _no_token(call, str(error.values["problem"])) from None
            raise

    def _tried(self, call: Call, what: str) -> Reply:
        for attempt in count(1):
            try:
                return self._once(call, what)
            except PassingError as fault:
                pause = self._retry.pause(attempt, fault.asked, self._clock)
                if pause is None:
                    raise self._given_up(call, what, fault, attempt) from None
                self._clock.sleep(pause)
        raise AssertionError("a count has no end")

    def _given_up(self, call: Call, what: str, fault: PassingError, attempts: int) -> SourceError:
        shown = Address(call.url).shown
        if fault.asked is not None and fault.asked > self._retry.longest:
            return SourceError("SC644", reason="waits", origin=shown, what=what, seconds=round(fault.asked), longest=self._retry.longest)
        return SourceError(fault.code, reason=fault.reason, origin=shown, what=what, attempts=attempts, problem=fault.said)

    def _once(self, call: Call, what: str) -> Reply:
        self._keep_pace()
        try:
            url = httpx.URL(call.url).copy_merge_params(dict(call.params))
            answer = self._http.request(call.method, url, headers=dict(call.headers), json=call.body, data=call.form)
        except httpx.TimeoutException:
            raise PassingError(f"no answer within {self._timeout:g} seconds") from None
        except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError, httpx.DecodingError) as error:
            raise PassingError(str(error) or type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise _refusal(call, what, str(error)) from None
        return self._understood(answer, call, what)

    def _understood(self, answer: httpx.Response, call: Call, what: str) -> Reply:
        """The reply in an answer. Raises PassingError, UnsignedError, or SourceError where asking again does not help."""
        reply = Reply(body=_json(answer), status=answer.status_code, next_link=answer.links.get("next", {}).get("url"))
        said = f"{answer.status_code} {said_in(reply.body) or answer.reason_phrase}".strip()
        if self._judge is not None and (verdict := self._judge(reply)) is not None:
            _obey(verdict, call, what)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            raise UnsignedError(said)
        if answer.status_code == httpx.codes.FORBIDDEN:
            raise SourceError("SC645", origin=Address(call.url).shown, what=what, problem=said)
        if may_pass(answer.status_code):
            raise PassingError(said, asked=asked_pause(answer.headers.get("Retry-After"), self._clock.now()))
        if answer.is_redirect:
            target = Address(str(answer.url.join(answer.headers["Location"]))).shown
            raise SourceError("SC646", reason="redirect", origin=Address(call.url).shown, what=what, target=target)
        if not answer.is_success:
            raise _refusal(call, what, said)
        if answer.status_code == httpx.codes.NO_CONTENT:
            return Reply(body=None, status=answer.status_code)
        if reply.body is _NO_JSON:
            raise _no_json(answer, call, what)
        return reply

    def _keep_pace(self) -> None:
        """Waits until the next call may begin."""
        if self._between:
            if (wait := self._next - self._clock.now()) > 0:
                self._clock.sleep(wait)
            self._next = self._clock.now() + self._between


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities whose certificates count, read once for all clients."""
    return httpx.create_ssl_context()


_NO_JSON = object()


def _json(answer: httpx.Response) -> Any:
    """The value that an answer holds; a word such as NaN is null, as JSON has no number for it."""
    try:
        text = answer.content.decode(answer.charset_encoding) if answer.charset_encoding else answer.content
        return json.loads(text, parse_constant=lambda _: None)
    except (ValueError, LookupError, RecursionError):
        return _NO_JSON


def _no_json(answer: httpx.Response, call: Call, what: str) -> Exception:
    """What an answer is that is no JSON: a web page stays one; what calls itself JSON was cut, and may be whole next time."""
    found = answer.headers.get("Content-Type", "").partition(";")[0] or Phrase("nothing that is named")
    shown = Address(call.url).shown
    if "html" in found or answer.content.lstrip()[:1] == b"<":
        return SourceError("SC646", reason="web_page", origin=shown, what=what)
    if "json" in found:
        return PassingError(f"{len(answer.content)} bytes that are no whole JSON", code="SC646", reason="cut")
    return SourceError("SC646", origin=shown, what=what, found=found if answer.content else Phrase("an empty answer"))


def _hidden(value: object, secrets: frozenset[str]) -> object:
    return hidden(value, secrets) if isinstance(value, str) else value


def _obey(verdict: Verdict, call: Call, what: str) -> None:
    if verdict.kind == "expired":
        raise UnsignedError(verdict.said)
    if verdict.kind == "later":
        raise PassingError(verdict.said, asked=verdict.seconds)
    raise _refusal(call, what, verdict.said)


def _refusal(call: Call, what: str, problem: str) -> SourceError:
    return SourceError("SC647", origin=Address(call.url).shown, what=what, problem=problem)


def _refused(call: Call, what: str, refusal: UnsignedError) -> SourceError:
    return SourceError("SC645", origin=Address(call.url).shown, what=what, problem=str(refusal))


def _no_token(call: Call, problem: str) -> SourceError:
    return SourceError("SC645", reason="token", origin=Address(call.url).shown, problem=problem)


class _Discreet(logging.Filter):
    """httpx logs the addresses of its calls; a key in a query is none of a log's business."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(Address(str(each)).shown if isinstance(each, httpx.URL) else each for each in record.args)
        return True


logging.getLogger("httpx").addFilter(_Discreet())
