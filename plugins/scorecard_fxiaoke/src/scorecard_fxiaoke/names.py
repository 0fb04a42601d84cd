"""What Fxiaoke calls things: objects and fields of its API, headings of its exports in Chinese and English.

Fields by their apiName. One that is chosen from a list has the option's value under its name and what people read under the
name with `__r`; an employee's name is `owner__r.name`. Headings are the labels of a new enterprise; one that renamed fields, or
uses fields of its own (`field_x__c`), says so with `fields:`.
"""

from __future__ import annotations

from scorecard.crm import BLANK, Field, Thing, field

MILLISECONDS = 1000
_ID = ("_id", "数据ID", "唯一性ID", "ID", "Data ID", "Record ID")
_ACCOUNT = field("account_id", "客户ID", "客户唯一性ID", "客户名称（唯一性ID）", "Customer ID", "Account ID")
_OWNER = field("owner__r.name", "负责人", "负责人（必填）", "Owner")
_CREATED = field("create_time", "创建时间", "Created Time", epoch=MILLISECONDS)


def _chosen(name: str, *headings: str, **more: object) -> tuple[Field, Field]:
    """A field that is chosen from a list: what people read where the API says it, else the option's value."""
    return field(f"{name}__r", *headings, **more), field(name, *headings, **more)


ACCOUNTS = Thing(
    name="AccountObj",
    columns={
        "account_id": field(*_ID, "客户ID", "Customer ID"),
        "name": field("name", "客户名称", "客户名称（必填）", "Customer Name", "Account Name"),
        "tier": _chosen("account_level", "客户级别", "客户等级", "Customer Level"),
        "industry": _chosen("industry", "行业", "1级行业", "Industry"),
        "region": _chosen("province", "省", "省份", "Province"),
        "owner": _OWNER,
        "status": field(
            "deal_status",
            "成交状态",
            "Deal Status",
            words={
                **dict.fromkeys(("1", "未成交", "Not Closed"), "prospect"),
                **dict.fromkeys(("2", "3", "已成交", "多次成交", "Closed", "Multiple Deals"), "active"),
                **dict.fromkeys(("已流失", "Lost"), "inactive"),
            },
            otherwise=BLANK,
        ),
        "created_at": _CREATED,
    },
)

CONTACTS = Thing(
    name="ContactObj",
    columns={
        "contact_id": field(*_ID, "联系人ID", "Contact ID"),
        "account_id": _ACCOUNT,
        "name": field("name", "姓名", "姓名（必填）", "联系人姓名", "Name"),
        "position": field("job_title", "职务", "Job Title"),
        "created_at": _CREATED,
    },
)

_SALES_STATUS = {
    **dict.fromkeys(("1", "进行中", "running", "In Progress"), "open"),
    **dict.fromkeys(("2", "赢单", "已赢单", "Won"), "won"),
    **dict.fromkeys(("3", "输单", "已输单", "Lost"), "lost"),
    **dict.fromkeys(("4", "无效", "Invalid"), BLANK),
}
_CLOSE = ("预计成交日期", "预计成交时间", "结单日期", "Expected Closing Date", "Closing Date")


def _opportunities(name: str, stage: tuple[Field, ...], status: tuple[str, ...], amount: str, close: str, won: str | None) -> Thing:
    closed = ("won", "lost")
    return Thing(
        name=name,
        columns={
            "opportunity_id": field(*_ID, "商机ID", "Opportunity ID"),
            "account_id": _ACCOUNT,
            "name": field("name", "商机名称", "Opportunity Name"),
            "stage": stage,
            "amount": field(amount, "商机金额", "预计成交金额", "Opportunity Amount", "Amount"),
            "probability": field("probability", "赢率", "赢率（%）", "Win Rate", "Probability", factor=0.01),
            "status": tuple(field(each, "商机状态", "状态", "Opportunity Status", "Status", words=_SALES_STATUS) for each in status),
            "owner": _OWNER,
            "created_at": _CREATED,
            "expected_on": field(close, *_CLOSE, epoch=MILLISECONDS),
            "closed_at": (
                field(won, "实际成交日期", "结单时间", "Actual Closing Date", epoch=MILLISECONDS, when=("status", closed)),
                field(close, *_CLOSE, epoch=MILLISECONDS, when=("status", closed)),
            ),
        },
    )


NEW_OPPORTUNITIES = _opportunities(
    "NewOpportunityObj",
    _chosen("sales_stage", "商机阶段", "销售阶段", "Sales Stage", "Stage"),
    ("sales_status__r", "sales_status"),
    "amount",
    "close_date",
    None,
)
OPPORTUNITIES = _opportunities(
    "OpportunityObj",
    _chosen("oppo_stage_id", "销售阶段", "Sales Stage", "Stage"),
    ("status", "biz_status"),
    "expected_deal_amount",
    "expected_deal_closed_date",
    None,
)

