"""Addresses, and how they are shown: never with a user, a password or a query, which may hold keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

HIDDEN = "•••"
_LEAST = 4
"""a shorter secret is hidden only inside of an address"""
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s'\"<>()]+")
_WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """A url, or a chain of them with `::` between (`zip://a.csv::https://host/b.zip`)."""

    written: str

    @property
    def shown(self) -> str:
        return "::".join(_shown(link) for link in self.written.split("::"))

    @property
    def secrets(self) -> frozenset[str]:
        """Its users, passwords and values of queries, as they are written and as they are sent."""
        found: set[str] = set()
        for link in self.written.split("::"):
            user, at, _ = _authority(link).rpartition("@")
            found.update((user, *user.split(":")) if at else ())
            found.update(value for _, value in parse_qsl(_query(link)))
        return frozenset(each for secret in found for each in (secret, unquote(secret)) if len(each) >= _LEAST)

    def hide(self, text: str) -> str:
        """A text, such as what a library says, without the secrets of this address."""
        return hidden(text, self.secrets)


def is_address(path: str) -> bool:
    """Whether a path has a scheme, and so is no file of this computer as it stands."""
    return "://" in path


def hidden(text: str, secrets: frozenset[str]) -> str:
    """A text whose addresses are shown as addresses are, and which has none of the secrets."""
    text = _LINK.sub(lambda found: _shown(found[0]), text)
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def _shown(link: str) -> str:
    scheme, mark, rest = link.partition("://")
    if not mark:
        return link
    query = _query(link)
    bare = rest.split("#")[0].removesuffix(f"?{query}") if query else rest.split("#")[0] if scheme in _WEB else rest
    authority, slash, path = bare.partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"


def _authority(link: str) -> str:
    return link.partition("://")[2].partition("/")[0]


def _query(link: str) -> str:
    """The query; in other addresses than those of the web a question mark may stand for any character."""
    scheme, _, rest = link.partition("://")
    query = rest.partition("#")[0].partition("?")[2]
    return query if scheme in _WEB or "=" in query else ""
