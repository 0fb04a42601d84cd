"""What to do where the tie to a customer is thin."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

MAKE_UP_VISITS = Action(
    id="make_up_visits",
    text=Text(
        {
            "en": "Make up for the calls and visits that were left out, the most valuable customers first, each with something to tell.",
            "zh": "补上漏掉的回访，从价值最高的客户开始，每次带一件有用的事。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
BLOCK_CONTACT_DAY = Action(
    id="block_contact_day",
    text=Text(
        {
            "en": "Keep a fixed half day a week for calls, and plan the next one while the last is being noted.",
            "zh": "每周固定半天做回访，记录本次时就定好下一次。",
        }
    ),
    due="1 month",
    effort=0.5,
)
SECOND_CONTACT = Action(
    id="second_contact",
    text=Text(
        {
            "en": "Get to know a second person on the customer's side this month, from another department than the first.",
            "zh": "本月结识客户另一部门的第二位联系人。",
        }
    ),
    below=0.5,
    due="1 month",
    effort=1,
)
SHOW_ANOTHER_USE = Action(
    id="show_another_use",
    text=Text(
        {
            "en": "Show one more product or use at the next meeting, with a customer like them as the example.",
            "zh": "在下次会面时展示另一项产品或用法，以同类客户为例。",
        }
    ),
    due="1 month",
    effort=2,
)
MEET_THE_SPONSOR = Action(
    id="meet_the_sponsor",
    text=Text(
        {
            "en": "Ask your contact to introduce the person who decides, and bring your own manager and one page of results.",
            "zh": "请联系人引荐决策人，带上本方主管和一页成果。",
        }
    ),
    below=0.5,
    due="1 month",
    effort=1,
)
YEARLY_REVIEW = Action(
    id="yearly_review",
    text=Text(
        {
            "en": "Hold a yearly review with both managements: what was reached, what is planned, what each side needs.",
            "zh": "双方管理层举行年度回顾：达成了什么、计划什么、彼此需要什么。",
        }
    ),
    due="1 quarter",
    effort=2,
)
FIRST_YEAR_PLAN = Action(
    id="first_year_plan",
    text=Text(
        {
            "en": "Make a plan for the first year with three dates: first success, first review, first extension.",
            "zh": "制定首年计划，含三个日期：首次成功、首次回顾、首次扩展。",
        }
    ),
    below=0.5,
    due="1 month",
    effort=2,
)
