"""The page: template, styles, scripts, charts and content in one file that asks nobody for anything."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader

from scorecard.report.charts.bundle import bundle

SCRIPTS = ("content", "elements", "charts", "filters", "listing", "parts", "entity", "printing", "routes")
"""one after the other in one function, so that they see each other and nothing else sees them"""
STYLES = ("page", "tables", "paper")
_ASSETS = "assets"


def page(content: Mapping[str, Any]) -> Iterator[str]:
    """The page in pieces. Only its own scripts run: the policy names them by what they are."""
    script, charts = _script(), _charts()
    yield (
        _templates()
        .get_template("page.html.j2")
        .render(
            content=content,
            words=content["words"],
            styles="\n".join(_asset(f"{name}.css") for name in STYLES),
            scripts=[_named(script), _named(charts)],
        )
    )
    yield f'<script type="application/json" id="content">{_as_json(content)}</script>\n<script>{script}</script>\n<script>'
    yield charts
    yield "</script>\n</body>\n</html>\n"


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader(__package__, _ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(_ASSETS, name).read_text("utf-8")


@cache
def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(_asset(f"{name}.js") for name in SCRIPTS) + "})();\n"


@cache
def _charts() -> str:
    """What draws charts; it comes after all else, so that the page is there before it is read."""
    return bundle().replace("</script", "<\\/script")


def _named(script: str) -> str:
    """How the page's policy names a script."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _as_json(content: Mapping[str, Any]) -> str:
    """Content that no name in it can leave."""
    sheets = [{**sheet, "overview": {"charts": sheet["overview"]["charts"]}} for sheet in content["sheets"]]
    kept = {**{key: part for key, part in content.items() if key != "about"}, "sheets": sheets}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
