"""What a person calls a part of a definition: its id, or its title in any of its languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scorecard.errors import UsageError
from scorecard.expression.names import near
from scorecard.language.phrase import Phrase
from scorecard.language.words import LANGUAGES, say
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.model.text import ANY, Text

Titles = Mapping[str, Text]
"""what there is to be named: by id its title"""


def id_of(text: str, titles: Titles) -> str | None:
    """The id that a text is, or whose title it is, whatever its case; None where nothing is called so, or several things are."""
    if text in titles:
        return text
    meant = _so_called(text, titles)
    return meant[0] if len(meant) == 1 else None


def named(text: str, titles: Titles, code: str, **values: object) -> str:
    """The id of what is called so. Raises UsageError with an issue of this code."""
    id = id_of(text, titles)
    if id is None:
        raise UsageError([not_called(text, titles, code, **values)])
    return id


def not_called(text: str, titles: Titles, code: str, **values: object) -> Issue:
    """An issue about a text that names nothing: what was probably meant, else all that there is, each id with its title."""
    names = {name: id for id, title in titles.items() for name in (*title.by_language.values(), id)}
    close = {names[name]: name for name in reversed(near(text, names))}
    meant = _so_called(text, titles) or [*close.values()][::-1]
    return Issue(code=code, values={"name": text, "did_you_mean": meant, "allowed": _listed(titles), **values})


def band_called(text: str, titles: Titles, code: str = "SC711") -> str:
    """The id of the band that is called so. Raises UsageError, which lists the few that there are."""
    id = id_of(text, titles)
    if id is None:
        raise UsageError([no_band(text, titles, code)])
    return id


def no_band(text: str, titles: Titles, code: str = "SC711") -> Issue:
    return Issue(code=code, values={"name": text, "allowed": _listed(titles)})


def titles_of_bands(scorecard: Scorecard, *beside: str) -> dict[str, Text]:
    """Every band, with the names of ours that stand for one beside them."""
    return {band.id: band.title for band in scorecard.bands} | {id: _ours(f"footer.{id}") for id in beside}


def titles_of_attributes(scorecard: Scorecard) -> dict[str, Text]:
    called = scorecard.entity.called
    return {id: called[id].title if id in called else Text() for id in scorecard.entity.attributes}


def titles_of_nodes(scorecard: Scorecard, among: Iterable[str] | None = None) -> dict[str, Text]:
    """The total, the groups and the metrics, or these of them."""
    ids = ["total", *scorecard.groups, *scorecard.metrics] if among is None else among
    return {id: scorecard.node(id).title or (_ours("explain.total") if id == "total" else Text()) for id in ids}


def text_of(written: object) -> Text:
    """A title as it is written, right or not."""
    by_language = {ANY: written} if isinstance(written, str) else written if isinstance(written, dict) else {}
    return Text({language: words for language, words in by_language.items() if isinstance(words, str)})


def _listed(titles: Titles) -> list[str]:
    return [Phrase("{id} ({title})", id=id, title=title) if title else id for id, title in titles.items()]


def _so_called(text: str, titles: Titles) -> list[str]:
    wanted = text.strip().casefold()
    return [id for id, title in titles.items() if wanted in (name.strip().casefold() for name in title.by_language.values())]


def _ours(key: str) -> Text:
    return Text({language: say(key, language) for language in LANGUAGES})
