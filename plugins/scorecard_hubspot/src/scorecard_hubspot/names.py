"""What HubSpot calls things: objects and properties of its API, headings of its exports.

Properties by their internal names (the objects' definitions in HubSpot's API reference); headings by the labels of its default
properties in English, and in Chinese where an account has labelled them so. `account` is the associated company, which
`scorecard_hubspot.web` takes out of a record's associations.
"""

from __future__ import annotations

from scorecard.crm import BLANK, Field, Thing, field

ACCOUNT = "account"
"""the id of the company that a record is associated with"""
CONTACT = "contact"
"""the id of the contact that a record is associated with"""

_COMPANY = field(
    ACCOUNT,
    "Associated Company IDs (Primary)",
    "Primary Associated Company ID",
    "Associated Company IDs",
    "Associated Company ID",
    "关联公司 ID",
    "關聯公司 ID",
    before=";",
)
_PERSON = field(CONTACT, "Associated Contact IDs", "Associated Contact ID", "关联联系人 ID", "關聯聯絡人 ID", before=";")
_ID = ("Record ID", "Object ID", "记录 ID", "記錄 ID")
_CREATED = field("createdate", "Create Date", "Created Date", "创建日期", "建立日期")
_TRUE = ("true", "yes", "1", "是")
_FALSE = ("false", "no", "0", "否")

COMPANIES = Thing(
    name="companies",
    columns={
        "account_id": field("id", *_ID, "Company ID", "公司 ID"),
        "name": field("name", "Company name", "Name", "公司名称", "公司名稱"),
        "industry": field("industry", "Industry", "行业", "產業"),
        "region": field("state", "State/Region", "州/地区", "州/地區"),
        "owner": field("hubspot_owner_id", "Company owner", "公司负责人", "公司負責人"),
        "status": field(
            "lifecyclestage",
            "Lifecycle Stage",
            "生命周期阶段",
            "生命週期階段",
            words={
                "customer": "active",
                "evangelist": "active",
                "客户": "active",
                "客戶": "active",
                **dict.fromkeys(("subscriber", "lead", "marketingqualifiedlead", "marketing qualified lead"), "prospect"),
                **dict.fromkeys(("salesqualifiedlead", "sales qualified lead", "opportunity"), "prospect"),
                **dict.fromkeys(("潜在客户", "潛在客戶", "商机", "商機"), "prospect"),
            },
            otherwise=BLANK,
        ),
        "created_at": _CREATED,
    },
)

CONTACTS = Thing(
    name="contacts",
    columns={
        "contact_id": field("id", *_ID, "Contact ID", "联系人 ID", "聯絡人 ID"),
        "account_id": (field("associatedcompanyid", "Primary Associated Company ID"), _COMPANY),
        "name": field("firstname", "First Name", "名字", then=field("lastname", "Last Name", "姓氏")),
        "position": field("jobtitle", "Job Title", "职位", "職稱"),
        "seniority": field(
            "hs_seniority",
            "Employment Seniority",
            "Seniority",
            words={
                **dict.fromkeys(("entry", "employee", "senior"), "staff"),
                "manager": "manager",
                "director": "director",
                **dict.fromkeys(("vp", "executive", "owner", "partner"), "executive"),
            },
        ),
        "created_at": _CREATED,
    },
)

_CLOSED = ("closedate", "Close Date", "结束日期", "關閉日期")
_STAGE = ("dealstage", "Deal Stage", "交易阶段", "交易階段")
_STAGES = {
    **dict.fromkeys(("closedwon", "closed won", "赢单", "贏單"), "won"),
    **dict.fromkeys(("closedlost", "closed lost", "输单", "輸單"), "lost"),
}

DEALS = Thing(
    name="deals",
    columns={
        "opportunity_id": field("id", *_ID, "Deal ID", "交易 ID"),
        "account_id": _COMPANY,
        "name": field("dealname", "Deal Name", "交易名称", "交易名稱"),
        "stage": field(*_STAGE),
        "amount": field("amount", "Amount", "金额", "金額"),
        "probability": field("hs_deal_stage_probability", "Deal probability", "交易概率", "交易機率"),
        "status": (
            field("hs_is_closed_won", "Is Closed Won", words=dict.fromkeys(_TRUE, "won")),
            field("hs_is_closed", "Is Deal Closed?", words={**dict.fromkeys(_TRUE, "lost"), **dict.fromkeys(_FALSE, "open")}),
            field(*_STAGE, words=_STAGES, otherwise="open"),
        ),
        "owner": field("hubspot_owner_id", "Deal owner", "交易负责人", "交易負責人"),
        "created_at": _CREATED,
        "expected_on": field(*_CLOSED),
        "closed_at": field(*_CLOSED, when=("status", ("won", "lost"))),
    },
)

