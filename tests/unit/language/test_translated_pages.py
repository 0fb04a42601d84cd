"""Pages of issues in other languages: as many, in the same parts, with the same examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scorecard.cli.main import run
from scorecard.language import pages
from scorecard.language.pages import codes, page

FOLDER = Path(pages.__file__).parent
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", codes())
def test_a_page_is_there_in_chinese(code: str) -> None:
    assert (FOLDER / "zh" / f"{code}.md").is_file(), f"write src/scorecard/language/pages/zh/{code}.md, beside the English page of {code}"
    english, chinese = page(code), page(code, "zh")
    assert re.findall(r"^## (\S+)$", chinese, re.MULTILINE) == ["是什么", "为什么", "示例", "改正"]
    assert chinese.startswith(f"# {code}: ")
    assert FENCED.findall(chinese) == FENCED.findall(english), "examples are the same in every language"


def test_no_page_is_of_a_code_that_there_is_not() -> None:
    assert {path.stem for path in (FOLDER / "zh").iterdir()} <= set(codes())


def test_a_page_that_nobody_translated_is_english() -> None:
    assert page("SC104", "fr") == page("SC104") == page("SC104", "en")
    with pytest.raises(KeyError):
        page("../SC104", "zh")


def test_the_command_speaks_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    run(["rule", "sc104", "--lang", "zh"])
    assert capsys.readouterr().out == page("SC104", "zh")
    run(["--lang", "zh", "rule"])
    assert "SC104: 未知的键\n" in capsys.readouterr().out
