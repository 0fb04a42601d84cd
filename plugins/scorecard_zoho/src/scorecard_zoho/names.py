"""What Zoho CRM calls things: modules and fields of its API, headings of its exports in English and Chinese.

Modules and fields by their API names. Headings are the labels that a new organisation has; one that renamed fields says so with
`fields:`. A lookup is `Account_Name.id` in a flat record of the API and *Account Name.id* in an export.
"""

from __future__ import annotations

from scorecard.crm import BLANK, Field, Thing, field

_ID = ("id", "Record Id", "Record ID", "记录 ID", "记录编号")
_ACCOUNT = field("Account_Name.id", "Account Name.id", "Account ID", "客户名称.id", "客户 ID", "客户编号")
_CREATED = field("Created_Time", "Created Time", "创建时间")


def _owner(*headings: str) -> Field:
    return field("Owner.name", *headings, "Owner", "所有者", "负责人")


ACCOUNTS = Thing(
    name="Accounts",
    columns={
        "account_id": field(*_ID, "Account ID", "客户 ID", "客户编号"),
        "name": field("Account_Name", "Account Name", "客户名称"),
        "tier": field("Rating", "Rating", "等级", "客户等级"),
        "industry": field("Industry", "Industry", "行业"),
        "region": field("Billing_State", "Billing State", "开票省份", "开单地址 - 省"),
        "owner": _owner("Account Owner", "客户所有者"),
        "status": field(
            "Account_Type",
            "Account Type",
            "客户类型",
            words={
                **dict.fromkeys(("Customer", "客户"), "active"),
                **dict.fromkeys(("Prospect", "潜在客户"), "prospect"),
                **dict.fromkeys(("Former Customer", "流失客户"), "inactive"),
            },
            otherwise=BLANK,
        ),
        "created_at": _CREATED,
    },
)

CONTACTS = Thing(
    name="Contacts",
    columns={
        "contact_id": field(*_ID, "Contact ID", "联系人 ID"),
        "account_id": _ACCOUNT,
        "name": (
            field("Full_Name", "Full Name", "Contact Name", "姓名", "联系人姓名"),
            field(None, "First Name", "名字", then=field(None, "Last Name", "姓氏")),
        ),
        "position": field("Title", "Title", "职称", "职位"),
        "created_at": _CREATED,
    },
)

_STAGE = ("Stage", "Stage", "阶段")
_CLOSING = ("Closing_Date", "Closing Date", "结束日期", "预计结束日期", "成交日期")
_STAGES = {
    **dict.fromkeys(("Closed Won", "Closed (Won)", "赢单", "已成交", "成交"), "won"),
    **dict.fromkeys(("Closed Lost", "Closed (Lost)", "Closed Lost to Competition", "Closed-Lost to Competition"), "lost"),
    **dict.fromkeys(("输单", "丢单", "因竞争丢失"), "lost"),
}

DEALS = Thing(
    name="Deals",
    columns={
        "opportunity_id": field(*_ID, "Deal ID", "商机 ID", "商机编号"),
        "account_id": _ACCOUNT,
        "name": field("Deal_Name", "Deal Name", "商机名称", "交易名称"),
        "stage": field(*_STAGE),
        "amount": field("Amount", "Amount", "金额"),
        "probability": field("Probability", "Probability (%)", "Probability", "可能性 (%)", "成交概率 (%)", factor=0.01),
        "status": field(*_STAGE, words=_STAGES, otherwise="open"),
        "owner": _owner("Deal Owner", "商机所有者"),
        "created_at": _CREATED,
        "expected_on": field(*_CLOSING),
        "closed_at": field(*_CLOSING, when=("status", ("won", "lost"))),
    },
)

CASES = Thing(
    name="Cases",
    columns={
        "ticket_id": field(*_ID, "Case ID", "工单 ID", "Case Number", "工单编号"),
        "account_id": _ACCOUNT,
        "subject": field("Subject", "Subject", "主题"),
        "severity": field(
            "Priority",
            "Priority",
            "优先级",
            words={
                **dict.fromkeys(("Low", "低"), "low"),
                **dict.fromkeys(("Medium", "中"), "medium"),
                **dict.fromkeys(("High", "高"), "high"),
                **dict.fromkeys(("Critical", "Urgent", "紧急"), "critical"),
                **dict.fromkeys(("-None-", "-无-"), BLANK),
            },
        ),
        "category": (field("Type", "Type", "类型"), field("Case_Reason", "Case Reason", "工单原因")),
        "status": field("Status", "Status", "状态", words=dict.fromkeys(("Closed", "已关闭", "关闭"), "closed"), otherwise="open"),
        "opened_at": _CREATED,
        "responded_at": field(None, "First Response Time", "First Responded Time", "首次响应时间"),
        "closed_at": field(None, "Closed Time", "Case Closed Time", "关闭时间"),
        "owner": _owner("Case Owner", "工单所有者"),
    },
)

