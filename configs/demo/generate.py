"""Makes up the data of the demonstration: `python generate.py [FOLDER]`. Another seed makes up another firm."""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.random import Generator

SEED = 44
FIRST, LAST = date(2024, 10, 1), date(2026, 9, 30)
QUARTERS = tuple(date(year, month, 1) for year in (2024, 2025, 2026) for month in (1, 4, 7, 10) if FIRST <= date(year, month, 1) <= LAST)

CUSTOMERS = (
    "Aokang Medical", "Baisheng Retail", "Beichen Power", "Chengfeng Freight", "Dahe Textiles", "Donglin Foods", "Fangzhou Bank",
    "Guanghe Chemicals", "Haiyue Hotels", "Hengtai Insurance", "Hongtu Motors", "Huaxin Steel", "Jiaming Schools", "Jinghai Ports",
    "Kaida Electronics", "Lanting Media", "Liyuan Dairy", "Longyun Rail", "Mingde Pharma", "Nanfeng Gas", "Ningyuan Paper",
    "Pengcheng Airlines", "Qinghe Water", "Ruifeng Seeds", "Senlin Furniture", "Shanhe Cement", "Shuguang Optics", "Taihu Shipyard",
    "Tianyi Telecom", "Tongda Parcels", "Wanhui Stores", "Weilan Solar", "Xinghe Games", "Yaguang Ceramics", "Yihe Clinics",
    "Yongxin Tools", "Yuanda Lifts", "Zhenhua Cables", "Zhonghe Farms", "Zixing Apparel",
)  # fmt: skip
MANAGERS = {
    "north": ("Li Wen", "Zhao Min"),
    "east": ("Chen Yu", "Sun Jia", "Xu Lan"),
    "south": ("Huang Rui", "Lin Bo"),
    "west": ("Tang Ke",),
}
PROJECTS = ("CRM rollout", "Service desk", "Data platform", "Mobile sales", "Contact centre", "Analytics")
PRODUCTS = ("CRM", "Service", "Analytics", "Mobile", "Support plan")
AGREED_HOURS = {"critical": 8, "high": 24, "normal": 72}


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    name: str
    tier: str
    region: str
    manager: str
    mood: float
    """how well the firm does by this customer: 0 as usual, 1 clearly better"""
    size: float
    """median amount of an order"""


@dataclass(slots=True)
class Project:
    customer: Customer
    id: str
    name: str
    started: date
    ended: date | None
    health: dict[date, float]
    """as `mood`, by the first day of each quarter"""
    silent_from: date | None = None
    """nobody answers a survey from then on"""
    tables: dict[str, list[list[object]]] = field(default_factory=dict)

    def runs_in(self, quarter: date) -> bool:
        return self.started < _next(quarter) and (self.ended is None or self.ended >= quarter)

    @property
    def key(self) -> list[object]:
        return [self.customer.id, self.id]


def customers(chance: Generator) -> list[Customer]:
    made = []
    for number, name in enumerate(CUSTOMERS, start=1):
        tier = str(chance.choice(["strategic", "key", "standard"], p=[0.2, 0.35, 0.45]))
        region = str(chance.choice(list(MANAGERS), p=[0.25, 0.4, 0.2, 0.15]))
        size = {"strategic": 90_000, "key": 38_000, "standard": 15_000}[tier] * math.exp(chance.normal(0, 0.25))
        manager = str(chance.choice(MANAGERS[region]))
        care = {"strategic": 0.5, "key": 0.2, "standard": 0.1}[tier]
        made.append(Customer(f"C{number:03d}", name, tier, region, manager, float(chance.normal(care, 0.65)), size))
    return made


