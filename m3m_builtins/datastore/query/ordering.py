"""The order of a list of records."""

from __future__ import annotations

import re
from collections.abc import Callable

from .paths import Target
from .problems import problem, shortened

MOST_FIELDS = 8
ENTRY = re.compile(r"([+-]?)([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)", re.ASCII)

Sort = tuple[tuple[str, int], ...]


def order(text: str, key_of: Callable[[tuple[str, ...]], str]) -> Sort:
    """`-created_at,name` as keys with 1 or -1, ended by `_id` so that no two records are equal.

    `_id` goes the way of the field before it: then one index on both serves either direction. Raises Malformed.
    """
    entries = [entry.strip() for entry in text.split(",")] if text.strip() else []
    if len(entries) > MOST_FIELDS:
        raise problem("too_complex", f"A list is sorted by at most {MOST_FIELDS} fields.")
    found: dict[str, int] = {}
    for entry in entries:
        read = ENTRY.fullmatch(entry)
        if read is None:
            raise problem("sort_syntax", f'"{shortened(entry)}" is no field to sort by; write name or -name.')
        key = key_of(tuple(read[2].split(".")))
        found.setdefault(key, -1 if read[1] == "-" else 1)
    last = next(reversed(found.values()), 1)
    return tuple({**found, "_id": found.get("_id", last)}.items())


def check_sortable(target: Target, text: str) -> None:
    if any(hop.many for hop in target.hops):
        raise problem("wrong_type", f'"{shortened(text)}" leads to many records: there is no order in that.')
