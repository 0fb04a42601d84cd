"""How calls say who asks: keys, passwords, and tokens that are fetched and renewed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from scorecard.builtin.reading.address import Address
from scorecard.builtin.reading.rest.call import Call
from scorecard.builtin.reading.rest.clock import SYSTEM, Clock
from scorecard.hooks.contracts import SourceError
from scorecard.language.phrase import Phrase

Ask = Callable[[Call], Any]
"""sends a call as it is and gives the body of the answer"""
_MARGIN = 30.0
"""seconds before its end from which a token is not used any more"""


class Auth(Protocol):
    """What signs calls. `secrets` never appear in a message."""

    @property
    def secrets(self) -> frozenset[str]: ...

    def sign(self, call: Call, ask: Ask) -> Call:
        """The call with what says who asks; `ask` fetches a token where one is needed."""
        ...

    def renew(self) -> bool:
        """After a refusal: whether signing again would give something else."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same header or param with every call; nothing at all for an API that is open to everyone."""

    header: tuple[str, str] | None = None
    param: tuple[str, str] | None = None
    secrets: frozenset[str] = frozenset()

    def sign(self, call: Call, ask: Ask) -> Call:
        if self.header is not None:
            call = call.with_header(*self.header)
        return call.with_param(*self.param) if self.param is not None else call

    def renew(self) -> bool:
        return False


def api_key(name: str, value: str, *, in_query: bool = False) -> Fixed:
    """A key under a name of the API's own."""
    pair = (name, value)
    return Fixed(param=pair, secrets=frozenset({value})) if in_query else Fixed(header=pair, secrets=frozenset({value}))


def bearer(token: str) -> Fixed:
    """A token that somebody fetched before (RFC 6750)."""
    return Fixed(header=("Authorization", f"Bearer {token}"), secrets=frozenset({token}))


def basic(user: str, password: str) -> Fixed:
    """A user and a password (RFC 7617)."""
    both = base64.b64encode(f"{user}:{password}".encode()).decode()
    return Fixed(header=("Authorization", f"Basic {both}"), secrets=frozenset({password, both}))


@dataclass(frozen=True, slots=True)
class Token:
    """A token and how many seconds it holds; None where the API does not say. `secrets` is what came with it."""

    value: str
    seconds: float | None = None
    secrets: frozenset[str] = frozenset()


def in_header(call: Call, token: str) -> Call:
    return call.with_header("Authorization", f"Bearer {token}")


class Renewed:
    """A token that is fetched at the first call, and anew when it ends or is refused.

    `fetch(ask)` gets a token; `put(call, token)` says where in a call it goes, in the header Authorization unless given.
    """

    def __init__(
        self,
        fetch: Callable[[Ask], Token],
        put: Callable[[Call, str], Call] = in_header,
        *,
        secrets: frozenset[str] = frozenset(),
        clock: Clock = SYSTEM,
    ) -> None:
        self._fetch = fetch
        self._put = put
        self._clock = clock
        self._token: str | None = None
        self._ends: float | None = None
        self._known = secrets

    @property
    def secrets(self) -> frozenset[str]:
        return self._known

    def sign(self, call: Call, ask: Ask) -> Call:
        if self._token is None or (self._ends is not None and self._clock.now() >= self._ends):
            token = self._fetch(ask)
            self._token = token.value
            self._ends = None if token.seconds is None else self._clock.now() + token.seconds - min(_MARGIN, token.seconds / 10)
            self._known |= {token.value, *token.secrets}
        return self._put(call, self._token)

    def renew(self) -> bool:
        self._token = None
        return True


class OAuth:
    """Fetches tokens (RFC 6749): for the client itself (4.4), or with a refresh token (6), which the API may replace."""

    def __init__(self, url: str, client: str, secret: str, *, refresh: str | None = None, scope: str | None = None) -> None:
        self._url = url
        self._client = client
        self._secret = secret
        self._refresh = refresh
        self._scope = scope

    @property
    def secrets(self) -> frozenset[str]:
        return frozenset({self._secret, *((self._refresh,) if self._refresh is not None else ())})

    def __call__(self, ask: Ask) -> Token:
        form = {"client_id": self._client, "client_secret": self._secret}
        if self._refresh is None:
            form["grant_type"] = "client_credentials"
        else:
            form |= {"grant_type": "refresh_token", "refresh_token": self._refresh}
        if self._scope is not None:
            form["scope"] = self._scope
        body = ask(Call(url=self._url, method="POST", form=form))
        if not isinstance(body, Mapping) or not isinstance(body.get("access_token"), str):
            raise SourceError("SC645", origin=Address(self._url).shown, reason="token", problem=Phrase("the answer has no access_token"))
        replaced = body.get("refresh_token")
        if isinstance(replaced, str) and self._refresh is not None:
            self._refresh = replaced
        return Token(body["access_token"], _seconds(body.get("expires_in")), self.secrets)


def oauth(
    url: str,
    client: str,
    secret: str,
    *,
    refresh: str | None = None,
    scope: str | None = None,
    put: Callable[[Call, str], Call] = in_header,
    clock: Clock = SYSTEM,
) -> Renewed:
    """A token by OAuth 2.0: for the client itself, or with a refresh token."""
    fetch = OAuth(url, client, secret, refresh=refresh, scope=scope)
    return Renewed(fetch, put, secrets=fetch.secrets, clock=clock)


def _seconds(written: object) -> float | None:
    try:
        return float(written)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