def projects(chance: Generator, of: Sequence[Customer]) -> list[Project]:
    made: list[Project] = []
    for customer in of:
        for _ in range(int(chance.choice([1, 2, 3], p=[0.6, 0.3, 0.1]))):
            number = len(made) + 1
            kind = chance.random()
            if kind < 0.76:
                started = date(2023, 2, 1) + timedelta(days=int(chance.integers(0, 590)))
            elif kind < 0.9:
                started = date(2024, 11, 1) + timedelta(days=int(chance.integers(0, 480)))
            else:
                started = date(2026, 5, 10) + timedelta(days=int(chance.integers(0, 110)))
            ended = date(2025, 9, 30) + timedelta(days=int(chance.integers(0, 330))) if kind < 0.06 else None
            start, drift = customer.mood + chance.normal(0, 0.45), chance.normal(0, 0.09)
            health = {quarter: float(start + drift * place + chance.normal(0, 0.2)) for place, quarter in enumerate(QUARTERS)}
            silent = QUARTERS[int(chance.integers(4, 7))] if chance.random() < 0.1 else None
            made.append(Project(customer, f"P{number:03d}", str(chance.choice(PROJECTS)), started, ended, health, silent))
    return made


def surveys(chance: Generator, project: Project, quarter: date) -> Iterable[list[object]]:
    if project.silent_from is not None and quarter >= project.silent_from:
        return
    health = project.health[quarter]
    for _ in range(int(chance.poisson(3.4))):
        answered = _day(chance, quarter)
        channel = str(chance.choice(["email", "phone", "entered by sales"], p=[0.68, 0.26, 0.06]))
        kindness = 0.6 if channel == "entered by sales" else 0.0
        answers: list[object] = [_rating(chance, 4.15 + 0.5 * health + kindness, 0.75, 1, 5) for _ in range(3)]
        if chance.random() < 0.07:
            answers[int(chance.integers(0, 3))] = ""
        recommend = _rating(chance, 8.1 + 1.3 * health + kindness, 1.5, 0, 10)
        if project.started <= answered and (project.ended is None or answered <= project.ended):
            yield [*project.key, answered, channel, *answers, recommend]


def orders(chance: Generator, project: Project, quarter: date) -> Iterable[list[object]]:
    health = project.health[quarter]
    growth = 1 + 0.02 * QUARTERS.index(quarter)
    for _ in range(1 + int(chance.poisson(1.3 * math.exp(0.15 * health)))):
        amount = project.customer.size * growth * math.exp(0.1 * health + chance.normal(0, 0.25))
        kind = str(chance.choice(["licence", "service", "expansion"], p=[0.4, 0.45, 0.15]))
        ordered = _day(chance, quarter)
        if project.started <= ordered and (project.ended is None or ordered <= project.ended):
            yield [*project.key, ordered, kind, round(amount, -2)]


def tickets(chance: Generator, project: Project, quarter: date) -> Iterable[list[object]]:
    health = project.health[quarter]
    for _ in range(int(chance.poisson(5.2 * math.exp(-0.2 * health)))):
        opened = datetime.combine(_day(chance, quarter), datetime.min.time()) + timedelta(minutes=int(chance.integers(8 * 60, 19 * 60)))
        severity = str(chance.choice(list(AGREED_HOURS), p=[0.05, 0.22, 0.73]))
        hours = AGREED_HOURS[severity] * math.exp(chance.normal(-0.85 - 0.45 * health, 0.75))
        complaint = chance.random() < min(0.5, 0.1 * math.exp(-0.7 * health))
        kind = str(chance.choice(["incident", "question", "request"], p=[0.45, 0.35, 0.2]))
        closed = opened + timedelta(minutes=round(hours * 60))
        stuck = severity == "critical" and opened.date() > LAST - timedelta(days=40) and chance.random() < 0.6
        still_open = stuck or closed.date() > LAST
        if project.started <= opened.date() and (project.ended is None or opened.date() <= project.ended):
            shown = "" if still_open else f"{closed:%Y-%m-%d %H:%M}"
            yield [*project.key, f"{opened:%Y-%m-%d %H:%M}", shown, severity, kind, "yes" if complaint else "no", AGREED_HOURS[severity]]


