"""Pages beside the pictures that were approved of them. Where letters are drawn by other fonts there is nothing to compare.

`SCORECARD_PICTURES=write python -m pytest tests/browser` takes the pictures anew; look at each before it is kept.
"""

from __future__ import annotations

import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pixelmatch.contrib.PIL import pixelmatch
from playwright.sync_api import Page

PICTURES = Path(__file__).parent / "pictures"
WRITES = os.environ.get("SCORECARD_PICTURES") == "write"
LEAST = 0.1
"""by which a pixel's colour must be another one to count, of all that colours can differ"""
MOST = 0.003
"""of the pixels may be other ones: the edges of letters"""
_WIDTHS = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(document.body).fontFamily;
  return ["Customer 0.95 Wg", "客户满意度", "→ − ✓ · …"].map((text) => ((pen.font = `16px ${style}`), pen.measureText(text).width));
}"""


def same(page: Page, name: str) -> None:
    """Fails where the page is not as its picture; leaves what it is, and what is other, beside it."""
    fonts = PICTURES / "fonts.json"
    widths = page.evaluate(_WIDTHS)
    if WRITES:
        PICTURES.mkdir(exist_ok=True)
        fonts.write_text(json.dumps(widths) + "\n", encoding="utf-8")
    elif json.loads(fonts.read_text("utf-8")) != pytest.approx(widths, abs=0.01):
        pytest.skip("other fonts than those of the pictures")
    file = PICTURES / f"{name}.png"
    taken = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    if WRITES:
        taken.save(file, optimize=True)
        return
    kept = Image.open(file)
    assert taken.size == kept.size
    other = Image.new("RGBA", kept.size)
    count = pixelmatch(kept.convert("RGBA"), taken.convert("RGBA"), other, threshold=LEAST)
    if count > MOST * kept.width * kept.height:
        taken.save(file.with_suffix(".new.png"))
        other.save(file.with_suffix(".other.png"))
        pytest.fail(f"{count} pixels are other than in {file.name}; see {name}.new.png and {name}.other.png beside it")
