"""What Salesforce calls things: objects and fields of its API, headings of its reports in English and Chinese.

Fields: Object Reference for the Salesforce Platform. Headings are the standard labels; an organisation may have renamed some,
which `fields:` in a definition takes care of.
"""

from __future__ import annotations

from scorecard.crm import BLANK, Thing, field

_OWNER = ("Owner.Name", "Owner", "Owner: Full Name", "Owner Full Name", "Record Owner")
_CREATED = field("CreatedDate", "Created Date", "Date/Time Created", "创建日期", "创建日期/时间")
_ACCOUNT = field("AccountId", "Account ID", "Account: Account ID", "客户 ID", "客户编号")
_YES = ("true", "1", "yes", "是", "真")
_NO = ("false", "0", "no", "否", "假")

ACCOUNTS = Thing(
    name="Account",
    columns={
        "account_id": field("Id", "Account ID", "客户 ID", "客户编号"),
        "name": field("Name", "Account Name", "客户名", "客户名称"),
        "industry": field("Industry", "Industry", "行业"),
        "region": field("BillingState", "Billing State/Province", "Billing State", "开单州/省", "账单省/自治区/直辖市"),
        "owner": field(*_OWNER, "Account Owner", "客户所有人"),
        "status": field(
            "Type",
            "Type",
            "Account Type",
            "类型",
            "客户类型",
            words={
                "Customer": "active",
                "Customer - Direct": "active",
                "Customer - Channel": "active",
                "客户": "active",
                "客户 - 直接": "active",
                "客户 - 渠道": "active",
                "Prospect": "prospect",
                "潜在客户": "prospect",
                "Former Customer": "inactive",
            },
            otherwise=BLANK,
        ),
        "created_at": _CREATED,
    },
)

CONTACTS = Thing(
    name="Contact",
    columns={
        "contact_id": field("Id", "Contact ID", "联系人 ID", "联系人编号"),
        "account_id": _ACCOUNT,
        "name": (
            field("Name", "Full Name", "Contact Name", "全名", "姓名", "联系人姓名"),
            field(None, "First Name", "名字", then=field(None, "Last Name", "姓氏", "姓")),
        ),
        "position": field("Title", "Title", "职务", "头衔"),
        "created_at": _CREATED,
    },
)

_STAGES = {"Closed Won": "won", "已结束且赢得": "won", "已赢得": "won", "Closed Lost": "lost", "已结束但丢失": "lost", "已丢失": "lost"}
_CLOSE = ("CloseDate", "Close Date", "结束日期")

OPPORTUNITIES = Thing(
    name="Opportunity",
    columns={
        "opportunity_id": field("Id", "Opportunity ID", "业务机会 ID", "业务机会编号"),
        "account_id": _ACCOUNT,
        "name": field("Name", "Opportunity Name", "业务机会名", "业务机会名称"),
        "stage": field("StageName", "Stage", "阶段"),
        "amount": field("Amount", "Amount", "金额"),
        "probability": field("Probability", "Probability (%)", "可能性 (%)", factor=0.01),
        "status": (
            field("IsWon", "Won", "已赢得", words=dict.fromkeys(_YES, "won")),
            field("IsClosed", "Closed", "已结束", words={**dict.fromkeys(_YES, "lost"), **dict.fromkeys(_NO, "open")}),
            field("StageName", "Stage", "阶段", words=_STAGES, otherwise="open"),
        ),
        "owner": field(*_OWNER, "Opportunity Owner", "业务机会所有人"),
        "created_at": _CREATED,
        "expected_on": field(*_CLOSE),
        "closed_at": field(*_CLOSE, when=("status", ("won", "lost"))),
    },
)

