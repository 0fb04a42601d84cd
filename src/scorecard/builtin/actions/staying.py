"""What to do where customers leave, or may."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

ASK_WHY_THEY_LEFT = Action(
    id="ask_why_they_left",
    text=Text(
        {
            "en": "Talk to those who left, and to three who nearly did: sort the causes (product, service, price, competitor), and "
            "give the first one an owner and a day.",
            "zh": "访谈已流失和险些流失的客户，按产品、服务、价格、竞品归类，为首要原因指定负责人和期限。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
SAVE_LIST = Action(
    id="save_list",
    text=Text(
        {
            "en": "List what is at risk (fewer orders, open complaints, a new contact person), and talk to the most valuable first,"
            " with an offer at hand.",
            "zh": "列出有流失风险的客户与合同（订单减少、投诉未结、联系人更换），带着方案先谈价值最高的。",
        }
    ),
    due="7 days",
    effort=2,
)
OPEN_RENEWAL = Action(
    id="open_renewal",
    text=Text(
        {
            "en": "Open the renewal 90 days before the term ends: meet the sponsor, show what was achieved in figures, and clear "
            "open points first.",
            "zh": "到期前 90 天启动续约：拜访决策人，用数据展示成果，先解决未结事项。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
TERM_OFFER = Action(
    id="term_offer",
    text=Text(
        {
            "en": "Offer a choice of two terms, one longer with something the customer values, and agree on the day of the decision.",
            "zh": "提供两种期限方案，较长期限附带客户看重的权益，并约定决策日期。",
        }
    ),
    due="1 month",
    effort=1,
)
SECOND_PURCHASE = Action(
    id="second_purchase",
    text=Text(
        {
            "en": "Contact first-time buyers within 30 days: ask how it works for them, and suggest the one thing that others bought next.",
            "zh": "首次购买后 30 天内联系客户：了解使用情况，推荐其他客户随后购买的那一样产品。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
REORDER_REMINDER = Action(
    id="reorder_reminder",
    text=Text(
        {
            "en": "Remind customers shortly before their usual interval ends, with the last order ready to be repeated.",
            "zh": "在客户惯常的复购间隔结束前提醒，并备好可一键重复的上次订单。",
        }
    ),
    due="1 month",
    effort=1,
)
CALL_SILENT = Action(
    id="call_silent",
    text=Text(
        {
            "en": "Call the customer this week: ask what has changed, and leave with a next step that has a date.",
            "zh": "本周致电客户：询问有何变化，并约定有日期的下一步。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=0.5,
)
WIN_BACK_OFFER = Action(
    id="win_back_offer",
    text=Text(
        {
            "en": "Write a short series of three messages with one useful thing each, and stop when they answer or order.",
            "zh": "分三次发送简短信息，每次提供一件有用的东西，客户回复或下单即停止。",
        }
    ),
    due="1 month",
    effort=1,
)
STOP_DOWNGRADES = Action(
    id="stop_downgrades",
    text=Text(
        {
            "en": "Go through every contract that shrank: which users or modules were dropped and why, and train or repack before "
            "the next invoice.",
            "zh": "逐一检查缩减的合同：停用了哪些用户或模块、原因何在，在下次开票前培训或重新打包。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
EXPANSION_REVIEW = Action(
    id="expansion_review",
    text=Text(
        {
            "en": "Hold a review of use with each account, and propose the one module or seats that their own figures call for.",
            "zh": "与每个客户做一次使用复盘，根据其自身数据推荐一个模块或增加席位。",
        }
    ),
    due="1 month",
    effort=2,
)
