"""The JSON Schema of what `scorecard diff --format json` writes."""

from __future__ import annotations

import json
from typing import Any

from scorecard.advice.impact.limits import Verdict
from scorecard.definition.changes.causes import Cause
from scorecard.model.state import Reason
from scorecard.report.impact.files import SCHEMA, STATUSES
from scorecard.report.schema_parts import COUNT, MAYBE, NUMBER, TEXT, Schema, list_of, map_of, object_of

_CAUSES: Schema = {"type": "array", "items": {"enum": list(Cause)}, "minItems": 1}


def diff_schema() -> Schema:
    """Draft 2020-12; every key is required and no other is allowed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What a change of a definition does",
        "description": "What `scorecard diff --format json` writes. Numbers have twelve significant digits; null stands for none.",
        **object_of(
            schema={"const": SCHEMA},
            old={"$ref": "#/$defs/definition"},
            new={"$ref": "#/$defs/definition"},
            period=MAYBE,
            changes={**list_of({"$ref": "#/$defs/change"}), "description": "In the order of the definition."},
            summary=object_of(
                **dict.fromkeys(("entities", "compared", "moved", "other_band", "newly_scored", "no_longer_scored", "came", "gone"), COUNT),
                change={**_numbers("mean", "median", "least", "greatest"), "description": "Points, of those with a score on both sides."},
            ),
            parts={
                **list_of(object_of(causes=_CAUSES, mean=NUMBER, least=NUMBER, greatest=NUMBER)),
                "description": "What changed; causes of one entry go together, for one without the other would be no valid definition.",
            },
            bands=list_of(object_of(**{"from": MAYBE}, to=MAYBE, count=COUNT)),
            limits=list_of(
                object_of(
                    name={"enum": ["bands", "band_share", "shift", "mean"]},
                    found=NUMBER,
                    limit=NUMBER,
                    verdict={"enum": list(Verdict), "description": "`open`: it cannot be judged."},
                )
            ),
            entities=list_of({"$ref": "#/$defs/entity"}),
        ),
        "$defs": {
            "definition": object_of(name=TEXT, id=TEXT, digest={**TEXT, "description": "SHA-256 of the merged definition."}),
            "change": object_of(
                path=list_of(TEXT),
                cause={"enum": [*Cause, None], "description": "Null for what changes no score."},
                old={"description": "As written; null where it is not."},
                new={"description": "As written; null where it is not."},
                text=TEXT,
                place=TEXT,
            ),
            "end": object_of(
                score=NUMBER,
                band=MAYBE,
                rank={**NUMBER, "description": "Among those with a score on both sides, 1 the best."},
                reason={"enum": [None, *(reason.name.lower() for reason in Reason if reason)]},
            ),
            "entity": object_of(
                key=map_of(TEXT, "The key parts, as texts."),
                status={"enum": list(STATUSES), "description": "`came` and `gone`: in the roster of one definition only."},
                change=NUMBER,
                before={"anyOf": [{"$ref": "#/$defs/end"}, {"type": "null"}]},
                after={"anyOf": [{"$ref": "#/$defs/end"}, {"type": "null"}]},
                cause={"anyOf": [_CAUSES, {"type": "null"}], "description": "What gave it its new band; null where it has the same."},
                parts={
                    "anyOf": [list_of({"type": "number"}), {"type": "null"}],
                    "description": "Points by the entries of `parts`; they add up to `change`.",
                },
            ),
        },
    }


def diff_schema_text() -> str:
    return json.dumps(diff_schema(), ensure_ascii=False, indent=2) + "\n"


def _numbers(*names: str) -> dict[str, Any]:
    return object_of(**dict.fromkeys(names, NUMBER))
