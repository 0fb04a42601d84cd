"""Discovering plugins: what each offers, and what is wrong with any; one that is broken never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pluggy

from scorecard.hooks.candidates import UNKNOWN, Candidate, candidates
from scorecard.hooks.conformance import RECORD_OF, Record, record_issues
from scorecard.hooks.contracts import Later
from scorecard.hooks.guard import said
from scorecard.hooks.registry import Offered, Plugin, Registry
from scorecard.hooks.spec import HOOKS, PROJECT, Hooks
from scorecard.language.phrase import Phrase
from scorecard.model.issue import Issue

MOST = 10_000
"""records that one hook may return; more are taken for an endless result"""
RESERVED: Mapping[str, frozenset[str]] = {"scorecard_sources": frozenset({"scorecard"})}
"""ids that have a meaning of their own"""


def discover(folders: Sequence[Path] = ()) -> Registry:
    """Everything that the installed plugins and those in the folders offer; nothing is raised but KeyboardInterrupt.

    Ours comes first, then the others by name; of two records with one id the first is kept.
    """
    found, issues = candidates(folders)
    offers = _Offers(issues=issues)
    for candidate in found:
        offers.take(candidate)
    return offers.registry()


def look_into(module: object, plugin: Plugin) -> tuple[dict[str, list[Record | Later]], list[Issue]]:
    """What the hooks of one loaded plugin return, and what is wrong with it. Nothing is raised but KeyboardInterrupt."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    try:
        manager.register(module, plugin.name)
        issues = [*_unmarked(manager, module, plugin), *_misused(manager, module, plugin)]
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever registering raises is the plugin's fault, SystemExit included
        return {}, [_issue("SC516", plugin, error=said(error))]
    misused = {str(issue.values["hook"]) for issue in issues}
    offered: dict[str, list[Record | Later]] = {}
    for hook in HOOKS:
        if hook not in misused and getattr(manager.hook, hook).get_hookimpls():
            offered[hook], more = _asked(getattr(manager.hook, hook), hook, plugin)
            issues += more
    if not offered and not issues:
        issues.append(_issue("SC502", plugin, allowed=list(HOOKS)))
    return offered, issues


@dataclass(slots=True)
class _Offers:
    """What was offered so far, by hook and id."""

    issues: list[Issue]
    plugins: list[Plugin] = field(default_factory=list)
    records: dict[str, dict[str, Record | Later]] = field(default_factory=lambda: {hook: {} for hook in HOOKS})
    by: dict[tuple[str, str], tuple[Plugin, bool]] = field(default_factory=dict)

    def take(self, candidate: Candidate) -> None:
        plugin = candidate.plugin
        try:
            module = candidate.load()
            plugin = _with_version(plugin, module)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a plugin may raise anything while it is imported, SystemExit included
            self.issues.append(_issue("SC501", plugin, error=said(error)))
            return
        offered, issues = look_into(module, plugin)
        self.issues += issues
        self.plugins.append(plugin)
        for hook, records in offered.items():
            for record in records:
                self._keep(hook, record, plugin, ours=candidate.ours)

    def _keep(self, hook: str, record: Record | Later, plugin: Plugin, *, ours: bool) -> None:
        named = {"kind": RECORD_OF[hook].__name__, "id": record.id}
        if record.id in RESERVED.get(hook, ()):
            self.issues.append(_issue("SC513", plugin, **named))
        elif (hook, record.id) in self.by:
            other, was_ours = self.by[hook, record.id]
            code = "SC513" if was_ours and not ours else "SC512"
            self.issues.append(_issue(code, plugin, **named, other=f"{other.name} ({other.version}, {other.origin})"))
        else:
            self.records[hook][record.id] = record
            self.by[hook, record.id] = (plugin, ours)

    def registry(self) -> Registry:
        kinds: dict[str, Any] = {}
        for hook in HOOKS:
            by = {id: plugin for (offered, id), (plugin, _) in self.by.items() if offered == hook}
            kinds[hook.removeprefix("scorecard_")] = Offered(hook, self.records[hook], by)
        return Registry(
            **kinds,
            plugins=tuple(self.plugins),
            offered_by={(hook.removeprefix("scorecard_"), id): plugin for (hook, id), (plugin, _) in self.by.items()},
            issues=tuple(self.issues),
        )


def _unmarked(manager: pluggy.PluginManager, module: object, plugin: Plugin) -> Iterator[Issue]:
    """Functions named like a hook that nobody would call."""
    called = {implementation.function for hook in HOOKS for implementation in getattr(manager.hook, hook).get_hookimpls()}
    for hook in HOOKS:
        function = getattr(module, hook, None)
        if callable(function) and function not in called:
            yield _issue("SC503", plugin, hook=hook)


def _misused(manager: pluggy.PluginManager, module: object, plugin: Plugin) -> Iterator[Issue]:
    """Marked functions that are no hook of ours, and hooks that want to stand around others."""
    for caller in manager.get_hookcallers(module) or ():
        for implementation in caller.get_hookimpls():
            if caller.name not in HOOKS:
                yield _issue("SC504", plugin, hook=caller.name, allowed=list(HOOKS))
            elif implementation.wrapper or implementation.hookwrapper:
                yield _issue("SC505", plugin, hook=caller.name)


def _asked(caller: pluggy.HookCaller, hook: str, plugin: Plugin) -> tuple[list[Record | Later], list[Issue]]:
    """The records a hook returns that keep the contract."""
    records: list[Record | Later] = []
    issues: list[Issue] = []
    try:
        results = caller()
        if len(results) < len(caller.get_hookimpls()):
            issues.append(_issue("SC507", plugin, hook=hook, found=Phrase("nothing")))
        for result in results:
            if isinstance(result, (str, bytes, Mapping, type)) or not isinstance(result, Iterable):
                issues.append(_issue("SC507", plugin, hook=hook, found=type(result).__name__))
                continue
            returned = list(islice(result, MOST + 1))
            if len(returned) > MOST:
                issues.append(_issue("SC507", plugin, hook=hook, reason="endless", most=MOST))
                continue
            for record in returned:
                wrong = [replace(issue, values={**issue.values, **_who(plugin)}) for issue in record_issues(record, hook)]
                issues += wrong
                if not wrong:
                    records.append(record)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a plugin may raise anything, SystemExit included; its other hooks go on
        return [], [*issues, _issue("SC506", plugin, hook=hook, error=said(error))]
    return records, issues


def _with_version(plugin: Plugin, module: object) -> Plugin:
    """A plugin from a folder says its version itself, if at all."""
    said = getattr(module, "__version__", None)
    return replace(plugin, version=said) if plugin.version == UNKNOWN and isinstance(said, str) and said else plugin


def _who(plugin: Plugin) -> dict[str, str]:
    return {"plugin": plugin.name, "version": plugin.version, "origin": plugin.origin}


def _issue(code: str, plugin: Plugin, **values: object) -> Issue:
    return Issue(code=code, values={**_who(plugin), **values})
