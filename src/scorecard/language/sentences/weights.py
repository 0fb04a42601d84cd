"""SC740 to SC749: new numbers for a definition, and what weights are derived from."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC740": "'{key}' in {owner} cannot be changed by a patch",
    "SC740.whole": "'{key}' in {owner} is a mapping or a list; a patch changes single values only",
    "SC740.absent": "'{key}' cannot be put into {owner}: what stands there is no mapping",
    "SC740.several": "'{key}' in {owner} cannot be changed alone; it is written once for several (& and *), or in a form that a patch cannot keep",
}
