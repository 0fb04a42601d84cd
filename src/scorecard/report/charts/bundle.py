"""What draws specs in a page: Vega, Vega-Lite and vega-embed as one script, from the package that also draws them here."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from threading import Lock

READY = "charts"
"""the event that the script sends when `window.vegaEmbed` is there"""
_SNIPPET = f"window.vegaEmbed = vegaEmbed; window.dispatchEvent(new Event('{READY}'));"
_MAKE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle(sys.argv[1]).encode())"


_ONE = Lock()


def bundle() -> str:
    """The script, of 0.9 MB, made once; whoever asks meanwhile waits for it.

    It takes seconds in which the package lets no other thread run, so that another process makes it.
    """
    with _ONE:
        return _made()


@cache
def _made() -> str:
    made = subprocess.run([sys.executable, "-c", _MAKE, _SNIPPET], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    return made.stdout.decode()
