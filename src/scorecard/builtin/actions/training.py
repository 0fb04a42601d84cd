"""What to do where training is not done, or does not help."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

BOOK_TIME = Action(
    id="book_time",
    text=Text(
        {
            "en": "Block two hours within two weeks for everyone who is behind, and let their team lead confirm it.",
            "zh": "两周内为未完成者各预留两小时，由组长确认。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
SHORTER_UNITS = Action(
    id="shorter_units",
    text=Text(
        {
            "en": "Cut what people stop at into units of ten minutes, and show each team weekly where it stands.",
            "zh": "把最容易中断的内容切成十分钟单元，每周向各组公布进度。",
        }
    ),
    due="1 month",
    effort=3,
)
PRACTISE_ON_CASES = Action(
    id="practise_on_cases",
    text=Text(
        {
            "en": "Practise with real cases of the last month what the test shows to be unknown, with an experienced colleague beside.",
            "zh": "针对测验中的薄弱点，用上月真实案例练习，由有经验的同事带教。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
TEST_AGAIN = Action(
    id="test_again",
    text=Text(
        {
            "en": "Test again after four weeks, and change the part of the course at which most fail.",
            "zh": "四周后复测，改进多数人答错的课程部分。",
        }
    ),
    due="1 month",
    effort=1,
)
