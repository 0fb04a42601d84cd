"""What to do where customers are worth less than they could be."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

GROW_THE_WORTH = Action(
    id="grow_the_worth",
    text=Text(
        {
            "en": "See which of the three is short (size of an order, how often, how long they stay), and plan one step for that one only.",
            "zh": "看三项中哪一项不足（客单价、频次、留存时间），只为这一项制定一个步骤。",
        }
    ),
    below=0.5,
    due="1 month",
    effort=3,
)
NEXT_BEST_OFFER = Action(
    id="next_best_offer",
    text=Text(
        {
            "en": "Suggest the product that customers like this one buy next, and put it into the next offer or visit.",
            "zh": "推荐同类客户接下来会买的产品，写入下一次报价或拜访计划。",
        }
    ),
    due="1 month",
    effort=2,
)
REVIEW_ACCOUNT_PLAN = Action(
    id="review_account_plan",
    text=Text(
        {
            "en": "Sit down with the customer's buyers over the plan for the year: what they need, from whom they buy it now, and "
            "what it takes to get it.",
            "zh": "与客户采购方一起看年度计划：需要什么、现在向谁购买、怎样才能拿到。",
        }
    ),
    below=0.5,
    due="1 month",
    effort=2,
)
SMALL_ORDERS = Action(
    id="small_orders",
    text=Text(
        {
            "en": "Go through the ten smallest orders with the buyer: merge deliveries, and suggest what usually goes with them.",
            "zh": "与采购人员逐笔查看最小的十笔订单：合并发货，并推荐通常一起购买的产品。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
BUNDLE = Action(
    id="bundle",
    text=Text(
        {
            "en": "Put together a bundle or a step in price just above the usual order, and offer it with the next three orders.",
            "zh": "设计略高于惯常订单的组合或阶梯价，在接下来三次订单中提供。",
        }
    ),
    due="1 month",
    effort=2,
)
CHECK_DISCOUNTS = Action(
    id="check_discounts",
    text=Text(
        {
            "en": "Go through discounts and free services one by one: end those without a reason, and tie the others to volume or term.",
            "zh": "逐项检查折扣和免费服务：取消没有理由的，其余与数量或期限挂钩。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
LOWER_COST_TO_SERVE = Action(
    id="lower_cost_to_serve",
    text=Text(
        {
            "en": "Find the two things that cost most to serve this customer (rush orders, visits, returns), and agree on a cheaper way.",
            "zh": "找出服务该客户成本最高的两件事（加急、上门、退货），商定更省的做法。",
        }
    ),
    due="1 month",
    effort=3,
)
ORDER_RHYTHM = Action(
    id="order_rhythm",
    text=Text(
        {
            "en": "Agree on a fixed rhythm of orders, with a proposal that only has to be confirmed.",
            "zh": "与客户约定固定的订货节奏，每次给出只需确认的建议单。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
REASON_TO_RETURN = Action(
    id="reason_to_return",
    text=Text(
        {
            "en": "Give a reason to come back between two purchases: refills, upkeep, a seasonal offer to those who bought last year.",
            "zh": "在两次购买之间给出回来的理由：补充装、保养、面向去年买家的季节优惠。",
        }
    ),
    due="1 month",
    effort=1,
)
WALLET_MAP = Action(
    id="wallet_map",
    text=Text(
        {
            "en": "Draw up with the customer what is bought from others in this category, and quote for the largest part that you "
            "can deliver.",
            "zh": "与客户梳理该品类向他人采购的部分，对其中能供应的最大一块报价。",
        }
    ),
    below=0.5,
    due="1 month",
    effort=2,
)
TRIAL_ORDER = Action(
    id="trial_order",
    text=Text(
        {
            "en": "Win a trial order in one category that a competitor serves, with delivery and quality agreed beforehand.",
            "zh": "在竞争对手供应的一个品类争取试订单，事先约定交期和质量。",
        }
    ),
    due="1 month",
    effort=2,
)
REVIVE_BY_SEGMENT = Action(
    id="revive_by_segment",
    text=Text(
        {
            "en": "Act by the lowest of the three: long ago calls for a visit, seldom for a reminder, little for a bundle.",
            "zh": "按三项中最低的一项行动：久未购买则拜访，购买少则提醒，金额小则推荐组合。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
CUT_WEAK_CHANNELS = Action(
    id="cut_weak_channels",
    text=Text(
        {
            "en": "Compare cost and worth by channel, and move the budget of the weakest to the best for one quarter.",
            "zh": "按渠道比较成本与客户价值，把最弱渠道的预算转给最好的，试行一个季度。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
MORE_FROM_LEADS = Action(
    id="more_from_leads",
    text=Text(
        {
            "en": "Answer every lead within an hour, ask won customers for one referral each, and measure both.",
            "zh": "一小时内响应每条线索，请每位成交客户推荐一位，并衡量两者的效果。",
        }
    ),
    due="1 month",
    effort=2,
)
