"""The catalogues of the other languages: fresh, whole, and with the values of the English texts."""

from __future__ import annotations

import gettext
import re
import runpy
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click
import pytest

from scorecard.cli.spoken import click_speaks
from scorecard.cli.wide import lines
from scorecard.describe import width
from scorecard.language import sentences, translation, word_lists
from scorecard.language.translation import languages, translated

ROOT = Path(__file__).parents[3]
SCRIPT = runpy.run_path(str(ROOT / "docs" / "catalogue.py"))
KNOWN = SCRIPT["known"]()
TODO = "run `make docs` (or python docs/catalogue.py), fill in what is missing in the .po file of {language}, and run it once more"


@pytest.mark.parametrize("language", KNOWN)
def test_nothing_is_left_untranslated(language: str) -> None:
    missing = SCRIPT["missing"](SCRIPT["updated"](language))
    assert missing == [], f"{len(missing)} texts have no translation: " + TODO.format(language=language)


@pytest.mark.parametrize("language", KNOWN)
def test_a_catalogue_is_fresh(language: str) -> None:
    for path, content in SCRIPT["files"](language).items():
        assert path.read_bytes() == content, f"{path.name} is stale: " + TODO.format(language=language)


@pytest.mark.parametrize("language", KNOWN)
def test_a_translation_has_the_values_of_its_text(language: str) -> None:
    def values(text: str | tuple[str, ...]) -> set[str]:
        return set(re.findall(r"\{([a-z_]+)(?:!r)?\}", text if isinstance(text, str) else text[-1]))

    said = [each for each in SCRIPT["read"](language) if each.id and "".join(each.string)]
    assert [each.id for each in said if values(each.id) != values(each.string)] == []


@pytest.mark.parametrize("language", KNOWN)
def test_a_sentence_is_one_line_without_a_full_stop(language: str) -> None:
    said = {each.context: each.string for each in SCRIPT["read"](language) if re.match(r"SC\d{3}", each.context or "")}
    assert [key for key, text in said.items() if "\n" in text or text.endswith(("。", ".")) or text != text.strip()] == []


def test_what_is_said_in_chinese_is_chinese() -> None:
    said = {each.context: each.string for each in SCRIPT["read"]("zh") if re.match(r"SC\d{3}", each.context or "")}
    assert [key for key, text in said.items() if not re.search(r"[\u4e00-\u9fff]", text)] == []


@pytest.mark.parametrize("package", [word_lists, sentences])
def test_code_holds_english_only(package: object) -> None:
    modules = [import_module(f"{package.__name__}.{each.name}") for each in iter_modules(package.__path__)]
    other = [f"{each.__name__}.{name}" for each in modules for name in vars(each) if name in {"CHINESE", "WORDS"}]
    assert other == [], "Chinese is written in src/scorecard/language/locale/zh/LC_MESSAGES/scorecard.po: " + TODO.format(language="zh")


def test_a_catalogue_is_a_language() -> None:
    assert languages() == ("en", *KNOWN)


def test_a_text_nobody_translated_stays_as_it_is() -> None:
    assert translated("a thing of a plugin", "phrase", "zh") == "a thing of a plugin"
    assert translated("a number", "phrase", "fr") == "a number"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["validate", "configs/demo/demo.scorecard.yaml"]])
def test_help_and_validate_need_neither_arrays_nor_locale_data(language: str, arguments: list[str]) -> None:
    code = f"""
import sys
from scorecard.cli.main import run
run({["--lang", language, *arguments]!r})
from scorecard.language.translation import _catalogue
print({{"numpy", "narwhals", "babel"}} & set(sys.modules), _catalogue.cache_info().currsize, file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60, cwd=ROOT, text=True)
    assert ran.stderr.splitlines()[-1] == f"set() {int(language == 'zh')}"


def test_usage_errors_are_said_by_key() -> None:
    found = [
        path.name for path in (ROOT / "src/scorecard/cli").glob("*.py") if re.search(r"click\.UsageError\(f?\"", path.read_text("utf-8"))
    ]
    assert found == [], "write the words into language/word_lists/usage.py, and raise wrong('usage.…') of cli/options"


def test_an_empty_catalogue_adds_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "scorecard.po").touch()
    monkeypatch.setitem(SCRIPT["files"].__globals__, "LOCALE", str(tmp_path))
    assert SCRIPT["known"]() == ["fr"]
    written = SCRIPT["files"]("fr")
    assert {path.name for path in written} == {"scorecard.po", "scorecard.mo"}
    for path, content in written.items():
        path.write_bytes(content)
    texts = SCRIPT["texts"]()
    assert len(SCRIPT["missing"](SCRIPT["read"]("fr"))) == len(texts)
    monkeypatch.setattr(translation, "LOCALE", str(tmp_path))
    monkeypatch.setattr(translation, "languages", lambda: ("en", "fr"))
    assert translation._catalogue.__wrapped__("fr").pgettext("head.score", "Score") == "Score"


def test_a_changed_text_keeps_its_translation_and_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = [(key, f"{text} indeed" if key == "column.score" else text) for key, text in SCRIPT["texts"]()]
    monkeypatch.setitem(SCRIPT["updated"].__globals__, "texts", lambda: changed)
    (left,) = [each for each in SCRIPT["updated"]("zh") if each.fuzzy]
    assert (left.context, left.string, left.previous_id) == ("column.score", "得分", ["score"])


def test_click_speaks_the_language_and_only_while_it_is_asked_to() -> None:
    with click_speaks("zh"):
        assert click.UsageError("x").format_message() == "x"
        assert gettext.gettext("Options") == "选项"
    assert gettext.gettext("Options") == "Options"


def test_wide_text_is_wrapped_by_columns() -> None:
    told = list(lines("评分卡说明每个得分从何而来，也说明 scorecard 能做什么（例如补齐）。", 20))
    assert [width(line) <= 20 for line in told] == [True] * len(told)
    assert "".join(told).replace(" ", "") == "评分卡说明每个得分从何而来，也说明scorecard能做什么（例如补齐）。"
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in told)
