"""What is wrong with the text of a formula before any parser sees it: length, nesting, quotes, brackets and foreign spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_CHARACTERS = 2_000
MOST_OF_TEMPLATE = 200_000
"""of what a metric type makes of its params, which may name dozens of questions"""
DEEPEST = 64

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n\f]+)
      | (?P<text>(?P<prefix>[A-Za-z]*)(?P<quote>"|'))
      | (?P<number>(?:\d[\d_]*(?:\.[\d_]*)?|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<name>\w+)
      | (?P<mark>===|<>|==|!=|<=|>=|=>|=<|:=|&&|\|\||\*\*|//|.)
    """,
    re.VERBOSE | re.DOTALL,
)

_MEANT = {
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "~": "not", "<>": "!=", "===": "==", "=>": ">=", "=<": "<=",
    "^": "**", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "—": "-",
}  # fmt: skip
_FULL_WIDTH = {
    "（": "(", "）": ")", "，": ",", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "＂": '"', "＇": "'", "＝": "==", "＞": ">",
    "＜": "<", "＋": "+", "－": "-", "＊": "*", "／": "/", "％": "%", "！": "!=",
    "。": ".", "．": ".", "：": ":", "；": ";", "［": "[", "］": "]",
    "【": "[", "】": "]", "｛": "{", "｝": "}", "＆": "and", "｜": "or", "\u3000": " ", "\u00a0": " ",
}  # fmt: skip
_WORDS = {
    "AND": "and", "OR": "or", "NOT": "not", "IN": "in",
    "且": "and", "并且": "and", "和": "and", "或": "or", "或者": "or", "非": "not",
}  # fmt: skip
_CLOSING_QUOTES = {"“": "”", "”": "”", "‘": "’", "’": "’", "＂": "＂", "＇": "＇"}
_CLOSES = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that stops the reading: the code of an issue, its values, and the characters it is about."""

    code: str
    start: int
    end: int
    values: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    """What has been read so far. `brackets` holds (bracket, where, opens a call)."""

    brackets: list[tuple[str, int, bool]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """the last two tokens; texts are `"`"""
    prefixes: int = 0
    foreign: list[Trouble] = field(default_factory=list)
    """tokens that mean something under another spelling, which is read in their place"""

    def push(self, token: str) -> None:
        self.before = [*self.before[-1:], token]
        self.prefixes = self.prefixes + 1 if token in ("not", "-", "+", "**") else 0

    def note(self, reason: str, found: str, meant: str, start: int, end: int) -> str:
        """Keeps a foreign spelling, and gives what is read in its place."""
        self.foreign.append(Trouble("SC301", start, end, {"reason": reason, "found": found, "expected": meant}))
        return meant

    @property
    def last(self) -> str:
        return self.before[-1] if self.before else ""


def scan(text: str, most: int = MOST_CHARACTERS) -> tuple[Trouble, ...]:
    """Every foreign spelling in `text` up to the first thing that cannot be read at all, and that; empty where it can be parsed."""
    if len(text) > most:
        return (Trouble("SC306", 0, 1, {"reason": "long", "found": len(text), "most": most}),)
    if not text.strip():
        return (Trouble("SC301", 0, len(text), {"reason": "empty"}),)
    state = _State()
    last = _stopped(text, state)
    return (*_together(state.foreign), *((last,) if last is not None else ()))


def _stopped(text: str, state: _State) -> Trouble | None:
    """What stops the reading for good, or None; foreign spellings are kept in the state."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found is not None
        if found["text"] is not None:
            trouble, at = _read_text(text, found, state)
        elif found[0] in _CLOSING_QUOTES and (end := text.find(_CLOSING_QUOTES[found[0]], found.end())) > 0:
            trouble, at = None, end + 1
            state.note("full_width", text[found.start() : at], f'"{text[found.end() : end]}"', found.start(), at)
            state.push('"')
        else:
            at = found.end()
            trouble = None if found["space"] is not None else _judge(text, found, state)
        if trouble is not None:
            return trouble
    if state.brackets:
        bracket, where, _ = state.brackets[-1]
        return Trouble("SC307", where, where + 1, {"found": bracket})
    return None


