"""Collects every text that people read from the code, and brings the gettext catalogues of the other languages up to date with it.

`python docs/catalogue.py` writes `scorecard.po` and `scorecard.mo` of every language; translations are kept, what is new is left empty,
and what has changed is marked fuzzy until somebody has looked at it. Says what is missing.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import scorecard
from scorecard.definition import syntax, wording
from scorecard.language.catalogue import spoken
from scorecard.language.translation import DOMAIN, LOCALE
from scorecard.language.words import LANGUAGES
from scorecard.model.formula import Kind

SOURCE = Path(scorecard.__file__).parent
ABOUT = """\
# What scorecard says in this language. msgctxt is the key of a text, or "phrase" for what is put into sentences;
# msgid is the English of the code. Translate by filling in msgstr; values in braces stay as they are.
# `make docs` collects new texts from the code and writes scorecard.mo; see docs/languages.md."""
PHRASE = "phrase"


class Texts(Catalog):
    """A catalogue whose header tells nothing of who wrote it and when, so that the same texts make the same file."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def texts() -> list[tuple[str, str]]:
    """Every text with its context, sorted by context: words and sentences by their keys, phrases by what they say."""
    keyed = [*LANGUAGES["en"].items(), *spoken("en").items()]
    return sorted({(key, text) for key, text in keyed if text} | {(PHRASE, text) for text in phrases()})


def phrases() -> set[str]:
    """What is put into sentences, as the code writes it."""
    schema = json.loads((SOURCE / "definition" / "scorecard.schema.json").read_text("utf-8"))
    kept = {*wording._TYPE_WORDS.values(), *wording._LIMITS.values(), *wording._ENTRIES.values()}
    return {*_written(), *kept, *_parts(), *_titles(schema), *(words for _, words in syntax._PROBLEMS), *(kind.value for kind in Kind)}


def _written() -> Iterator[str]:
    """The templates that the code writes out as phrases."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name) and node.func.id == "Phrase":
                asked = node.args[0]
                for part in (asked.body, asked.orelse) if isinstance(asked, ast.IfExp) else (asked,):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def _parts() -> set[str]:
    """The templates that are put together from a part and a word."""
    stretches = {f"{{count}} {unit}s" for unit in ("day", "week", "month", "quarter", "year")}
    return {*stretches, *(f"the {part}" for part in wording._PARTS), "day", "week", "month", "quarter", "half", "year", "start", "end"}


def _titles(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("title"), str):
            yield schema["title"]
        for part in schema.values():
            yield from _titles(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _titles(part)


def read(language: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with (_folder(language) / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue of a language with the texts of today.

    Where the text of a key has changed, its translation is kept and marked fuzzy, with the text that it translates.
    """
    kept = read(language)
    before = {message.context: message for message in kept if message.context != PHRASE}
    made = Texts(locale=language, header_comment=ABOUT, fuzzy=False)
    for context, text in texts():
        made[text] = _message(context, text, kept.get(text, context), before.get(context))
    return made


def _message(context: str, text: str, same: Message | None, other: Message | None) -> Message:
    found = same or other
    if found is None or not found.string:
        return Message(text, context=context)
    message = Message(text, found.string, context=context, user_comments=found.user_comments)
    message.flags = {"fuzzy"} if found.fuzzy or same is None else set()
    message.previous_id = found.previous_id if same else [found.id]
    return message


def files(language: str) -> dict[Path, bytes]:
    """What is written for a language."""
    catalogue = updated(language)
    translations, compiled = BytesIO(), BytesIO()
    write_po(translations, catalogue, width=0, include_previous=True)
    write_mo(compiled, catalogue)
    return {_folder(language) / f"{DOMAIN}.po": translations.getvalue(), _folder(language) / f"{DOMAIN}.mo": compiled.getvalue()}


def missing(catalogue: Catalog) -> list[str]:
    """What nobody has translated, or has looked at since its English changed."""
    return [f"{message.context}: {message.id}" for message in catalogue if message.id and (message.fuzzy or not message.string)]


def known() -> list[str]:
    """Every language that has a catalogue of its own."""
    return sorted(folder.parents[1].name for folder in Path(LOCALE).glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def _folder(language: str) -> Path:
    return Path(LOCALE) / language / "LC_MESSAGES"


def main() -> Any:
    left = 0
    for language in known():
        for path, content in files(language).items():
            path.write_bytes(content)
        for each in missing(read(language)):
            print(f"{language}: to be translated: {each}", file=sys.stderr)
            left += 1
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
