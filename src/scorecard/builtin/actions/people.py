"""What to do where somebody's work is short of what was agreed."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

WEEKLY_TALK = Action(
    id="weekly_talk",
    text=Text(
        {
            "en": "Talk weekly for half an hour over the figures: one obstacle, one step until next week, one thing the manager does.",
            "zh": "每周半小时看数据面谈：一个障碍、一个下周步骤、一件由主管完成的事。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
ONE_GOAL = Action(
    id="one_goal",
    text=Text(
        {
            "en": "Agree on the one item to improve this quarter, how it will be seen, and who helps.",
            "zh": "商定本季度要改进的一项、如何衡量、由谁帮助。",
        }
    ),
    due="1 month",
    effort=0.5,
)
PLAN_THE_WEEK = Action(
    id="plan_the_week",
    text=Text(
        {
            "en": "Plan on Monday which customers are followed up on which day, and look on Friday at what was left.",
            "zh": "周一排定本周每天跟进哪些客户，周五检查遗漏。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=0.5,
)
FREE_SELLING_TIME = Action(
    id="free_selling_time",
    text=Text(
        {
            "en": "Note for a week where the time goes, and take away the two tasks that keep from customers.",
            "zh": "用一周记录时间去向，去掉最占用客户时间的两项事务。",
        }
    ),
    due="1 month",
    effort=2,
)
RIDE_ALONG = Action(
    id="ride_along",
    text=Text(
        {
            "en": "Let the best colleague come along to two visits, and go on one of theirs: take over one thing that works.",
            "zh": "请最佳同事陪访两次，再随访一次，学会一个有效做法。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
