"""The name of a file whose placeholders say how many files there are: `reports/{period}/{customer_id}.html`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A name as it is written on the command line."""

    text: str

    @property
    def placeholders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(self.text)))

    @property
    def folder(self) -> Path:
        """The folder that is named before the first placeholder: no file is written outside of it."""
        return Path(f"{_PLACEHOLDER.split(self.text, maxsplit=1)[0]}x").parent

    def split_by(self, names: Sequence[str]) -> Pattern:
        """One with a placeholder for each of the names: where it has none for one, at the end of its last part."""
        path = PurePath(self.text)
        more = "".join(f"-{{{name}}}" for name in names if name not in self.placeholders)
        return Pattern(str(path.with_name(f"{path.stem}{more}{path.suffix}"))) if more else self

    def filled(self, values: Mapping[str, str]) -> Path:
        return Path(_PLACEHOLDER.sub(lambda found: values[found[1]], self.text))
