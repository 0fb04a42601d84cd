"""Makes up the records of one company over four quarters, with the columns of the record shapes."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

SEED = 30
"""another one makes up another company"""
FIRST, LAST = datetime(2026, 1, 1), datetime(2026, 12, 31)
ACCOUNTS = 30
OWNERS = ("Li Wen", "Chen Yu", "Huang Rui", "Tang Ke")
FIRMS = ("Aokang", "Beichen", "Chengfeng", "Dahe", "Fangzhou", "Guanghe", "Haiyue", "Jinghai", "Kaida", "Lanting")
TRADES = ("Medical", "Foods", "Freight")

IDS = {
    "accounts": "account_id",
    "contacts": "contact_id",
    "opportunities": "opportunity_id",
    "tickets": "ticket_id",
    "surveys": "survey_id",
    "orders": "order_id",
    "activities": "activity_id",
}

Record = dict[str, Any]
Records = dict[str, list[Record]]
"""of each object its records, with the columns of the record shapes"""


def company(seed: int = SEED, accounts: int = ACCOUNTS) -> Records:
    """The records of one company over four quarters."""
    chance = Random(seed)
    made: Records = {shape: [] for shape in IDS}

    def moment(within: tuple[datetime, datetime] = (FIRST, LAST)) -> datetime:
        minutes = chance.randrange(int((within[1] - within[0]).total_seconds() // 60))
        return within[0] + timedelta(minutes=minutes)

    def add(shape: str, first: str, **cells: Any) -> None:
        made[shape].append({IDS[shape]: f"{first}{len(made[shape]) + 1001}", **cells})

    for at in range(accounts):
        mood, owner = chance.random(), chance.choice(OWNERS)
        name = f"{FIRMS[at % len(FIRMS)]} {TRADES[at // len(FIRMS) % len(TRADES)]}"
        status = "active" if at % 7 else "prospect"
        add("accounts", "A", name=name, owner=owner, status=status, created_at=datetime(2025, 1 + at % 12, 5, 9, 30))
        account = made["accounts"][-1]["account_id"]
        for position in ("CTO", "Buyer"):
            add("contacts", "P", account_id=account, name=f"{position} of {name}", position=position, created_at=datetime(2025, 12, 1, 10))
        for _ in range(3):
            created, days = moment((FIRST, LAST - timedelta(days=120))), chance.randrange(20, 110)
            ends = (created + timedelta(days=days)).replace(hour=0, minute=0)
            result = "won" if chance.random() < 0.25 + 0.5 * mood else "lost"
            status = chance.choices((result, "open"), (3, 1))[0]
            add(
                "opportunities",
                "O",
                account_id=account,
                name=f"Deal {at}-{days}",
                amount=chance.randrange(20, 900) * 100,
                probability={"won": 1.0, "lost": 0.0, "open": 0.6}[status],
                status=status,
                owner=owner,
                created_at=created,
                expected_on=ends,
                closed_at=ends if status != "open" else None,
            )
        for _ in range(4):
            opened = moment()
            responded = opened + timedelta(minutes=chance.randrange(10, 900) * (2 if mood < 0.5 else 1))
            closed = responded + timedelta(minutes=chance.randrange(60, 6000)) if chance.random() < 0.9 else None
            add(
                "tickets",
                "T",
                account_id=account,
                subject=chance.choice(("Login, again", 'The "blue" screen', "Slow report")),
                severity=chance.choice(("low", "medium", "high", "critical")),
                status="closed" if closed else "open",
                opened_at=opened,
                responded_at=responded,
                closed_at=closed,
            )
        for _ in range(4):
            sent = moment()
            score = chance.choices((chance.randrange(8, 11), chance.randrange(0, 9)), (0.2 + mood, 1.2 - mood))[0]
            answered = chance.random() < 0.85
            add(
                "surveys",
                "S",
                account_id=account,
                channel=chance.choice(("mail", "phone", "online", "visit")),
                sent_at=sent,
                answered_at=sent + timedelta(hours=chance.randrange(2, 200)) if answered else None,
                score=score if answered else None,
            )
        for _ in range(4):
            add(
                "orders",
                "R",
                account_id=account,
                amount=round(chance.uniform(300, 40_000), 2),
                ordered_at=moment().replace(hour=0, minute=0),
            )
        for _ in range(4):
            planned = moment().replace(hour=0, minute=0)
            status = chance.choices(("done", "planned", "cancelled"), (0.5 + mood, 0.5, 0.1))[0]
            made_on = planned + timedelta(days=chance.randrange(-3, 15))
            add(
                "activities",
                "V",
                account_id=account,
                kind=chance.choice(("call", "visit", "meeting", "mail")),
                status=status,
                owner=owner,
                planned_at=planned,
                done_at=made_on if status == "done" else None,
            )
    return made
