"""What to do where sales do not move on."""

from __future__ import annotations

from scorecard.model.action import Action
from scorecard.model.text import Text

NEXT_STEP_EACH = Action(
    id="next_step_each",
    text=Text(
        {
            "en": "Give every open opportunity a next step with a date and a person on the customer's side; close those that get none.",
            "zh": "为每个商机确定有日期、有客户方责任人的下一步；定不下来的关闭。",
        }
    ),
    below=0.5,
    due="7 days",
    effort=1,
)
UNBLOCK_STAGE = Action(
    id="unblock_stage",
    text=Text(
        {
            "en": "Find the stage at which most stand still, and prepare what it lacks: a calculation, a reference, a trial.",
            "zh": "找出停滞最多的阶段，补齐所缺：测算、案例或试用。",
        }
    ),
    due="1 month",
    effort=2,
)
LOSS_REVIEW = Action(
    id="loss_review",
    text=Text(
        {
            "en": "Ask the last five lost customers what decided, and change the offer or the way you choose opportunities.",
            "zh": "询问最近五个丢单客户的决定因素，调整方案或商机筛选标准。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
QUALIFY_HARDER = Action(
    id="qualify_harder",
    text=Text(
        {
            "en": "Bid only where need, budget, decider and date are known, and let a second person check that.",
            "zh": "只在需求、预算、决策人和时间明确时投入，并由第二人复核。",
        }
    ),
    due="1 month",
    effort=1,
)
MUTUAL_PLAN = Action(
    id="mutual_plan",
    text=Text(
        {
            "en": "Agree on a plan with the customer that works back from the day they need it, with each approval on it.",
            "zh": "与客户从上线日倒推共同计划，列明每一步审批。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=1,
)
SHORTEN_PAPERWORK = Action(
    id="shorten_paperwork",
    text=Text(
        {
            "en": "Have quotes and contracts ready as forms, and start legal and purchasing checks side by side.",
            "zh": "报价与合同模板化，法务与采购审核并行启动。",
        }
    ),
    due="1 month",
    effort=2,
)
FILL_THE_FUNNEL = Action(
    id="fill_the_funnel",
    text=Text(
        {
            "en": "Keep two half days a week for new opportunities until the coverage is there: former customers and referrals first.",
            "zh": "每周留出两个半天开拓新商机，优先老客户与转介绍，直至覆盖达标。",
        }
    ),
    below=0.5,
    due="14 days",
    effort=2,
)
CLEAN_PIPELINE = Action(
    id="clean_pipeline",
    text=Text(
        {
            "en": "Take out what has not moved for 90 days, so that it is seen what is missing, and plan campaigns for the gap.",
            "zh": "剔除 90 天未动的商机，看清缺口，并据此安排活动。",
        }
    ),
    due="14 days",
    effort=0.5,
)
