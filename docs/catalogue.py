"""Collects every text that people read from the code, and brings the gettext catalogues of the other languages up to date with it.

`python docs/catalogue.py` writes `scorecard.po` and `scorecard.mo` of every language; translations are kept, what is new is left empty,
and what has changed is marked fuzzy until somebody has looked at it. Says what is missing.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scorecard.app import registry
from scorecard.cli.main import COMMANDS, scorecard
from scorecard.cli.plugins import DOC, FENCE, KINDS, doc_paragraphs
from scorecard.cli.spoken import HELP, RAW, paragraphs
from scorecard.definition import syntax, wording
from scorecard.language.catalogue import spoken
from scorecard.language.translation import DOMAIN, LOCALE
from scorecard.language.words import LANGUAGES
from scorecard.model.formula import Kind
from scorecard.report.files import write_file

SOURCE = Path(LOCALE).parents[1]
ABOUT = """\
# What scorecard says in this language. msgctxt is the key of a text, or "phrase" for what is put into sentences;
# msgid is the English of the code. Translate by filling in msgstr; values in braces stay as they are.
# `make docs` collects new texts from the code and writes scorecard.mo; see docs/languages.md."""
PHRASE = "phrase"
CLICK = ""
SHARED = frozenset({PHRASE, HELP, CLICK, DOC})
"""contexts of texts that have no key"""
COLUMNS = "   "
"""so many blanks part what is typed from what it does"""
_OF_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_TO_PROGRAMMERS = re.compile("Deprecat|declar|iterable|defined twice|prog|Choice\\(|UUID|version")
Id = str | tuple[str, ...]


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


def texts() -> list[tuple[str, Id]]:
    """Every text with its context, sorted by context: words and sentences by their keys, the others by what they say."""
    keyed = [*LANGUAGES["en"].items(), *spoken("en").items()]
    others = [(PHRASE, phrases()), (HELP, helps()), (CLICK, of_click()), (DOC, docs())]
    found = {(key, text) for key, text in keyed if text} | {(context, text) for context, each in others for text in each if text}
    return sorted(found, key=lambda one: (one[0], str(one[1])))


def helps() -> Iterator[str]:
    """The paragraphs of the help of every command and option. Of those that keep their lines, which are examples, only those with words."""
    yield from COMMANDS.values()
    for command in _commands():
        for help in (command.help, *(param.help for param in command.params if isinstance(param, click.Option))):
            yield from (part for part in paragraphs(help or "") if not part.startswith(RAW) or COLUMNS in part)


def _commands() -> Iterator[click.Command]:
    """Every command, its own commands too."""
    left: list[click.Command] = [scorecard, *(import_module(f"scorecard.cli.{name}").command for name in COMMANDS)]
    while left:
        yield (command := left.pop())
        left += command.commands.values() if isinstance(command, click.Group) else []


def docs() -> Iterator[str]:
    """What our own metric types, sources and reporters say of themselves and of their params; examples are the same in every language."""
    plugins = registry([])
    offered = [(record, plugins.offered_by[kind, id]) for kind in KINDS for id, record in getattr(plugins, kind).items()]
    for record in [record for record, plugin in offered if plugin.name == "builtin"]:
        yield from (part for part in doc_paragraphs(record.doc) if not part.startswith(FENCE))
        for param in record.params.get("properties", {}).values():
            yield str(param.get("description") or param.get("title") or "")


def of_click() -> set[Id]:
    """What click may say of arguments and in help. What an earlier or later click says instead stays in the catalogues."""
    folder = str(Path(click.__file__).parent)
    method = [(f"{name}.py", "python") for name in _OF_CLICK]
    told = {text for _, _, text, _, _ in extract_from_dir(folder, method) if not _TO_PROGRAMMERS.search(str(text))}
    kept = {each.id for language in known() for each in read(language) if each.context is None and each.id}
    return told | kept


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
    before = {message.context: message for message in kept if message.context and message.context not in SHARED}
    made = Texts(locale=language, header_comment=ABOUT, fuzzy=False)
    for context, text in texts():
        made[text] = _message(context or None, text, kept.get(text, context or None), before.get(context))
    return made


def _message(context: str | None, text: Id, same: Message | None, other: Message | None) -> Message:
    found = same or other
    message = Message(text, found.string if found is not None else "", context=context)
    message.flags = {"fuzzy"} if found is not None and found.string and (found.fuzzy or same is None) else set()
    if found is not None:
        message.user_comments = found.user_comments
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
    return [f"{each.context or 'click'}: {each.id}" for each in catalogue if each.id and (each.fuzzy or not "".join(each.string))]


def known() -> list[str]:
    """Every language that has a catalogue of its own."""
    return sorted(folder.parents[1].name for folder in Path(LOCALE).glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def _folder(language: str) -> Path:
    return Path(LOCALE) / language / "LC_MESSAGES"


def main() -> Any:
    left = 0
    for language in known():
        for path, content in files(language).items():
            write_file(path, [content])
        for each in missing(read(language)):
            print(f"{language}: to be translated: {each}", file=sys.stderr)
            left += 1
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
