"""What to do where sales do not grow as they should."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

FIND_WHAT_FELL = Action(
    id="find_what_fell",
    text=Text(
        {
            "en": "Find which products or sites fell against last year, call the customer about the largest, and agree on what "
            "brings it back.",
            "zh": "找出同比下降的产品或网点，就最大的一项致电客户，商定恢复办法。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
NEW_NEED = Action(
    id="new_need",
    text=Text(
        {
            "en": "Meet one department that does not buy yet, and leave with one need, its budget and the person who decides.",
            "zh": "拜访一个尚未采购的部门，明确一项需求、预算和决策人。",
        }
    ),
    due="1 month",
    effort=2,
)
