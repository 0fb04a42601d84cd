"""What to do about figures that sum up others, or their course."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

OPEN_ITEMS = Action(
    id="open_items",
    text=Text(
        {
            "en": "Go through the open items, give each an owner and a day, and do first what others wait for.",
            "zh": "逐项检查未完成项，指定负责人和日期，先做他人在等的。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
QUICK_ITEMS = Action(
    id="quick_items",
    text=Text(
        {
            "en": "Close the items that take less than a day this week, and plan the rest.",
            "zh": "本周办完不足一天即可完成的事项，其余列入计划。",
        }
    ),
    due="1 month",
    effort=1,
)
CATCH_UP_PLAN = Action(
    id="catch_up_plan",
    text=Text(
        {
            "en": "Work out what is needed per month from now on to be there by the due date, and change the plan or the means.",
            "zh": "测算从现在起每月需要多少才能按期达成，据此调整计划或资源。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
EARLY_WARNING = Action(
    id="early_warning",
    text=Text(
        {
            "en": "Look at the figure monthly instead of at the end, with the next milestone beside it.",
            "zh": "改为每月查看，并与下一个里程碑对照。",
        }
    ),
    due="1 month",
    effort=0.5,
)
FIND_THE_TURN = Action(
    id="find_the_turn",
    text=Text(
        {
            "en": "Find the period in which it turned, note what changed then (people, prices, product), and undo or mend that.",
            "zh": "找出转折出现的时期，记下当时的变化（人员、价格、产品），撤销或补救。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
KEEP_COURSE = Action(
    id="keep_course",
    text=Text(
        {
            "en": "Set the value of each coming period down in writing, and review with its owner where it is missed.",
            "zh": "写明未来各期的应达值，未达时与责任人复盘。",
        }
    ),
    due="1 month",
    effort=0.5,
)
SMOOTH_PEAKS = Action(
    id="smooth_peaks",
    text=Text(
        {
            "en": "Look at the highest and the lowest periods, and agree with the customer on what can be spread: orders, shifts, dates.",
            "zh": "查看最高与最低的时期，与客户商定可以均衡的部分：订单、班次、日期。",
        }
    ),
    below=0.5,
    due="1 month",
    effort=2,
)
