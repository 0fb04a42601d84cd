"""What to do where customers wait, or are not helped."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

SECOND_PAIR_OF_HANDS = Action(
    id="second_pair_of_hands",
    text=Text(
        {
            "en": "Put a second person on this queue for two weeks, and work off what is overdue, the oldest first.",
            "zh": "两周内为该队列增派一人，从最早的开始清理逾期事项。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=3,
)
TRIAGE = Action(
    id="triage",
    text=Text(
        {
            "en": "Sort what comes in twice a day by urgency and kind, with a named person for each, and warn at half of the agreed time.",
            "zh": "每天两次按紧急程度和类型分派，责任到人，用时过半即预警。",
        }
    ),
    due="1 month",
    effort=2,
)
FIRST_REPLY_ROTA = Action(
    id="first_reply_rota",
    text=Text(
        {
            "en": "Draw up a rota for first replies over all agreed hours, lunch and holidays included, with a stand-in for each shift.",
            "zh": "编制覆盖全部约定时段（含午休和节假日）的首次响应排班，每班设替补。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
REPLY_TEMPLATES = Action(
    id="reply_templates",
    text=Text(
        {
            "en": "Write replies for the ten most frequent requests that say what happens next and when.",
            "zh": "为最常见的十类请求准备回复模板，说明下一步和时间。",
        }
    ),
    due="14 days",
    effort=1,
)
SWARM_THE_OLDEST = Action(
    id="swarm_the_oldest",
    text=Text(
        {
            "en": "Bring those who can solve them around the oldest open cases every morning until none is overdue.",
            "zh": "每天早上召集能解决问题的人处理最久未结的工单，直至没有逾期。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=2,
)
KNOWN_ANSWERS = Action(
    id="known_answers",
    text=Text(
        {
            "en": "Write down the solution of each case that came back twice, and let the first line use it.",
            "zh": "凡重复出现两次的问题都写成解决方案，交一线使用。",
        }
    ),
    due="1 month",
    effort=3,
)
ROUTE_TO_SKILL = Action(
    id="route_to_skill",
    text=Text(
        {
            "en": "Pass each kind of request straight to who can solve it, and let the first line see the customer's history.",
            "zh": "每类请求直接转给能解决的人，并让一线看到客户历史。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
TRAIN_TOP_FIVE = Action(
    id="train_top_five",
    text=Text(
        {
            "en": "Take the five kinds of cases that are passed on most, and train the first line to close them.",
            "zh": "选出转派最多的五类问题，培训一线直接办结。",
        }
    ),
    due="1 month",
    effort=3,
)
COACH_THE_WEAK_ITEM = Action(
    id="coach_the_weak_item",
    text=Text(
        {
            "en": "Listen to five contacts together with each person below the target, and practise the item that scores lowest.",
            "zh": "与未达标的人员一起复听五通服务，练习得分最低的一项。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
CALIBRATE = Action(
    id="calibrate",
    text=Text(
        {
            "en": "Let two people rate the same ten contacts, settle where they differ, and put the standard into one page.",
            "zh": "两人对同样十通服务打分，统一分歧，把标准写成一页。",
        }
    ),
    due="1 month",
    effort=1,
)