def _read_text(text: str, found: re.Match[str], state: _State) -> tuple[Trouble | None, int]:
    """Reads one quoted text; gives where it ends."""
    start, at, quote = found.start(), found.end(), found["quote"]
    if found["prefix"]:
        kind = {"f": "f_string", "b": "bytes"}.get(found["prefix"].lower().strip("ru")[:1], "prefix")
        return _refused(kind, start, at, text), at
    if text.startswith(quote * 3, start):
        return _refused("triple_quotes", start, start + 3, text), at
    if state.last == '"':
        return _refused("joined_texts", start, at, text), at
    while at < len(text) and text[at] != quote:
        if text[at] == "\\":
            if text[at + 1 : at + 2] not in ("\\", '"', "'", "n", "t"):
                return _refused("escape", at, at + 2, text), at
            at += 1
        elif text[at] in "\r\n":
            break
        at += 1
    if at >= len(text) or text[at] != quote:
        cut = any(call for _, _, call in state.brackets) and at >= len(text)
        values: dict[str, object] = {"found": quote} if cut else {"reason": "quote", "found": quote}
        return Trouble("SC307" if cut else "SC301", start, len(text), values), len(text)
    state.push('"')
    return None, at + 1


def _judge(text: str, found: re.Match[str], state: _State) -> Trouble | None:
    """What is wrong with one token outside of quotes."""
    token, start, end = found[0], found.start(), found.end()
    if found["name"] is not None and token in _WORDS:
        token = state.note("spelling", token, _WORDS[token], start, end)
    elif token in _FULL_WIDTH:
        token = state.note("full_width", token, _FULL_WIDTH[token], start, end)
    elif token in _MEANT:
        token = state.note("spelling", token, _MEANT[token], start, end)
    elif token == "=" and not _names_an_option(state):
        token = state.note("spelling", token, "==", start, end)
    if found["number"] is not None:
        if re.match(r"\w", text[end:]):
            return Trouble("SC301", start, end + 1, {"reason": "number", "found": text[start : end + 1]})
        if re.match(r"\s*%\s*($|[-)\],+*/<>=!]|(and|or|in|not)\b)", text[end:]):
            return Trouble("SC301", start, end + 1, {"reason": "percent", "found": f"{token}%", "expected": _hundredth(token)})
    elif found["name"] is not None:
        if token == "if" and not state.last:
            return _refused("if_else", start, len(text), text)
    elif token == ":=":
        return _refused("assignment", start, end, text)
    elif token in "#\\;{}@$?`":
        return _refused("character", start, end, text)
    elif token in "([":
        if len(state.brackets) >= DEEPEST:
            return Trouble("SC306", start, end, {"reason": "deep", "most": DEEPEST})
        state.brackets.append((token, start, token == "(" and _is_name(state.last)))
    elif token in ")]":
        if not state.brackets or state.brackets[-1][0] != _CLOSES[token]:
            return Trouble("SC301", start, end, {"reason": "bracket", "found": token})
        state.brackets.pop()
    state.push(token)
    if state.prefixes > DEEPEST:
        return Trouble("SC306", start, end, {"reason": "deep", "most": DEEPEST})
    return None


def _names_an_option(state: _State) -> bool:
    """Is the `=` that follows the one of `where=` inside a call?"""
    return bool(state.brackets) and state.brackets[-1][2] and _is_name(state.last) and state.before[0] in ("(", ",")


def _is_name(token: str) -> bool:
    return token.isidentifier() and token not in ("and", "or", "not", "in", "if", "else", "is")


def _together(foreign: list[Trouble]) -> list[Trouble]:
    """The spellings in order, all full-width characters of a formula as one, at the first: who typed one typed them all."""
    wide = [each for each in foreign if each.values["reason"] == "full_width"]
    if not wide:
        return foreign
    pairs = dict.fromkeys((str(each.values["found"]), str(each.values["expected"])) for each in wide)
    found, expected = ([f"'{each}'" for each in side] for side in zip(*pairs, strict=True))
    whole = Trouble(
        "SC301", wide[0].start, wide[0].end, {"reason": "full_width", "count": len(pairs), "found": found, "expected": expected}
    )
    return [whole if each is wide[0] else each for each in foreign if each is wide[0] or each not in wide]


def _refused(reason: str, start: int, end: int, text: str) -> Trouble:
    return Trouble("SC302", start, end, {"reason": reason, "found": text[start:end][:40]})


def _hundredth(number: str) -> str:
    try:
        return f"{float(number) / 100:.12g}"
    except ValueError:
        return "0.01"
