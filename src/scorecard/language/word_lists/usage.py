"""What is wrong with the arguments of a command."""

from __future__ import annotations

ENGLISH = {
    "usage.no_command": "There is no command '{name}'. {meant}",
    "usage.no_command.file": "There is no command '{name}'. To score this definition: scorecard run {name}",
    "usage.no_command.meant": "Did you mean '{name}'?",
    "usage.no_command.allowed": "Commands: {names}.",
    "usage.day": "'{text}' is no day; write it as 2026-09-30",
    "usage.diff_alone": "--diff prints a diff; it goes with no other format.",
    "usage.out_without_format": "--out takes a --format: {names}.",
    "usage.follows": "CLIENT extends the base and follows by itself; there is nothing to write.",
    "usage.one_definition": "explain takes one definition; there are {count}: {names}",
    "usage.all_and_top": "--all and --top contradict each other.",
    "usage.table_only": "--top, --all, --sort and --quiet are about the table; the other formats have no such thing.",
    "usage.baseline": "--tolerance and --max-age are about a --baseline.",
    "usage.split_by": "--split-by says how many files there are; name them with --out.",
    "usage.several": "--out and --format take one definition; several can only be shown as tables.",
    "usage.plain": "--plain goes neither with --diff nor with --format json.",
    "usage.nothing_to_set": "Say what to set: --state, --owner, --due or --note.",
}
