"""What to do where deliveries and projects are late."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

REPLAN_WITH_CUSTOMER = Action(
    id="replan_with_customer",
    text=Text(
        {
            "en": "Agree on a new plan with the customer within a week: what comes first, what can wait, and one date that holds.",
            "zh": "一周内与客户重订计划：先做什么、什么可以等、一个能守住的日期。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=2,
)
WATCH_CRITICAL_PATH = Action(
    id="watch_critical_path",
    text=Text(
        {
            "en": "Look every week at what is due in the next three weeks, and clear what is in the way of the next date first.",
            "zh": "每周查看未来三周到期的事项，优先扫清下一节点的障碍。",
        }
    ),
    due="1 month",
    effort=2,
)
EXPEDITE_LATE = Action(
    id="expedite_late",
    text=Text(
        {
            "en": "Give every late delivery a new date today, tell the customer before they ask, and hurry what stops their work.",
            "zh": "今天为每一笔延误重订日期，在客户询问前告知，优先加急影响其生产的部分。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=2,
)
CAUSES_OF_DELAY = Action(
    id="causes_of_delay",
    text=Text(
        {
            "en": "Note the cause of each late delivery for a month (stock, planning, carrier), and mend the most frequent one.",
            "zh": "连续一个月记录每次延误的原因（库存、排程、承运），解决最常见的一项。",
        }
    ),
    due="1 month",
    effort=3,
)
