"""The catalogues of the other languages: fresh, whole, and with the values of the English texts."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from scorecard.language import sentences, word_lists
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


def test_english_reads_no_catalogue() -> None:
    code = "import sys; from scorecard.cli.main import run; run(['--lang', 'en', '--help']); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, timeout=60).returncode == 0
