"""Makes up the client's data: `python generate.py [FOLDER]`. Two workbooks of surveys spelled differently, a register,
tickets exported in GBK and a database of orders, with the flaws that such files have."""

from __future__ import annotations

import csv
import math
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.random import Generator
from openpyxl import Workbook

SEED = 2
FIRST, LAST = date(2024, 10, 1), date(2026, 9, 30)
NAMES = (
    "安康医药", "百盛零售", "北辰电力", "诚丰物流", "大河纺织", "东林食品", "方舟银行", "光合化工",
    "海悦酒店", "恒泰保险", "鸿图汽车", "华信钢铁", "嘉明教育", "京海港务", "凯达电子", "兰亭传媒",
)  # fmt: skip
REGIONS = {"华北": ("李文", "赵敏"), "华东": ("陈宇", "孙佳"), "华南": ("黄睿",), "西部": ("唐可",)}


@dataclass(frozen=True, slots=True)
class Project:
    customer: str
    name: str
    id: str
    tier: str
    region: str
    manager: str
    is_new: bool
    started: date
    ended: date | None
    mood: float
    """how well it goes: 0 as usual, 1 clearly better"""

    def runs_on(self, day: date) -> bool:
        return self.started <= day and (self.ended is None or day <= self.ended)


def projects(chance: Generator) -> list[Project]:
    made: list[Project] = []
    ids = [*(f"C{number:03d}" for number in range(1, len(NAMES))), "C042"]
    for customer, name in zip(ids, NAMES, strict=True):
        tier = str(chance.choice(["战略", "重点", "普通"], p=[0.25, 0.35, 0.4]))
        region = str(chance.choice(list(REGIONS)))
        manager = str(chance.choice(REGIONS[region]))
        mood = float(chance.normal(0.5 if tier == "战略" else 0.1, 0.7))
        is_new = bool(chance.random() < 0.2)
        for _ in range(int(chance.integers(1, 3))):
            first = date(2025, 12, 1) if is_new else date(2023, 3, 1)
            started = first + timedelta(days=int(chance.integers(0, 200 if is_new else 500)))
            ended = date(2026, 5, 15) if chance.random() < 0.06 else None
            own = mood + float(chance.normal(0, 0.4))
            made.append(Project(customer, name, f"P-{len(made) + 1:03d}", tier, region, manager, is_new, started, ended, own))
    return made


def answers(chance: Generator, running: Sequence[Project], first: date, last: date) -> list[list[object]]:
    rows: list[list[object]] = []
    for project in running:
        for _ in range(int(chance.poisson(5))):
            day = _day(chance, first, last)
            channel = str(chance.choice(["邮件", "电话", "销售代填"], p=[0.6, 0.3, 0.1]))
            ratings: list[object] = [int(np.clip(round(chance.normal(4.2 + 0.5 * project.mood, 0.7)), 1, 5)) for _ in range(2)]
            if chance.random() < 0.1:
                ratings[1] = str(chance.choice(["/", "未答"]))
            if chance.random() < 0.05:
                ratings[0] = "１２３４５"[int(str(ratings[0])) - 1]
            if project.runs_on(day):
                rows.append([project.customer, project.id, day, channel, *ratings])
    return rows


def tickets(chance: Generator, running: Sequence[Project]) -> Iterable[list[object]]:
    number = 0
    for project in running:
        for _ in range(int(chance.poisson(26 * math.exp(-0.2 * project.mood)))):
            opened = datetime.combine(_day(chance, FIRST, LAST), datetime.min.time()) + timedelta(minutes=int(chance.integers(480, 1140)))
            severity = str(chance.choice(["严重", "高", "一般"], p=[0.08, 0.25, 0.67]))
            hours = {"严重": 10, "高": 16, "一般": 24}[severity] * math.exp(chance.normal(-0.3 - 0.5 * project.mood, 0.8))
            closed = opened + timedelta(minutes=round(60 * hours))
            stuck = severity == "严重" and opened.date() > date(2026, 8, 1) and chance.random() < 0.6
            if project.runs_on(opened.date()):
                number += 1
                end = "" if stuck or closed.date() > LAST else f"{closed:%Y/%m/%d %H:%M}"
                yield [f"GD{number:05d}", project.customer, project.id, severity, f"{opened:%Y/%m/%d %H:%M}", end]


def orders(chance: Generator, running: Sequence[Project]) -> Iterable[tuple[object, ...]]:
    number = 0
    for project in running:
        size = {"战略": 220_000, "重点": 90_000, "普通": 40_000}[project.tier]
        for month in range(24):
            for _ in range(int(chance.poisson(0.9))):
                day = date(2024 + (9 + month) // 12, (9 + month) % 12 + 1, int(chance.integers(1, 28)))
                amount = round(size * (1 + 0.012 * month) * math.exp(0.1 * project.mood + chance.normal(0, 0.2)), 2)
                status = str(chance.choice(["approved", "draft", "cancelled"], p=[0.9, 0.06, 0.04]))
                if project.runs_on(day):
                    number += 1
                    yield f"SO{number:05d}", project.customer, project.id, day.isoformat(), amount, status


def write(folder: Path) -> None:
    """Writes everything into a folder that exists."""
    chance = np.random.default_rng(SEED)
    running = projects(chance)
    register = ["客户编号", "客户名称", "项目编号", "客户等级", "区域", "客户经理", "是否新客户", "立项日期", "结项日期"]
    rows = [[p.customer, p.name, p.id, p.tier, p.region, p.manager, "是" if p.is_new else "否", p.started, p.ended] for p in running]
    _write_workbook(folder / "项目台账.xlsx", "台账", register, rows)
    halves = {"满意度2026上半年.xlsx": ("客户编号", "填写日期"), "满意度2026下半年.xlsx": ("客户代码", "提交日期")}
    spans = ((date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), LAST))
    for (name, (customer, day)), (first, last) in zip(halves.items(), spans, strict=True):
        header = [customer, "项目编号", day, "渠道", "Q1 总体满意度", "Q2 产品质量"]
        _write_workbook(folder / name, "问卷", header, answers(chance, running, first, last))
    with (folder / "工单导出.csv").open("w", encoding="gbk", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["工单号", "客户编号", "项目编号", "严重程度", "创建时间", "关闭时间"])
        writer.writerows(tickets(chance, running))
    _write_database(folder / "erp.db", orders(chance, running))


def _write_workbook(path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    book.save(path)


def _write_database(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute(
        "create table sales_order (order_no text primary key, customer_id text, project_id text, ordered_on text, amount real, status text)"
    )
    database.executemany("insert into sales_order values (?, ?, ?, ?, ?, ?)", rows)
    database.commit()
    database.close()


def _day(chance: Generator, first: date, last: date) -> date:
    return first + timedelta(days=int(chance.integers(0, (last - first).days + 1)))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
