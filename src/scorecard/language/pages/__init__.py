"""The manual page of every issue code: what is wrong, why it matters, an example, and its fix."""

from __future__ import annotations

from importlib.resources import files


def page(code: str) -> str:
    """The Markdown page of a code; KeyError for a code without one."""
    found = files(__name__).joinpath(f"{code}.md")
    if not code.isalnum() or not found.is_file():
        raise KeyError(code)
    return found.read_text("utf-8")


def codes() -> tuple[str, ...]:
    """Every issue code that has a page."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))
