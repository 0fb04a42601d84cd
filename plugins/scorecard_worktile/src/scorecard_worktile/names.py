"""What Worktile calls things: lists and fields of its API, headings of its exports in Chinese and English.

A list is the end of its address (`mission/get-projects-by-page`). Of a task, properties are under `properties`, and a day is
`properties.due.date`, in seconds since 1970.
"""

from __future__ import annotations

from scorecard.crm import Thing, field

SECONDS = 1
_ID = "_id"
_PERCENT = 0.01
_PROJECT = field("project_id", "项目ID", "所属项目ID", "项目编号", "Project ID")
_STATES = {
    **dict.fromkeys(("未开始", "进行中", "打开", "正常", "有风险", "已延期", "Not Started", "In Progress", "Open"), "open"),
    **dict.fromkeys(("已完成", "完成", "已关闭", "已验收", "已发布", "Completed", "Done", "Closed"), "done"),
    **dict.fromkeys(("已取消", "取消", "已终止", "挂起", "Canceled", "Cancelled"), "cancelled"),
}

PROJECTS = Thing(
    name="mission/get-projects-by-page",
    columns={
        "project_id": field(_ID, "项目ID", "项目编号", "编号", "Project ID", "ID"),
        "account_id": field(None, "客户编号", "客户ID", "Customer ID"),
        "name": field("name", "项目名称", "名称", "Project Name", "Name"),
        "status": (
            field("state.name", "项目状态", "状态", "Status", words=_STATES),
            field("is_archived", "是否归档", "Archived", words={"1": "done", "true": "done", "是": "done", "0": "open", "false": "open"}),
        ),
        "progress": field("progress", "进度", "项目进度", "完成进度", "Progress", factor=_PERCENT),
        "owner": field("ext.assignee", "负责人", "项目负责人", "Owner", "Assignee"),
        "started_on": field("ext.start", "开始时间", "开始日期", "Start Date", epoch=SECONDS),
        "due_on": field("ext.due", "截止时间", "截止日期", "Due Date", epoch=SECONDS),
        "done_on": field("completed_at", "完成时间", "实际完成时间", "Completed At", epoch=SECONDS),
    },
)

GOALS = Thing(
    name="",
    columns={
        "goal_id": field(_ID, "目标ID", "编号", "Goal ID", "ID"),
        "project_id": _PROJECT,
        "name": field("title", "目标", "目标名称", "关键结果", "标题", "Objective", "Key Result", "Title"),
        "owner": field("assignee", "负责人", "Owner", "Assignee"),
        "target": field("target_value", "目标值", "Target Value", "Target"),
        "value": field("current_value", "当前值", "Current Value", "Current"),
        "progress": field("progress", "进度", "完成度", "Progress", factor=_PERCENT),
        "started_on": field("start", "开始时间", "开始日期", "Start Date", epoch=SECONDS),
        "due_on": field("due", "截止时间", "截止日期", "结束时间", "Due Date", epoch=SECONDS),
    },
)

TASKS = Thing(
    name="mission/get-project-tasks-by-page",
    columns={
        "task_id": field(_ID, "任务ID", "编号", "任务编号", "Task ID", "ID", "identifier"),
        "project_id": _PROJECT,
        "name": field("title", "标题", "任务标题", "任务", "Title", "Task"),
        "status": field("completed_at", "完成时间", "实际完成时间", "Completed At", filled="done", blank="open"),
        "owner": field("properties.assignee", "负责人", "Assignee", "Owner"),
        "due_on": field("properties.due.date", "截止时间", "截止日期", "Due Date", epoch=SECONDS),
        "done_on": field("completed_at", "完成时间", "实际完成时间", "Completed At", epoch=SECONDS),
        "weight": field("properties.weight", "权重", "Weight"),
    },
)

THINGS = {"projects": (PROJECTS,), "goals": (GOALS,), "tasks": (TASKS,)}
