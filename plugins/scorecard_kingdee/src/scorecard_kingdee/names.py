"""What Kingdee Cloud Galaxy calls things: forms and keys of its web API, headings of its lists in Chinese and English.

Keys as the metadata of a form has them; a property of a record that a key points to is behind a point (`FCustId.FNumber`).
A customer is known by its number (客户编码) everywhere. Bills that an implementation added, and keys of its own (`F_x_y`), come
in with `called:` and `fields:`.
"""

from __future__ import annotations

from scorecard.crm import BLANK, Field, Thing, field

_BILL = ("FBillNo", "单据编号", "Bill No.", "Bill Number")
_CREATED = field("FCreateDate", "创建日期", "创建时间", "Created Date", "Create Date")
_NUMBER_OF_CUSTOMER = ("客户编码", "客户.编码", "客户代码", "Customer Code", "Customer.Code")


def _of_customer(key: str | None) -> Field:
    return field(key, *_NUMBER_OF_CUSTOMER)


ACCOUNTS = Thing(
    name="BD_Customer",
    columns={
        "account_id": field("FNumber", "编码", *_NUMBER_OF_CUSTOMER, "Code"),
        "name": field("FName", "名称", "客户名称", "Name", "Customer Name"),
        "tier": field("FCustTypeId.FName", "客户类别", "客户级别", "Customer Type"),
        "industry": field(None, "行业", "所属行业", "Industry"),
        "region": field("FPROVINCIAL.FDataValue", "地区", "省份", "Province"),
        "owner": field("FSELLER.FName", "销售员", "Salesperson"),
        "status": field(
            "FForbidStatus",
            "禁用状态",
            "Disable Status",
            "Disabled",
            words={
                **dict.fromkeys(("A", "否", "No"), "active"),
                **dict.fromkeys(("B", "是", "Yes"), "inactive"),
            },
        ),
        "created_at": _CREATED,
    },
)

CONTACTS = Thing(
    name="BD_CommonContact",
    columns={
        "contact_id": field("FNumber", "编码", "联系人编码", "Code", "Contact Code"),
        "account_id": field("FCompany.FNumber", "所属公司编码", "所属公司.编码", *_NUMBER_OF_CUSTOMER, "Company Code"),
        "name": field("FName", "姓名", "联系人", "名称", "Name"),
        "position": field("FPost", "职务", "职位", "Post"),
        "active": field(
            "FForbidStatus",
            "禁用状态",
            "Disable Status",
            words={
                **dict.fromkeys(("A", "否", "No"), "yes"),
                **dict.fromkeys(("B", "是", "Yes"), "no"),
            },
        ),
        "created_at": _CREATED,
    },
)

_CLOSE_STATUS = {
    **dict.fromkeys(("A", "未关闭", "进行中", "跟进中", "Not Closed", "Open"), "open"),
    **dict.fromkeys(("B", "赢单", "赢单关闭", "Won"), "won"),
    **dict.fromkeys(("C", "输单", "输单关闭", "Lost"), "lost"),
}
_PLANNED_END = ("预计成交日期", "预计成交时间", "预计结束日期", "Expected Closing Date")
_ENDED = ("关闭日期", "实际成交日期", "成交日期", "Closing Date")

OPPORTUNITIES = Thing(
    name="CRM_OPP_Opportunity",
    columns={
        "opportunity_id": field(*_BILL, "商机编号"),
        "account_id": _of_customer("FCustomerID.FNumber"),
        "name": field("FOPPName", "商机名称", "主题", "Opportunity Name"),
        "stage": field("FPhaseID.FName", "商机阶段", "阶段", "销售阶段", "Stage"),
        "amount": field("FEstimateAmount", "预计金额", "预计成交金额", "商机金额", "Amount"),
        "probability": field("FWinRate", "成功率", "赢率", "赢率(%)", "成功率(%)", "Probability", factor=0.01),
        "status": field("FCloseStatus", "关闭状态", "商机状态", "Close Status", "Status", words=_CLOSE_STATUS),
        "owner": field("FBEMPID.FName", "销售员", "负责人", "Salesperson"),
        "created_at": _CREATED,
        "expected_on": field("FEstimateDate", *_PLANNED_END),
        "closed_at": (
            field("FCloseDate", *_ENDED, when=("status", ("won", "lost"))),
            field(None, *_PLANNED_END, when=("status", ("won", "lost"))),
        ),
    },
)