def milestones(chance: Generator, project: Project, quarter: date) -> Iterable[list[object]]:
    health = project.health[quarter]
    for _ in range(int(chance.integers(1, 4))):
        planned = _day(chance, quarter)
        late = round(chance.normal(-2.5 - 4.5 * health, 6.5))
        done = planned + timedelta(days=late)
        hours = int(chance.integers(6, 40)) * 10
        spent = hours * math.exp(chance.normal(0.02 - 0.06 * health, 0.16))
        if project.started <= planned and (project.ended is None or planned <= project.ended):
            open_yet = done > LAST
            yield [*project.key, planned, "" if open_yet else done, hours, "" if open_yet else round(spent)]


def contracts(chance: Generator, customer: Customer) -> Iterable[list[object]]:
    """Subscriptions by customer; those of unhappy customers are given up more often."""
    for product in chance.permutation(PRODUCTS)[: int(chance.integers(2, 6))]:
        begun = date(2022, 10, 1) + timedelta(days=int(chance.integers(0, 1200)))
        ends: date | None = None
        if chance.random() < min(0.6, 0.2 * math.exp(-0.8 * customer.mood)):
            ends = max(begun, date(2025, 6, 1)) + timedelta(days=int(chance.integers(60, 450)))
        yearly = round(customer.size * chance.uniform(0.6, 1.8), -2)
        yield [
            customer.id,
            f"{customer.id}-{str(product).replace(' ', '-')}",
            product,
            begun,
            ends if ends and ends <= LAST else "",
            yearly,
        ]


TABLES = {
    "surveys": (surveys, ["customer_id", "project_id", "answered_on", "channel", "overall", "product", "support", "recommend"]),
    "orders": (orders, ["customer_id", "project_id", "ordered_on", "kind", "amount"]),
    "tickets": (tickets, ["customer_id", "project_id", "opened_at", "closed_at", "severity", "kind", "complaint", "agreed_hours"]),
    "milestones": (milestones, ["customer_id", "project_id", "planned_on", "done_on", "hours_planned", "hours_spent"]),
}


def write(folder: Path) -> None:
    """Writes every table into a folder that exists."""
    chance = np.random.default_rng(SEED)
    firm = customers(chance)
    running = projects(chance, firm)
    for name, (rows_of, header) in TABLES.items():
        own = np.random.default_rng([SEED, *name.encode()])
        rows = [row for project in running for quarter in QUARTERS if project.runs_in(quarter) for row in rows_of(own, project, quarter)]
        _write_csv(folder / f"{name}.csv", header, rows)
    agreed = np.random.default_rng([SEED, *b"contracts"])
    header = ["customer_id", "contract_id", "product", "begun_on", "ended_on", "yearly_amount"]
    _write_csv(folder / "contracts.csv", header, [row for customer in firm for row in contracts(agreed, customer)])
    _write_workbook(folder / "projects.xlsx", running)


def _write_csv(path: Path, header: list[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([f"{cell:.0f}" if isinstance(cell, float) else cell for cell in row] for row in rows)


def _write_workbook(path: Path, running: Iterable[Project]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Projects"
    sheet.append(["Customer ID", "Customer", "Project ID", "Project", "Tier", "Region", "Manager", "Started on", "Ended on"])
    for one in running:
        who = one.customer
        sheet.append([who.id, who.name, one.id, one.name, who.tier, who.region, who.manager, one.started, one.ended])
    book.save(path)


def _next(quarter: date) -> date:
    return (quarter + timedelta(days=93)).replace(day=1)


def _day(chance: Generator, quarter: date) -> date:
    return quarter + timedelta(days=int(chance.integers(0, (_next(quarter) - quarter).days)))


def _rating(chance: Generator, middle: float, spread: float, low: int, high: int) -> int:
    return int(np.clip(round(chance.normal(middle, spread)), low, high))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
