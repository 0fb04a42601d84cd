"""The manual page of every issue code: what is wrong, why it matters, an example, and its fix."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from scorecard.language.translation import ENGLISH, languages


def page(code: str, language: str = ENGLISH) -> str:
    """The Markdown page of a code, in English where nobody translated it; KeyError for a code without one."""
    if code not in codes():
        raise KeyError(code)
    name = f"{code}.md"
    found = files(__name__).joinpath(language, name)
    return (found if language in languages() and found.is_file() else files(__name__).joinpath(name)).read_text("utf-8")


@cache
def codes() -> tuple[str, ...]:
    """Every issue code that has a page."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))
