"""What to do where customers complain."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

MEET_ON_COMPLAINTS = Action(
    id="meet_on_complaints",
    text=Text(
        {
            "en": "Meet the customer on the open complaints within a week: one list, one owner and one day for each.",
            "zh": "一周内与客户面谈未结投诉：一份清单，每项一个负责人和一个期限。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
REMOVE_THE_CAUSE = Action(
    id="remove_the_cause",
    text=Text(
        {
            "en": "Sort the complaints by cause, remove the most frequent one at its source, and write to those who raised it.",
            "zh": "按原因归类投诉，从源头消除最常见的一类，并书面回复提出者。",
        }
    ),
    due="1 month",
    effort=3,
)
CLOSE_THE_OLDEST = Action(
    id="close_the_oldest",
    text=Text(
        {
            "en": "Close the oldest complaints first: call each customer today, offer a remedy, and close only with their word.",
            "zh": "先办结最早的投诉：今天致电每位客户，提出补救方案，经客户确认后方可办结。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
RIGHT_TO_SETTLE = Action(
    id="right_to_settle",
    text=Text(
        {
            "en": "Let the first person settle complaints up to a fixed amount, and pass on within a day what is beyond it.",
            "zh": "授权首位受理人在限额内当场解决，超出部分一天内上报。",
        }
    ),
    due="1 month",
    effort=2,
)
WORST_CLASS_FIRST = Action(
    id="worst_class_first",
    text=Text(
        {
            "en": "Take the class of feedback that costs the most, name one person who answers for it, and review it weekly until "
            "it has halved.",
            "zh": "选出影响最大的反馈类别，指定一位负责人，每周复盘直至减半。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
TELL_WHAT_CHANGED = Action(
    id="tell_what_changed",
    text=Text(
        {
            "en": "Publish every month what was heard and what was changed, and thank those who wrote.",
            "zh": "每月公布听到了什么、改了什么，并感谢提出意见的客户。",
        }
    ),
    due="1 month",
    effort=1,
)
