"""What the demo shop holds, made by rules: the same wherever it is loaded, with dates that end today."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FILES = Path(__file__).with_name("files")

CUSTOMERS, ORDERS, DAYS = 240, 3_200, 60
STATES = ("new", "packed", "sent", "returned")
PRICES = {"Desk lamp": 49.0, "Floor lamp": 129.0, "Lantern": 24.5, "Pendant": 89.9, "Night light": 14.9, "Spot": 34.0}
CITIES = ("Berlin", "Lisbon", "Oslo", "Porto", "Riga", "Tbilisi", "Turin", "Zagreb")
FIRST = (
    "Ada",
    "Alan",
    "Barbara",
    "Donald",
    "Edsger",
    "Frances",
    "Grace",
    "Hedy",
    "Joan",
    "Katherine",
    "Niklaus",
    "Tony",
)
LAST = (
    "Allen",
    "Byron",
    "Clarke",
    "Dietrich",
    "Hopper",
    "Iverson",
    "Keller",
    "Lamarr",
    "Naur",
    "Turing",
    "Wirth",
    "Zuse",
)

ENVIRONMENT: list[tuple[str, str, Any]] = [
    ("SHOP_NAME", "string", "Three Lamps"),
    ("CURRENCY", "string", "EUR"),
    ("OPEN", "boolean", True),
    ("SHIPPING", "float", 4.9),
    ("PAGE_SIZE", "integer", 12),
    ("OPENING_HOURS", "json", {"mon-fri": "9-18", "sat": "10-14"}),
]
GOALS = [
    {"name": "Visits", "slug": "visits", "type": "daily_counter", "color": "teal", "description": "Pages shown"},
    {"name": "Orders", "slug": "orders", "type": "daily_counter", "color": "orange", "description": "Orders placed"},
]
FLAGS = ("required", "unique", "index", "default_value")


def field(key: str, type_: str, **more: Any) -> dict[str, Any]:
    """What is no flag is an option."""
    flags: dict[str, Any] = {name: more.pop(name) for name in FLAGS if name in more}
    return {"key": key, "type": type_, "options": more} | flags


MODELS: list[dict[str, Any]] = [
    {
        "name": "Customers",
        "slug": "customers",
        "fields": [
            field("name", "string", required=True, max_length=100),
            field("email", "email", required=True, unique=True),
            field("city", "select", values=list(CITIES), index=True),
            field("vip", "bool", default_value=False),
        ],
        "table_config": {
            "columns": ["name", "email", "city", "vip"],
            "filters": ["city", "vip"],
            "searchable": ["name"],
        },
    },
    {
        "name": "Orders",
        "slug": "orders",
        "fields": [
            field("product", "select", required=True, values=list(PRICES), index=True),
            field("customer", "ref", required=True, model="customers", on_delete="restrict"),
            field("count", "number", required=True, min=1, max=100),
            field("total", "float", required=True, min=0),
            field("state", "select", values=list(STATES), default_value="new", index=True),
            field("note", "text"),
            field("ordered", "datetime", default_value="$now", index=True),
            field("attachment", "file", max_size=5_000_000),
        ],
        "table_config": {
            "columns": ["product", "customer", "count", "total", "state", "ordered"],
            "filters": ["state", "product", "ordered"],
            "searchable": ["product", "note"],
        },
        "form_config": {"field_views": {"note": "textarea", "count": "slider"}},
    },
]


def customers() -> list[dict[str, Any]]:
    chance = random.Random("customers")  # noqa: S311  # a demo, no secret
    made = []
    for number in range(CUSTOMERS):
        first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
        made.append(
            {
                "name": f"{first} {last}",
                "email": f"{first}.{last}.{number}@example.com".lower(),
                "city": chance.choice(CITIES),
                "vip": chance.random() < 0.1,
            }
        )
    return made


def orders(customer_ids: list[str], moment: datetime) -> Iterator[dict[str, Any]]:
    """The older, the more of them are sent."""
    chance = random.Random("orders")  # noqa: S311  # a demo, no secret
    for number in range(ORDERS):
        product, count = chance.choice(list(PRICES)), chance.choice((1, 1, 1, 2, 2, 3, 5))
        age = timedelta(days=DAYS * (1 - number / ORDERS), minutes=chance.randrange(60))
        done = ("sent",) * 12 + ("returned",)
        yield {
            "product": product,
            "customer": chance.choice(customer_ids),
            "count": count,
            "total": round(PRICES[product] * count, 2),
            "state": chance.choice(done if age.days > 3 else STATES[:2]),
            "note": chance.choice(("", "", "", "A gift, please wrap it", "Ring twice", "Leave it with the neighbour")),
            "ordered": moment - age,
            "attachment": "about.txt" if number % 400 == 0 else None,
        }


def counted(slug: str, moment: datetime) -> dict[str, int]:
    """What was counted on each day: less on weekends, a little more from week to week, and half of it today."""
    chance = random.Random(slug)  # noqa: S311  # a demo, no secret
    most = {"visits": 420, "orders": 55}[slug]
    found = {}
    for age in range(DAYS, -1, -1):
        day = moment - timedelta(days=age)
        weekend = 0.55 if day.weekday() > 4 else 1.0
        growth = 1 - age / DAYS * 0.5
        share = 0.85 + chance.random() * 0.3 if age else 0.5
        found[day.date().isoformat()] = int(most * weekend * growth * share)
    return found