TICKETS = Thing(
    name="Case",
    columns={
        "ticket_id": field("Id", "Case ID", "个案 ID", "Case Number", "个案编号"),
        "account_id": _ACCOUNT,
        "subject": field("Subject", "Subject", "主题"),
        "severity": field(
            "Priority",
            "Priority",
            "优先级",
            words={
                "Low": "low",
                "Medium": "medium",
                "High": "high",
                "Critical": "critical",
                "低": "low",
                "中": "medium",
                "高": "high",
                "紧急": "critical",
            },
        ),
        "category": (field("Type", "Type", "类型"), field("Reason", "Case Reason", "个案原因")),
        "status": (
            field("IsClosed", "Closed", "已结束", "已关闭", words={**dict.fromkeys(_YES, "closed"), **dict.fromkeys(_NO, "open")}),
            field("Status", "Status", "状态", words={"Closed": "closed", "已关闭": "closed", "已结束": "closed"}, otherwise="open"),
        ),
        "opened_at": field("CreatedDate", "Date/Time Opened", "Opened Date", "Created Date", "打开日期/时间", "打开日期", "创建日期"),
        "closed_at": field("ClosedDate", "Date/Time Closed", "Closed Date", "关闭日期/时间", "关闭日期", "结束日期"),
        "owner": field(*_OWNER, "Case Owner", "个案所有人"),
    },
)

SURVEYS = Thing(
    name="SurveyQuestionResponse",
    columns={
        "survey_id": field("Id", "Survey Question Response ID"),
        "contact_id": field("Invitation.ParticipantId", "Participant ID", "Contact ID", "联系人 ID"),
        "account_id": field(None, "Account ID", "客户 ID"),
        "sent_at": field("Invitation.CreatedDate", "Invitation: Created Date"),
        "answered_at": field("Response.CompletionDateTime", "Completion Date", "完成日期"),
        "score": field("NumberValue", "Number Value", "Response Value"),
        "comment": field("ResponseShortText", "Response Short Text"),
    },
)

ORDERS = Thing(
    name="Order",
    columns={
        "order_id": field("Id", "Order ID", "订单 ID", "Order Number", "订单编号", "订单号"),
        "account_id": _ACCOUNT,
        "amount": field("TotalAmount", "Order Amount", "Total Amount", "订单金额"),
        "status": field("Status", "Status", "状态"),
        "ordered_at": field("EffectiveDate", "Order Start Date", "订单开始日期"),
    },
)

_DONE = {"Completed": "done", "已完成": "done", "Deferred": "cancelled", "已推迟": "cancelled", "已延期": "cancelled"}

TASKS = Thing(
    name="Task",
    columns={
        "activity_id": field("Id", "Activity ID", "活动 ID", "Task ID"),
        "account_id": _ACCOUNT,
        "kind": (
            field(
                "Type",
                "Type",
                "类型",
                words={"Call": "call", "Email": "mail", "Meeting": "meeting", "Visit": "visit", "电话": "call", "会议": "meeting"},
            ),
            field(
                "TaskSubtype",
                "Task Subtype",
                "任务子类型",
                words={"Call": "call", "Email": "mail", "ListEmail": "mail", "电话": "call", "电子邮件": "mail"},
                otherwise=BLANK,
            ),
        ),
        "status": field("Status", "Status", "状态", words=_DONE, otherwise="planned"),
        "owner": field(*_OWNER, "Assigned", "Assigned To", "已分配", "分配给"),
        "planned_at": field("ActivityDate", "Date", "Due Date", "日期", "到期日期"),
        "done_at": field("CompletedDateTime", "Completed Date/Time", "Completed Date", "完成日期/时间", "完成日期"),
    },
)

EVENTS = Thing(
    name="Event",
    columns={
        "activity_id": field("Id", "Activity ID", "活动 ID", "Event ID"),
        "account_id": _ACCOUNT,
        "kind": field(
            "Type",
            "Type",
            "类型",
            words={"Call": "call", "Email": "mail", "Meeting": "meeting", "Visit": "visit"},
            blank="meeting",
            otherwise="meeting",
        ),
        "owner": field(*_OWNER, "Assigned", "已分配"),
        "planned_at": field("StartDateTime", "Start", "Start Date", "开始"),
        "done_at": field("EndDateTime", "End", "End Date", "结束"),
    },
)

THINGS = {
    "accounts": (ACCOUNTS,),
    "contacts": (CONTACTS,),
    "opportunities": (OPPORTUNITIES,),
    "tickets": (TICKETS,),
    "surveys": (SURVEYS,),
    "orders": (ORDERS,),
    "activities": (TASKS, EVENTS),
}
