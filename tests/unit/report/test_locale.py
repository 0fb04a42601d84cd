"""Numbers, percentages and days as a language writes them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from scorecard.report import figures, locale


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """German and French as if there were catalogues of them."""
    locale._locale.cache_clear()
    locale._marks.cache_clear()
    monkeypatch.setattr(locale, "languages", lambda: ("en", "de", "fr", "zh"))


def test_english_is_written_as_the_code_does() -> None:
    assert figures.fixed(-1234.5, 2) == "-1,234.50"
    assert figures.share(0.625) == "62%"
    assert locale.day(date(2026, 9, 30), "en") == locale.day("2026-09-30", "en") == "2026-09-30"


def test_chinese_days_are_written_out() -> None:
    assert locale.day(date(2026, 9, 3), "zh") == locale.day("2026-09-03", "zh") == "2026年9月3日"
    assert figures.value(1234.5, "CNY", 1, "zh") == "1,234.5 CNY"
    assert figures.share(0.625, "zh") == "62%"


@pytest.mark.usefixtures("german")
def test_every_figure_takes_the_signs_of_its_language() -> None:
    assert figures.fixed(-1234.5, 2, "de") == "-1.234,50"
    assert figures.plain(12345.678, language="de") == "12.346"
    assert figures.plain(1.25, language="fr") == "1,25"
    assert figures.count(12345, "fr") == "12\N{NARROW NO-BREAK SPACE}345"
    assert figures.share(0.625, "de") == "62\N{NO-BREAK SPACE}%"
    assert figures.percentage(-0.125, 1, "de") == "-12,5\N{NO-BREAK SPACE}%"
    assert figures.value(0.9951, "percent", None, "de") == "99,5\N{NO-BREAK SPACE}%"
    assert figures.gained(-2.5, 1, "de") == "−2,5"
    assert figures.gained(0.0, 1, "de") == ""
    assert figures.bounds(58.24, 71.91, 1, "de") == ("58,2", "72,0")
    assert locale.day(date(2026, 9, 3), "de") == "3. September 2026"


def test_a_language_without_a_catalogue_is_written_as_english() -> None:
    assert figures.fixed(1234.5, 1, "xx") == "1,234.5"
    assert locale.day(date(2026, 9, 3), "xx") == "2026-09-03"


def test_english_needs_no_locale_data() -> None:
    code = (
        "import sys; from scorecard.report import figures, locale; figures.value(0.5, 'percent'); locale.day('2026-09-30', 'en');"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
