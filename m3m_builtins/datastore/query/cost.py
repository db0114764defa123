"""What an expression costs at most, asked of the database itself before it calculates.

The database looks at its limit of time only between two records, and at memory hardly at all. So an expression is
guarded: calculated only where what it reads, as large as it is in this record, makes it short and its result small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .problems import problem

Expression = Any

TOO_COMPLEX = "m3m: too complex"
"""Stands in the database's error when a guard refuses."""

MOST_READ = 32 * 1024 * 1024
"""Bytes that one stage reads of a record, each as often as it is named."""

MOST_WORK = 64 * 1024 * 1024
"""Of all loops of one stage over the items of a record: each byte that they read is one, and each value `STEP`."""

MOST_STEPS = 1024 * 1024
"""Of one stage, a value of a record being one however large it is."""

STEP = 16
LOOP = 20
"""Steps of a guard."""

UNGUARDED = 2
"""Times that a field of a record, which has 16 MB at most, is read without a guard."""

LONGEST_WAY = 10
"""Names in a path; of a longer one all is counted that its first name has."""

LIST, BEFORE, TIMES = "$$×list", "$$×before", "$$×times"
"""Variables of guards: how often a loop begins, and how often its body is reached. Services cannot make such names."""


@dataclass
class Cost:
    """`steps` are values of the expression; `reads` are paths to values of any size, and how often each is read."""

    steps: int = 0
    reads: Counter[str] = field(default_factory=Counter)

    def take(self, steps: int) -> None:
        """Raises Malformed."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise problem("too_complex", "The aggregation calculates too much at once.")

    def add(self, other: Cost) -> None:
        self.take(other.steps)
        self.reads.update(other.reads)

    def without(self, variable: str) -> tuple[Cost, int]:
        """What is read from elsewhere, and how often the variable is read."""
        own = {path: times for path, times in self.reads.items() if path.split(".")[0] == f"$${variable}"}
        return Cost(self.steps, self.reads - Counter(own)), sum(own.values())

    def is_small(self) -> bool:
        """Whether it is for a record as it is stored."""
        fields: Counter[str] = Counter()
        for path, times in self.reads.items():
            fields[path.split(".")[0]] += times
        return all(times <= UNGUARDED for times in fields.values())

    def size(self) -> Expression:
        return total({"$multiply": [times, size(path)]} for path, times in sorted(self.reads.items()))

    def work(self) -> Expression:
        """Of calculating it once."""
        return {"$add": [self.steps * STEP, self.size()]}


def size(path: str) -> Expression:
    """Bytes of what a path is read from: of the list, where it is followed through the items of one."""
    names = path.split(".")
    if len(names) > LONGEST_WAY:
        return {"$bsonSize": {"v": names[0]}}
    ways = [".".join(names[:count]) for count in range(1, len(names))]
    lists = [{"case": {"$isArray": [way]}, "then": way} for way in ways]
    return {"$bsonSize": {"v": {"$switch": {"branches": lists, "default": path}} if lists else path}}


def total(amounts: Iterable[Expression]) -> Expression:
    return {"$add": [0, *amounts]}


def guarded(fits: Iterable[tuple[Expression, int]], made: Expression) -> Expression:
    """`made`, if each amount is at most what stands beside it; else an error that has `TOO_COMPLEX` in it."""
    refused = {"$toInt": {"$concat": [TOO_COMPLEX, {"$type": "$_id"}]}}  # of the record, so that it is not made early
    return {"$cond": [{"$and": [{"$lte": [amount, most]} for amount, most in fits]}, made, refused]}


def loop(listed: Expression, body: Cost, own: int, made: Expression, *, outer: bool, most: int) -> Expression:
    """`made` goes through `LIST`, reading each item `own` times; `outer`: not inside another loop."""
    items = {"$size": {"$cond": [{"$isArray": [LIST]}, LIST, []]}}
    work = {"$add": [{"$multiply": [TIMES, body.work()]}, {"$multiply": [own, BEFORE, size(LIST)]}]}
    within = let({TIMES: {"$multiply": [BEFORE, items]}}, guarded([(work, most)], made))
    return let({LIST: listed, BEFORE: 1 if outer else TIMES}, within)


def let(variables: dict[str, Expression], within: Expression) -> Expression:
    return {"$let": {"vars": {name.removeprefix("$$"): value for name, value in variables.items()}, "in": within}}
