"""SC5xx: plugins that could not be loaded or do not keep their contract."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "SC501": "plugin '{plugin}' ({version}, {origin}) raised while it was imported: {error}",
    "SC502": "plugin '{plugin}' ({version}, {origin}) has no hook",
    "SC503": "plugin '{plugin}' ({version}, {origin}) has a function {hook}() without @hookimpl, so it is never called",
    "SC504": "plugin '{plugin}' ({version}, {origin}) marks {hook}() as a hook, and there is none of this name",
    "SC505": "plugin '{plugin}' ({version}, {origin}) wants {hook}() to wrap those of others; hooks only return records",
    "SC506": "plugin '{plugin}' ({version}, {origin}) raised in {hook}(): {error}",
    "SC507": "plugin '{plugin}' ({version}, {origin}) returns {found} from {hook}(); it returns a list of records",
    "SC507.endless": "plugin '{plugin}' ({version}, {origin}) returns more than {most} records from {hook}(); none is used",
    "SC508": "plugin '{plugin}' ({version}, {origin}) returns a {found} from {hook}(), where {expected} is expected",
    "SC509": "plugin '{plugin}' ({version}, {origin}) calls a {kind} '{id}'; an id is letters, digits and _ and begins with no digit",
    "SC510": "plugin '{plugin}' ({version}, {origin}): the params of {kind} '{id}' are no JSON Schema: they {problem}",
    "SC511": "plugin '{plugin}' ({version}, {origin}): {kind} '{id}' has no {missing}",
    "SC512": "plugin '{plugin}' ({version}, {origin}) offers a {kind} '{id}', which {other} offers already; this one is not used",
    "SC513": "plugin '{plugin}' ({version}, {origin}) offers a {kind} '{id}', an id of scorecard itself; this one is not used",
    "SC514": "the plugin folder '{folder}' does not exist",
    "SC514.file": "the plugin folder '{folder}' is a file; name the folder it lies in",
    "SC515": "plugin '{plugin}' ({version}, {origin}): {kind} '{id}' contradicts its contract: {problem}",
    "SC516": "plugin '{plugin}' ({version}, {origin}) could not be registered: {error}",
}
