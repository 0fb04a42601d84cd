"""SC764 to SC767: the page that `scorecard serve` shows."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC764": "'{file}' cannot be read: {error}",
    "SC764.changed": "'{file}' has changed on disk since it was read, so that nothing was saved; read it again, and change it anew",
    "SC764.gone": "'{file}' is not there any more, so that nothing was saved",
    "SC765": "nothing can listen on port {port} of this machine: {error}; leave --port out, or name another one",
    "SC766": "the page needs the package {package}: pip install '{install}'",
    "SC767": "the text was changed in another window; load this page again",
}
