"""How five CRMs export the records of a company: each with its own headings, words, dates and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from company import Record

Words = Mapping[str, str]
Cell = str | Callable[[Record], object]
"""the column that a cell comes from, or how it is made of a record"""


@dataclass(frozen=True, slots=True)
class Export:
    """How a system exports one object: its headings and where their cells come from, and its words by heading."""

    columns: Mapping[str, Cell]
    words: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class System:
    """How a system writes exports: kind of file, encoding, moments and days, which workbooks keep as they are where no form is given."""

    suffix: str
    moment: str | None
    day: str | None
    exports: Mapping[str, Export]
    encoding: str = "utf-8"

    def rows(self, shape: str, records: Iterable[Record]) -> list[list[object]]:
        """The header and the rows of an export."""
        export = self.exports[shape]
        return [
            list(export.columns),
            *([self._cell(export, heading, cell, each) for heading, cell in export.columns.items()] for each in records),
        ]

    def _cell(self, export: Export, heading: str, cell: Cell, record: Record) -> object:
        value = cell(record) if callable(cell) else record[cell]
        if isinstance(value, datetime):
            form = self.day if callable(cell) or cell.endswith("_on") or cell in DAYS else self.moment
            return value if form is None else value.strftime(form)
        return export.words.get(heading, {}).get(str(value), value)


DAYS = frozenset({"ordered_at", "planned_at", "done_at"})
"""moments that the made-up company knows the day of, and no more"""


def _stage(won: str, lost: str, open: str) -> dict[str, str]:
    return {"won": won, "lost": lost, "open": open}


_ENGLISH_KIND = {"call": "Call", "visit": "Visit", "meeting": "Meeting", "mail": "Email"}
_CHINESE_KIND = {"call": "电话", "visit": "拜访", "meeting": "会议", "mail": "邮件"}
_CHINESE_CHANNEL = {"phone": "电话", "visit": "拜访", "online": "在线", "mail": "邮件"}

ZOHO = System(
    suffix=".csv",
    moment="%Y-%m-%d %H:%M:%S",
    day="%Y-%m-%d",
    exports={
        "accounts": Export(
            {
                "Record Id": "account_id",
                "Account Name": "name",
                "Account Owner": "owner",
                "Account Type": "status",
            },
            {"Account Type": {"active": "Customer", "prospect": "Prospect"}},
        ),
        "contacts": Export({"Record Id": "contact_id", "Account Name.id": "account_id", "Full Name": "name", "Title": "position"}),
        "opportunities": Export(
            {
                "Record Id": "opportunity_id",
                "Deal Name": "name",
                "Account Name.id": "account_id",
                "Amount": "amount",
                "Stage": "status",
                "Probability (%)": lambda record: f"{record['probability'] * 100:.0f}",
                "Closing Date": "expected_on",
            },
            {"Stage": _stage("Closed Won", "Closed Lost", "Negotiation/Review")},
        ),
        "tickets": Export(
            {
                "Record Id": "ticket_id",
                "Account Name.id": "account_id",
                "Subject": "subject",
                "Priority": "severity",
                "Status": "status",
                "Created Time": "opened_at",
                "First Response Time": "responded_at",
                "Closed Time": "closed_at",
            },
            {
                "Priority": {"low": "Low", "medium": "Medium", "high": "High", "critical": "Critical"},
                "Status": {"closed": "Closed", "open": "New"},
            },
        ),
        "surveys": Export(
            {
                "Record Id": "survey_id",
                "Account Name.id": "account_id",
                "Channel": "channel",
                "Sent Time": "sent_at",
                "Response Time": "answered_at",
                "Score": "score",
            },
            {"Channel": {"mail": "Email", "phone": "Phone", "online": "Web", "visit": "Visit"}},
        ),
        "orders": Export({"Record Id": "order_id", "Account Name.id": "account_id", "Grand Total": "amount", "Order Date": "ordered_at"}),
        "activities": Export(
            {
                "Record Id": "activity_id",
                "Related To.id": "account_id",
                "Subject": "kind",
                "Status": "status",
                "Task Owner": "owner",
                "Due Date": "planned_at",
                "Closed Time": "done_at",
            },
            {"Subject": _ENGLISH_KIND, "Status": {"done": "Completed", "planned": "Not Started", "cancelled": "Deferred"}},
        ),
    },
)

SALESFORCE = System(
    suffix=".xlsx",
    moment=None,
    day=None,
    exports={
        "accounts": Export(
            {"客户 ID": "account_id", "客户名": "name", "客户所有人": "owner", "类型": "status", "创建日期": "created_at"},
            {"类型": {"active": "客户 - 直接", "prospect": "潜在客户"}},
        ),
        "contacts": Export({"联系人 ID": "contact_id", "客户 ID": "account_id", "全名": "name", "职务": "position"}),
        "opportunities": Export(
            {
                "业务机会 ID": "opportunity_id",
                "客户 ID": "account_id",
                "业务机会名": "name",
                "阶段": "status",
                "金额": "amount",
                "可能性 (%)": lambda record: record["probability"] * 100,
                "结束日期": "expected_on",
            },
            {"阶段": _stage("已结束且赢得", "已结束但丢失", "谈判")},
        ),
        "tickets": Export(
            {
                "个案编号": "ticket_id",
                "客户 ID": "account_id",
                "优先级": "severity",
                "状态": "status",
                "打开日期/时间": "opened_at",
                "关闭日期/时间": "closed_at",
            },
            {"优先级": {"low": "低", "medium": "中", "high": "高", "critical": "紧急"}, "状态": {"closed": "已关闭", "open": "处理中"}},
        ),
        "surveys": Export(
            {"Survey Question Response ID": "survey_id", "客户 ID": "account_id", "完成日期": "answered_at", "Number Value": "score"},
        ),
        "orders": Export({"订单号": "order_id", "客户 ID": "account_id", "订单金额": "amount", "订单开始日期": "ordered_at"}),
        "activities": Export(
            {
                "活动 ID": "activity_id",
                "客户 ID": "account_id",
                "类型": "kind",
                "状态": "status",
                "已分配": "owner",
                "日期": "planned_at",
                "完成日期": "done_at",
            },
            {
                "类型": {"call": "电话", "visit": "Visit", "meeting": "会议", "mail": "Email"},
                "状态": {"done": "已完成", "planned": "未开始", "cancelled": "已推迟"},
            },
        ),
    },
)

HUBSPOT = System(
    suffix=".csv",
    moment="%Y-%m-%d %H:%M",
    day="%Y/%m/%d",
    exports={
        "accounts": Export(
            {
                "Record ID": "account_id",
                "Company name": "name",
                "Company owner": "owner",
                "Lifecycle Stage": "status",
            },
            {"Lifecycle Stage": {"active": "Customer", "prospect": "Opportunity"}},
        ),
        "contacts": Export(
            {"Record ID": "contact_id", "Associated Company IDs": "account_id", "First Name": "name", "Job Title": "position"}
        ),
        "opportunities": Export(
            {
                "Record ID": "opportunity_id",
                "Deal Name": "name",
                "Deal Stage": "status",
                "Close Date": "expected_on",
                "Amount": lambda record: f"{record['amount']:,}",
                "Deal probability": "probability",
                "Associated Company IDs (Primary)": "account_id",
            },
            {"Deal Stage": _stage("Closed Won", "Closed Lost", "Contract Sent")},
        ),
        "tickets": Export(
            {
                "Ticket ID": "ticket_id",
                "Ticket name": "subject",
                "Priority": "severity",
                "Create Date": "opened_at",
                "First agent email response date": "responded_at",
                "Close Date": "closed_at",
                "Associated Company IDs": lambda record: f"{record['account_id']};A9999",
            },
            {"Priority": {"low": "Low", "medium": "Medium", "high": "High", "critical": "Urgent"}},
        ),
        "surveys": Export(
            {
                "Record ID": "survey_id",
                "Associated Company IDs": "account_id",
                "Survey Channel": "channel",
                "Sent Date": "sent_at",
                "Submission Date": "answered_at",
                "Rating": "score",
            },
            {"Survey Channel": {"mail": "email", "phone": "phone", "online": "web_page", "visit": "visit"}},
        ),
        "orders": Export(
            {
                "Record ID": "order_id",
                "Associated Company IDs": "account_id",
                "Total Price": "amount",
                "External Created Date": "ordered_at",
            }
        ),
        "activities": Export(
            {
                "Record ID": "activity_id",
                "Associated Company IDs": "account_id",
                "Meeting outcome": "status",
                "Activity assigned to": "owner",
                "Meeting start time": "planned_at",
                "Meeting end time": "done_at",
            },
            {"Meeting outcome": {"done": "Completed", "planned": "Scheduled", "cancelled": "Canceled"}},
        ),
    },
)

FXIAOKE = System(
    suffix=".csv",
    encoding="gb18030",
    moment="%Y-%m-%d %H:%M",
    day="%Y年%m月%d日",
    exports={
        "accounts": Export(
            {"唯一性ID": "account_id", "客户名称": "name", "负责人": "owner", "成交状态": "status", "创建时间": "created_at"},
            {"成交状态": {"active": "多次成交", "prospect": "未成交"}},
        ),
        "contacts": Export({"唯一性ID": "contact_id", "客户ID": "account_id", "姓名": "name", "职务": "position"}),
        "opportunities": Export(
            {
                "唯一性ID": "opportunity_id",
                "商机名称": "name",
                "客户ID": "account_id",
                "商机金额": "amount",
                "商机状态": "status",
                "赢率": lambda record: f"{record['probability']:.0%}",
                "预计成交日期": "expected_on",
            },
            {"商机状态": _stage("赢单", "输单", "进行中")},
        ),
        "tickets": Export(
            {
                "工单编号": "ticket_id",
                "客户ID": "account_id",
                "工单主题": "subject",
                "优先级": "severity",
                "工单状态": "status",
                "创建时间": "opened_at",
                "首次响应时间": "responded_at",
                "关闭时间": "closed_at",
            },
            {
                "优先级": {"low": "低", "medium": "中", "high": "高", "critical": "非常紧急"},
                "工单状态": {"closed": "已关闭", "open": "处理中"},
            },
        ),
        "surveys": Export(
            {
                "答卷ID": "survey_id",
                "客户ID": "account_id",
                "渠道": "channel",
                "发送时间": "sent_at",
                "答复时间": "answered_at",
                "评分": "score",
            },
            {"渠道": _CHINESE_CHANNEL},
        ),
        "orders": Export({"销售订单编号": "order_id", "客户ID": "account_id", "销售订单金额(元)": "amount", "下单日期": "ordered_at"}),
        "activities": Export(
            {
                "唯一性ID": "activity_id",
                "客户ID": "account_id",
                "跟进类型": "kind",
                "状态": "status",
                "负责人": "owner",
                "计划时间": "planned_at",
                "完成时间": "done_at",
            },
            {"跟进类型": _CHINESE_KIND, "状态": {"done": "已完成", "planned": "未开始", "cancelled": "已取消"}},
        ),
    },
)

KINGDEE = System(
    suffix=".xlsx",
    moment="%Y-%m-%d %H:%M:%S",
    day=None,
    exports={
        "accounts": Export(
            {"客户编码": "account_id", "客户名称": "name", "销售员": "owner", "禁用状态": "status", "创建日期": "created_at"},
            {"禁用状态": {"active": "否", "prospect": "否"}},
        ),
        "contacts": Export({"联系人编码": "contact_id", "所属公司编码": "account_id", "姓名": "name", "职务": "position"}),
        "opportunities": Export(
            {
                "单据编号": "opportunity_id",
                "客户编码": "account_id",
                "商机名称": "name",
                "预计金额": "amount",
                "关闭状态": "status",
                "赢率(%)": lambda record: record["probability"] * 100,
                "预计成交日期": "expected_on",
                "关闭日期": "closed_at",
            },
            {"关闭状态": _stage("赢单", "输单", "未关闭")},
        ),
        "tickets": Export(
            {
                "单据编号": "ticket_id",
                "客户编码": "account_id",
                "问题描述": "subject",
                "紧急程度": "severity",
                "服务状态": "status",
                "受理时间": "opened_at",
                "响应时间": "responded_at",
                "完成时间": "closed_at",
            },
            {
                "紧急程度": {"low": "低", "medium": "一般", "high": "紧急", "critical": "特急"},
                "服务状态": {"closed": "已完成", "open": "处理中"},
            },
        ),
        "surveys": Export(
            {
                "单据编号": "survey_id",
                "客户编码": "account_id",
                "回访方式": "channel",
                "发送时间": "sent_at",
                "回访时间": "answered_at",
                "得分": "score",
            },
            {"回访方式": {"mail": "邮件", "phone": "电话", "online": "微信", "visit": "上门"}},
        ),
        "orders": Export({"单据编号": "order_id", "客户编码": "account_id", "价税合计": "amount", "日期": "ordered_at"}),
        "activities": Export(
            {
                "单据编号": "activity_id",
                "客户编码": "account_id",
                "活动类型": "kind",
                "活动状态": "status",
                "销售员": "owner",
                "计划时间": "planned_at",
                "实际时间": "done_at",
            },
            {
                "活动类型": {"call": "电话回访", "visit": "上门拜访", "meeting": "会议", "mail": "邮件"},
                "活动状态": {"done": "已完成", "planned": "未开始", "cancelled": "已取消"},
            },
        ),
    },
)

SYSTEMS = {"zoho": ZOHO, "salesforce": SALESFORCE, "hubspot": HUBSPOT, "fxiaoke": FXIAOKE, "kingdee": KINGDEE}