CASES = Thing(
    name="CasesObj",
    columns={
        "ticket_id": field(*_ID, "工单ID", "工单编号", "Case ID", "Case Number"),
        "account_id": _ACCOUNT,
        "subject": field("name", "工单主题", "工单名称", "Case Name", "Subject"),
        "severity": _chosen(
            "priority",
            "优先级",
            "紧急程度",
            "Priority",
            words={
                **dict.fromkeys(("低", "Low"), "low"),
                **dict.fromkeys(("中", "普通", "一般", "Medium", "Normal"), "medium"),
                **dict.fromkeys(("高", "紧急", "High", "Urgent"), "high"),
                **dict.fromkeys(("非常紧急", "特急", "Critical", "Very Urgent"), "critical"),
            },
        ),
        "category": _chosen("case_type", "工单类型", "问题类型", "Case Type"),
        "status": _chosen(
            "case_status",
            "工单状态",
            "状态",
            "Case Status",
            "Status",
            words=dict.fromkeys(("已关闭", "已完成", "已完结", "closed", "Completed"), "closed"),
            otherwise="open",
        ),
        "contacts": field(None, "联系次数", "沟通次数", "Contact Count"),
        "opened_at": field("create_time", "创建时间", "提单时间", "Created Time", epoch=MILLISECONDS),
        "responded_at": field("first_response_time", "首次响应时间", "响应时间", "First Response Time", epoch=MILLISECONDS),
        "closed_at": field("close_time", "关闭时间", "完成时间", "完结时间", "Closed Time", epoch=MILLISECONDS),
        "owner": _OWNER,
    },
)

SURVEYS = Thing(
    name="",
    columns={
        "survey_id": field(*_ID, "答卷ID", "调查编号", "Survey ID"),
        "account_id": _ACCOUNT,
        "contact_id": field("contact_id", "联系人ID", "Contact ID"),
        "channel": field(
            None,
            "渠道",
            "回访方式",
            "Channel",
            words={
                **dict.fromkeys(("邮件", "Email"), "mail"),
                **dict.fromkeys(("电话", "Call"), "phone"),
                **dict.fromkeys(("在线", "微信", "短信", "H5", "Web"), "online"),
                **dict.fromkeys(("拜访", "上门"), "visit"),
            },
        ),
        "sent_at": field(None, "发送时间", "Sent Time", epoch=MILLISECONDS),
        "answered_at": (
            field(None, "答复时间", "提交时间", "回访时间", "Response Time", epoch=MILLISECONDS),
            field("create_time", "创建时间", "Created Time", epoch=MILLISECONDS),
        ),
        "score": field(None, "评分", "得分", "满意度评分", "推荐分", "Score"),
        "comment": field(None, "意见", "备注", "反馈意见", "Comment"),
    },
)

ORDERS = Thing(
    name="SalesOrderObj",
    columns={
        "order_id": field(*_ID, "订单ID", "销售订单编号", "订单编号", "Order ID", "Order Number"),
        "account_id": _ACCOUNT,
        "amount": field("order_amount", "销售订单金额(元)", "销售订单金额", "订单金额", "Order Amount"),
        "status": _chosen("order_status", "订单状态", "状态", "Order Status", "Status"),
        "ordered_at": (
            field("order_time", "下单日期", "下单时间", "Order Date", epoch=MILLISECONDS),
            _CREATED,
        ),
    },
)

_KIND = {
    **dict.fromkeys(("电话", "电话沟通", "Call", "Phone"), "call"),
    **dict.fromkeys(("拜访", "现场拜访", "上门拜访", "外勤", "Visit"), "visit"),
    **dict.fromkeys(("会议", "在线会议", "线上会议", "Meeting"), "meeting"),
    **dict.fromkeys(("邮件", "Email"), "mail"),
}
_DONE = {
    **dict.fromkeys(("未开始", "计划", "待执行", "进行中", "Not Started"), "planned"),
    **dict.fromkeys(("已完成", "完成", "Completed"), "done"),
    **dict.fromkeys(("已取消", "取消", "作废", "Canceled"), "cancelled"),
}
_PLANNED = ("计划时间", "计划拜访时间", "计划回访时间", "Planned Time")
_MADE = ("完成时间", "实际时间", "签到时间", "跟进时间", "Completed Time")

ACTIVE_RECORDS = Thing(
    name="ActiveRecordObj",
    columns={
        "activity_id": field(*_ID, "销售记录ID"),
        "account_id": _ACCOUNT,
        "kind": (
            *_chosen("interactive_types", "互动方式", words=_KIND),
            *_chosen("active_record_type", "跟进类型", "销售记录类型", "类型", "Type", words=_KIND, otherwise=BLANK),
        ),
        "status": (field(None, "状态", "计划状态", "Status", words=_DONE), field(None, constant="done")),
        "owner": _OWNER,
        "planned_at": (field(None, *_PLANNED), _CREATED),
        "done_at": (
            field(None, *_MADE, when=("status", ("done",))),
            field("create_time", "创建时间", "Created Time", epoch=MILLISECONDS, when=("status", ("done",))),
        ),
    },
)


def _visits(name: str, kind: str, account: str, planned: str, done: str) -> Thing:
    return Thing(
        name=name,
        columns={
            "activity_id": field(*_ID),
            "account_id": field(account, "客户ID", "Customer ID", "Account ID"),
            "kind": field(None, constant=kind),
            "status": _chosen("status", "状态", "计划状态", "Status", words=_DONE, otherwise="planned"),
            "owner": _OWNER,
            "planned_at": field(planned, *_PLANNED, "开始时间", epoch=MILLISECONDS),
            "done_at": field(done, *_MADE, "结束时间", epoch=MILLISECONDS, when=("status", ("done",))),
        },
    )


CHECKINS = _visits("CheckinsObj", "visit", "customer_id", "plan_time", "checkin_time")
SCHEDULES = _visits("ScheduleObj", "meeting", "account_id", "begin_time", "end_time")

THINGS = {
    "accounts": (ACCOUNTS,),
    "contacts": (CONTACTS,),
    "opportunities": (NEW_OPPORTUNITIES, OPPORTUNITIES),
    "tickets": (CASES,),
    "surveys": (SURVEYS,),
    "orders": (ORDERS,),
    "activities": (ACTIVE_RECORDS, CHECKINS, SCHEDULES),
}
