"""What changed in a definition, in words: `target of Satisfaction: 85 → 90`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.definition.changes.differences import ABSENT, Absent, Difference
from scorecard.definition.document import Where
from scorecard.language.words import LANGUAGES, say
from scorecard.model.definition import Constant, Scorecard
from scorecard.model.text import Text
from scorecard.report import figures
from scorecard.report.labels import band_of, node_of

LONGEST = 120
"""characters of a setting that are shown"""
_MEASURING = frozenset({"measure", "type", "choose", "source", "where", "window", "per"})
_UNWRITTEN = {"weight": 1, "coverage": 0}
"""what the keys of a node are where nothing is written"""
_TITLED = ("bands", "groups", "metrics")


class Changes:
    """Words the differences between two definitions; things are called as the side calls them that has them, the new one first."""

    def __init__(self, old: Scorecard, new: Scorecard, language: str) -> None:
        self.sides = new, old
        self.language = language

    def line(self, difference: Difference) -> str:
        where, old, new = difference.where, difference.old, difference.new
        match where:
            case ("segments", segment, ("metrics" | "groups") as section, node, *rest):
                return self._in_segment(segment, self._node((section, node), rest, old, new, in_segment=True))
            case ("segments", segment, "total", *rest):
                return self._in_segment(segment, self._node(("total", "total"), rest, old, new, in_segment=True))
            case ("metrics" | "groups", _, _, *_):
                return self._node(where[:2], where[2:], old, new)
            case ("total", *rest):
                return self._node(("total", "total"), rest, old, new)
            case ("entity" | "period" as part, *rest):
                return self._say("change.of_entry", owner=part, setting=self._setting(rest), change=self._change(old, new))
            case (_, _):
                key = "change.came" if old is ABSENT else "change.gone"
                return self._say(key, owner=self._entry(where), what=self._cut(self._written(new if old is ABSENT else old)))
            case (_, _, *rest):
                return self._say("change.of_entry", owner=self._entry(where), setting=self._setting(rest), change=self._change(old, new))
        return self._say("change.top", setting=self._setting(where), change=self._change(old, new))

    def _node(self, owner: Where, rest: Any, old: Any, new: Any, *, in_segment: bool = False) -> str:
        """A setting of a metric, a group or the total."""
        name = self._named(str(owner[1]))
        unwritten = _UNWRITTEN.get(rest[0], ABSENT) if rest and not in_segment else ABSENT
        change = self._change(*(unwritten if side is ABSENT else side for side in (old, new)))
        if not rest:
            return self._say("change.top", setting=name, change=change)
        if tuple(rest) == ("weight",) and not in_segment:
            change = self._with_share(str(owner[1]), change)
        key = "change.measured" if rest[0] in _MEASURING or (rest[0] == "params" and owner[0] == "metrics") else "change.of"
        return self._say(key, owner=name, setting=self._setting(rest), change=change)

    def _in_segment(self, segment: object, change: str) -> str:
        return self._say("change.in_segment", segment=self._entry(("segments", str(segment))), change=change)

    def _with_share(self, node: str, change: str) -> str:
        shares = [_share(side, node) for side in reversed(self.sides)]
        if None in shares or node == "total":
            return change
        return self._say("change.share", change=change, shares=figures.change(*(figures.share(share, self.language) for share in shares)))

    def _setting(self, rest: Any) -> str:
        """A key as people call it; one that has no word of its own as it is written."""
        match rest:
            case ("thresholds", band):
                return self._say("setting.threshold", band=self._band(str(band)))
            case ("params", name):
                return self._say("setting.param", name=name)
            case (str() as key,) if f"setting.{key}" in LANGUAGES["en"]:
                return self._say(f"setting.{key}")
        return ".".join(map(str, rest))

    def _entry(self, where: Where) -> str:
        section, id = str(where[0]), str(where[1])
        name = self._band(id) if section == "bands" else self._named(id) if section in _TITLED else id
        return self._say(f"entry.{section}", name=name) if f"entry.{section}" in LANGUAGES["en"] else f"{section} {id}"

    def _named(self, node: str) -> str:
        side = next(side for side in self.sides if node == "total" or node in side.groups or node in side.metrics)
        return node_of(side, node, self.language)

    def _band(self, band: str) -> str:
        return next((title for side in self.sides if (title := band_of(side, band, self.language)) != band), band)

    def _change(self, old: Any, new: Any) -> str:
        return f"{self._cut(self._inner(old))} → {self._cut(self._inner(new))}"

    def _cut(self, text: str) -> str:
        """A setting on one line, cut where it is long."""
        text = figures.clean(text)
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

    def _written(self, value: Any) -> str:
        """A setting as it is written."""
        match value:
            case Absent():
                return self._say("change.nothing")
            case None:
                return "null"
            case bool():
                return "true" if value else "false"
            case Mapping() if _is_text(value):
                return Text(value).into(self.language)
            case Mapping():
                inner = ((key, self._inner(part)) for key, part in value.items() if key != "title")
                return ", ".join(f"{key}: {part}" for key, part in inner)
            case list():
                return f"[{', '.join(map(self._inner, value))}]"
        return str(value)

    def _inner(self, value: Any) -> str:
        """The same within another one."""
        text = self._written(value)
        return f"{{{text}}}" if isinstance(value, Mapping) and not _is_text(value) else text

    def _say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)


def _is_text(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is a text by language."""
    return bool(value) and value.keys() <= LANGUAGES.keys() and all(isinstance(text, str) for text in value.values())


def _share(scorecard: Scorecard, node: str) -> float | None:
    """The share among its siblings by plain weights; None where there are none, or it is not there."""
    if node not in scorecard.groups and node not in scorecard.metrics:
        return None
    weights = {child.id: child.weight for child in scorecard.children(scorecard.node(node).parent or "total")}
    plain = {id: weight.value for id, weight in weights.items() if isinstance(weight, Constant)}
    total = sum(plain.values())
    return plain[node] / total if len(plain) == len(weights) and total > 0 else None