ORDERS = Thing(
    name="SAL_SaleOrder",
    columns={
        "order_id": field(*_BILL, "订单编号"),
        "account_id": _of_customer("FCustId.FNumber"),
        "amount": field("FBillAllAmount", "价税合计", "价税合计(表头)", "Total Amount", "Amount"),
        "status": (field("FCloseStatus", "关闭状态", "Close Status"), field("FDocumentStatus", "单据状态", "Document Status")),
        "ordered_at": field("FDate", "日期", "单据日期", "Date"),
    },
)

TICKETS = Thing(
    name="",
    columns={
        "ticket_id": field(*_BILL, "服务单号"),
        "account_id": _of_customer(None),
        "subject": field(None, "主题", "问题描述", "Subject"),
        "severity": field(
            None,
            "优先级",
            "紧急程度",
            "严重程度",
            "Priority",
            words={
                **dict.fromkeys(("低", "Low"), "low"),
                **dict.fromkeys(("中", "一般", "Medium"), "medium"),
                **dict.fromkeys(("高", "紧急", "High"), "high"),
                **dict.fromkeys(("特急", "非常紧急", "Critical"), "critical"),
            },
        ),
        "category": field(None, "服务类型", "问题类型", "Service Type"),
        "status": field(
            None,
            "关闭状态",
            "服务状态",
            "处理状态",
            "Status",
            words={
                **dict.fromkeys(("A", "未关闭", "未完成", "处理中", "待处理", "Open"), "open"),
                **dict.fromkeys(("B", "已关闭", "已完成", "Closed"), "closed"),
            },
        ),
        "contacts": field(None, "联系次数", "Contact Count"),
        "opened_at": field("FCreateDate", "报修时间", "受理时间", "服务申请时间", "创建日期", "创建时间", "Created Date"),
        "responded_at": field(None, "响应时间", "首次响应时间", "Response Time"),
        "closed_at": field(None, "关闭时间", "完成时间", "关闭日期", "Closed Time"),
        "owner": field(None, "服务人员", "服务工程师", "负责人", "Engineer"),
    },
)

SURVEYS = Thing(
    name="",
    columns={
        "survey_id": field(*_BILL, "答卷编号"),
        "account_id": _of_customer(None),
        "contact_id": field(None, "联系人编码", "联系人.编码", "Contact Code"),
        "channel": field(
            None,
            "渠道",
            "回访方式",
            "Channel",
            words={
                **dict.fromkeys(("邮件", "Email"), "mail"),
                **dict.fromkeys(("电话", "Phone"), "phone"),
                **dict.fromkeys(("在线", "微信", "Web"), "online"),
                **dict.fromkeys(("上门", "拜访", "Visit"), "visit"),
            },
        ),
        "sent_at": field(None, "发送时间", "Sent Time"),
        "answered_at": (field(None, "答复时间", "回访时间", "提交时间", "Response Time"), _CREATED),
        "score": field(None, "评分", "得分", "满意度", "推荐分", "Score"),
        "comment": field(None, "意见", "备注", "Comment"),
    },
)

ACTIVITIES = Thing(
    name="CRM_Activity",
    columns={
        "activity_id": field(*_BILL, "活动编号"),
        "account_id": _of_customer("FCustomerID.FNumber"),
        "kind": field(
            "FActivityType.FName",
            "活动类型",
            "类型",
            "Type",
            words={
                **dict.fromkeys(("电话", "电话回访", "Call"), "call"),
                **dict.fromkeys(("拜访", "上门拜访", "Visit"), "visit"),
                **dict.fromkeys(("会议", "Meeting"), "meeting"),
                **dict.fromkeys(("邮件", "Email"), "mail"),
            },
            otherwise=BLANK,
        ),
        "status": field(
            "FActivityStatus",
            "状态",
            "活动状态",
            "Status",
            words={
                **dict.fromkeys(("A", "计划", "未开始", "进行中", "Planned"), "planned"),
                **dict.fromkeys(("B", "完成", "已完成", "Done"), "done"),
                **dict.fromkeys(("C", "取消", "已取消", "Cancelled"), "cancelled"),
            },
        ),
        "owner": field("FBEMPID.FName", "销售员", "负责人", "Salesperson"),
        "planned_at": field("FPLANSTARTTIME", "计划开始时间", "计划时间", "Planned Time"),
        "done_at": field("FACTSTARTTIME", "实际开始时间", "实际时间", "Actual Time"),
    },
)

THINGS = {
    "accounts": (ACCOUNTS,),
    "contacts": (CONTACTS,),
    "opportunities": (OPPORTUNITIES,),
    "tickets": (TICKETS,),
    "surveys": (SURVEYS,),
    "orders": (ORDERS,),
    "activities": (ACTIVITIES,),
}