SURVEYS = Thing(
    name="",
    columns={
        "survey_id": field(*_ID, "Response ID", "答卷编号"),
        "account_id": _ACCOUNT,
        "contact_id": field("Contact_Name.id", "Contact Name.id", "Contact ID", "联系人姓名.id", "联系人 ID"),
        "channel": field(
            None,
            "Channel",
            "渠道",
            words={
                **dict.fromkeys(("Email", "邮件"), "mail"),
                **dict.fromkeys(("Phone", "Call", "电话"), "phone"),
                **dict.fromkeys(("Web", "Online", "在线", "网页"), "online"),
                **dict.fromkeys(("Visit", "拜访"), "visit"),
            },
        ),
        "sent_at": field(None, "Sent Time", "发送时间"),
        "answered_at": (field(None, "Response Time", "Answered Time", "答复时间", "提交时间"), _CREATED),
        "score": field(None, "Score", "Rating", "评分", "分数"),
        "comment": field(None, "Comment", "Comments", "评论", "意见"),
    },
)

ORDERS = Thing(
    name="Sales_Orders",
    columns={
        "order_id": field(*_ID, "Sales Order ID", "SO Number", "销售订单编号", "销售订单号"),
        "account_id": _ACCOUNT,
        "amount": field("Grand_Total", "Grand Total", "总计", "合计"),
        "status": field("Status", "Status", "状态"),
        "ordered_at": field("Created_Time", "Order Date", "Created Time", "订购日期", "创建时间"),
    },
)

_RELATED = field("What_Id.id", "Related To.id", "Account ID", "相关.id", "相关于.id", "客户 ID", "客户编号")

TASKS = Thing(
    name="Tasks",
    columns={
        "activity_id": field(*_ID, "Task ID", "任务 ID"),
        "account_id": _RELATED,
        "kind": field(
            "Subject",
            "Subject",
            "主题",
            words={
                **dict.fromkeys(("Call", "电话"), "call"),
                **dict.fromkeys(("Email", "邮件"), "mail"),
                **dict.fromkeys(("Meeting", "会议"), "meeting"),
                **dict.fromkeys(("Visit", "拜访"), "visit"),
            },
            otherwise=BLANK,
        ),
        "status": field(
            "Status",
            "Status",
            "状态",
            words={**dict.fromkeys(("Completed", "已完成"), "done"), **dict.fromkeys(("Deferred", "已推迟"), "cancelled")},
            otherwise="planned",
        ),
        "owner": _owner("Task Owner", "任务所有者"),
        "planned_at": field("Due_Date", "Due Date", "到期日期", "截止日期"),
        "done_at": field("Closed_Time", "Closed Time", "关闭时间", "完成时间"),
    },
)

CALLS = Thing(
    name="Calls",
    columns={
        "activity_id": field(*_ID, "Call ID", "通话 ID"),
        "account_id": _RELATED,
        "kind": field(None, constant="call"),
        "status": field(
            "Outgoing_Call_Status",
            "Outgoing Call Status",
            "呼出电话状态",
            words={
                **dict.fromkeys(("Completed", "已完成"), "done"),
                **dict.fromkeys(("Scheduled", "Overdue", "已安排", "逾期"), "planned"),
                **dict.fromkeys(("Cancelled", "已取消"), "cancelled"),
            },
        ),
        "owner": _owner("Call Owner", "通话所有者"),
        "planned_at": field("Call_Start_Time", "Call Start Time", "通话开始时间"),
        "done_at": field("Call_Start_Time", "Call Start Time", "通话开始时间", when=("status", ("done",))),
    },
)

EVENTS = Thing(
    name="Events",
    columns={
        "activity_id": field(*_ID, "Meeting ID", "会议 ID"),
        "account_id": _RELATED,
        "kind": field(None, constant="meeting"),
        "owner": _owner("Host", "主持人"),
        "planned_at": field("Start_DateTime", "From", "开始时间"),
        "done_at": field("End_DateTime", "To", "结束时间"),
    },
)

THINGS = {
    "accounts": (ACCOUNTS,),
    "contacts": (CONTACTS,),
    "opportunities": (DEALS,),
    "tickets": (CASES,),
    "surveys": (SURVEYS,),
    "orders": (ORDERS,),
    "activities": (TASKS, CALLS, EVENTS),
}
