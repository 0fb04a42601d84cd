"""What happens to a block at each cell of the plan."""

from __future__ import annotations

from scorecard.model import plan
from scorecard.scoring.block import Block
from scorecard.scoring.cells.adjust import adjust
from scorecard.scoring.cells.combine import combine
from scorecard.scoring.cells.condition import condition, peer
from scorecard.scoring.cells.curve import draw_curve
from scorecard.scoring.cells.value import measure


def compute(block: Block, cell: plan.PlanCell) -> None:
    """Computes one cell of the plan for the block; what it reads is there already."""
    match cell.step:
        case plan.Value():
            measure(block, cell.step)
        case plan.Figure(metric=metric, key=key):
            block.cells[cell.name] = block.ends(getattr(block.variant.metrics[metric], key))
        case plan.Condition():
            block.cells[cell.name] = condition(block, cell.step)
        case plan.CurveScore(metric=metric):
            draw_curve(block, block.variant.metrics[metric])
        case plan.Combine(group=group):
            combine(block, group)
        case plan.Adjust():
            adjust(block, cell.step)
        case plan.Peer():
            block.cells[cell.name] = peer(block, cell.name, cell.step)
