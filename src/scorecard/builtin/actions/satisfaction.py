"""What to do where customers say they are not content."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

CALL_BACK = Action(
    id="call_back",
    text=Text(
        {
            "en": "Call back everyone who gave a low rating within a week: write down one cause each, and say what will change.",
            "zh": "一周内逐一回访打低分的联系人，每人记录一个原因，并告知将如何改进。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
MEND_THE_LOWEST = Action(
    id="mend_the_lowest",
    text=Text(
        {
            "en": "Take the question or channel with the lowest score, agree on one change with the team behind it, and ask the "
            "same people again next time.",
            "zh": "针对得分最低的题目或渠道，与责任团队商定一项改进，下次向同一批人复测。",
        }
    ),
    due="1 month",
    effort=3,
)
WALK_THROUGH = Action(
    id="walk_through",
    text=Text(
        {
            "en": "Go through the last three requests with the customer step by step, and drop the step that took them the most effort.",
            "zh": "与客户逐步回看最近三次办理过程，去掉最费力的一个环节。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
ANSWER_BEFORE = Action(
    id="answer_before",
    text=Text(
        {
            "en": "Turn the five most frequent questions into a short guide that customers get before they have to ask.",
            "zh": "把最常见的五个问题写成简短指引，在客户提问之前就发给他们。",
        }
    ),
    due="1 month",
    effort=3,
)
CALL_DETRACTORS = Action(
    id="call_detractors",
    text=Text(
        {
            "en": "Have somebody senior call everyone who answered 0 to 6 within a week, and report back to them what was done "
            "within a month.",
            "zh": "一周内由管理者致电每一位打 0–6 分的联系人，一个月内反馈处理结果。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
WIN_PASSIVES = Action(
    id="win_passives",
    text=Text(
        {
            "en": "Ask those who answered 7 or 8 what would have made it a 9, and do the one thing that is named most often.",
            "zh": "询问打 7–8 分的联系人怎样才能打到 9 分，落实被提到最多的一件事。",
        }
    ),
    due="1 month",
    effort=2,
)
FIND_THE_WEAK_SIDE = Action(
    id="find_the_weak_side",
    text=Text(
        {
            "en": "See which side is weak: satisfied but not buying again calls for an offer, buying but not content calls for a "
            "talk about service.",
            "zh": "先看弱在哪一面：满意但不再购买，需要给出方案；购买但不满意，需要面谈服务问题。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
THANK_LOYAL = Action(
    id="thank_loyal",
    text=Text(
        {
            "en": "Give loyal customers a reason to stay: a named contact, early access to what is new, and thanks for every referral.",
            "zh": "给忠诚客户留下来的理由：专属联系人、新品优先体验，并对每次推荐致谢。",
        }
    ),
    due="1 month",
    effort=1,
)
ASK_SOONER = Action(
    id="ask_sooner",
    text=Text(
        {
            "en": "Send the survey within a day of the contact, from a person the customer knows, with three questions at most.",
            "zh": "服务结束一天内发出问卷，由客户认识的人发送，最多三个问题。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
REMIND_ONCE = Action(
    id="remind_once",
    text=Text(
        {
            "en": "Remind once after five days through another channel, and tell customers what the last survey changed.",
            "zh": "五天后换一个渠道提醒一次，并告诉客户上次调查带来了哪些改进。",
        }
    ),
    due="14 days",
    effort=0.5,
)