TICKETS = Thing(
    name="tickets",
    columns={
        "ticket_id": field("id", "Ticket ID", *_ID, "工单 ID", "工單 ID"),
        "account_id": _COMPANY,
        "subject": field("subject", "Ticket name", "工单名称", "工單名稱"),
        "severity": field(
            "hs_ticket_priority",
            "Priority",
            "优先级",
            "優先順序",
            words={
                **dict.fromkeys(("low", "低"), "low"),
                **dict.fromkeys(("medium", "中"), "medium"),
                **dict.fromkeys(("high", "高"), "high"),
                **dict.fromkeys(("urgent", "紧急", "緊急"), "critical"),
            },
        ),
        "category": field("hs_ticket_category", "Category", "类别", "類別"),
        "status": field("closed_date", "Close Date", "Closed date", "结束日期", "關閉日期", filled="closed", blank="open"),
        "contacts": field("hs_num_times_contacted", "Number of times contacted", "Number of Times Contacted"),
        "opened_at": _CREATED,
        "responded_at": field("first_agent_reply_date", "First agent email response date", "First agent reply date"),
        "closed_at": field("closed_date", "Close Date", "Closed date", "结束日期", "關閉日期"),
        "owner": field("hubspot_owner_id", "Ticket owner", "工单负责人", "工單負責人"),
    },
)

SURVEYS = Thing(
    name="feedback_submissions",
    columns={
        "survey_id": field("id", *_ID, "Response ID"),
        "account_id": _COMPANY,
        "contact_id": _PERSON,
        "channel": field(
            "hs_survey_channel",
            "Survey Channel",
            "Source",
            words={"email": "mail", **dict.fromkeys(("web_page", "web page", "web", "standalone_page", "landing page", "chat"), "online")},
        ),
        "answered_at": field("hs_submission_timestamp", "Submission Date", "Date submitted"),
        "score": field("hs_value", "Rating", "Score", "评分", "評分"),
        "comment": field("hs_content", "Response", "Feedback", "Comment"),
    },
)

ORDERS = Thing(
    name="orders",
    columns={
        "order_id": field("id", *_ID, "Order ID", "订单 ID", "訂單 ID"),
        "account_id": _COMPANY,
        "amount": field("hs_total_price", "Total Price", "总价", "總價"),
        "status": field("hs_fulfillment_status", "Fulfillment Status"),
        "ordered_at": (
            field("hs_external_created_date", "External Created Date"),
            field("hs_createdate", "Create Date", "创建日期", "建立日期"),
        ),
        "paid_at": field("hs_payment_processed_date", "Payment Processed Date"),
    },
)


def _activity(name: str, kind: str, **columns: Field) -> Thing:
    shared: dict[str, Field] = {
        "activity_id": field("id", *_ID),
        "account_id": _COMPANY,
        "kind": field(None, constant=kind),
        "owner": field("hubspot_owner_id", "Activity assigned to", "Assigned to"),
    }
    return Thing(name=name, columns={**shared, **columns})


MEETINGS = _activity(
    "meetings",
    "meeting",
    status=field(
        "hs_meeting_outcome",
        "Meeting outcome",
        words={
            "scheduled": "planned",
            "rescheduled": "planned",
            "completed": "done",
            "canceled": "cancelled",
            "cancelled": "cancelled",
            "no_show": "cancelled",
            "no show": "cancelled",
        },
    ),
    planned_at=field("hs_meeting_start_time", "Meeting start time"),
    done_at=field("hs_meeting_end_time", "Meeting end time", when=("status", ("done",))),
)
CALLS = _activity(
    "calls",
    "call",
    status=field(
        "hs_call_status",
        "Call status",
        words={
            "completed": "done",
            **dict.fromkeys(("queued", "ringing", "connecting", "calling_crm_user", "in_progress"), "planned"),
            **dict.fromkeys(("canceled", "busy", "failed", "no_answer", "missed"), "cancelled"),
        },
    ),
    planned_at=field("hs_timestamp", "Activity date"),
    done_at=field("hs_timestamp", "Activity date", when=("status", ("done",))),
)
EMAILS = _activity(
    "emails",
    "mail",
    status=field(
        "hs_email_status",
        "Email send status",
        words={"sent": "done", "scheduled": "planned", "sending": "planned", "bounced": "cancelled", "failed": "cancelled"},
    ),
    planned_at=field("hs_timestamp", "Activity date"),
    done_at=field("hs_timestamp", "Activity date", when=("status", ("done",))),
)

THINGS = {
    "accounts": (COMPANIES,),
    "contacts": (CONTACTS,),
    "opportunities": (DEALS,),
    "tickets": (TICKETS,),
    "surveys": (SURVEYS,),
    "orders": (ORDERS,),
    "activities": (MEETINGS, CALLS, EMAILS),
}
