"""KPI scorecards written in YAML: weighted scores that explain themselves."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorecard.app import check as check
    from scorecard.app import compare as compare
    from scorecard.app import evaluate as evaluate
    from scorecard.app import lint as lint
    from scorecard.app import load as load
    from scorecard.app import registry as registry
    from scorecard.errors import DataError as DataError
    from scorecard.errors import DefinitionError as DefinitionError
    from scorecard.errors import PluginError as PluginError
    from scorecard.errors import ScorecardError as ScorecardError
    from scorecard.errors import UsageError as UsageError
    from scorecard.evaluation.evaluation import Evaluation as Evaluation
    from scorecard.evaluation.explain import Explanation as Explanation
    from scorecard.frames import advise as advise
    from scorecard.frames import levers as levers
    from scorecard.frames import whatif as whatif
    from scorecard.frames import write as write
    from scorecard.model.definition import Scorecard as Scorecard
    from scorecard.model.issue import Issue as Issue

    __version__: str

DISTRIBUTION = "kpi-scorecard"

_HOMES = {
    "check": "scorecard.app",
    "compare": "scorecard.app",
    "evaluate": "scorecard.app",
    "lint": "scorecard.app",
    "load": "scorecard.app",
    "registry": "scorecard.app",
    "advise": "scorecard.frames",
    "levers": "scorecard.frames",
    "whatif": "scorecard.frames",
    "write": "scorecard.frames",
    "DataError": "scorecard.errors",
    "DefinitionError": "scorecard.errors",
    "PluginError": "scorecard.errors",
    "ScorecardError": "scorecard.errors",
    "UsageError": "scorecard.errors",
    "Evaluation": "scorecard.evaluation.evaluation",
    "Explanation": "scorecard.evaluation.explain",
    "Scorecard": "scorecard.model.definition",
    "Issue": "scorecard.model.issue",
}

__all__ = [
    "DataError",
    "DefinitionError",
    "Evaluation",
    "Explanation",
    "Issue",
    "PluginError",
    "Scorecard",
    "ScorecardError",
    "UsageError",
    "__version__",
    "advise",
    "check",
    "compare",
    "evaluate",
    "levers",
    "lint",
    "load",
    "registry",
    "whatif",
    "write",
]


def __getattr__(name: str) -> Any:
    """The public names, each imported when it is first asked for, so that `import scorecard` stays light."""
    if name == "__version__":
        from importlib.metadata import version

        found: Any = version(DISTRIBUTION)
    elif name in _HOMES:
        found = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
