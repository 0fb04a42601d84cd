"""Whether an adjustment holds, and what the peers of a row are like."""

from __future__ import annotations

import numpy as np

from scorecard.expression.values import Truth, codes_of
from scorecard.model import plan
from scorecard.scoring.arrays import Array
from scorecard.scoring.block import Block
from scorecard.scoring.peers import lookup


def condition(block: Block, step: plan.Condition) -> Truth:
    """Whether a rule or an exemption holds, within its dates on the period's last day."""
    kind, _, id = step.adjustment.partition(".")
    adjustment = block.scorecard.rules[id] if kind == "rule" else block.scorecard.exemptions[id]
    day = block.period.last_day
    begun = adjustment.valid_from is None or day is None or adjustment.valid_from <= day
    ended = adjustment.valid_until is not None and day is not None and adjustment.valid_until < day
    if not begun or ended:
        return Truth(np.zeros(block.rows, dtype=bool), np.ones(block.rows, dtype=bool))
    return block.truth(step.tree)


def peer(block: Block, name: str, step: plan.Peer) -> Array:
    fit = block.fits[name]
    codes = None
    if step.by is not None:
        codes = codes_of(block.table.columns[f"entity.{step.by}"])[block.index]
    return lookup(fit, codes, block.rows, block.numbers(step.of) if step.function == "peer_rank" else None)
