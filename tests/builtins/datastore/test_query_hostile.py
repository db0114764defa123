"""Random aggregations of all that is allowed, as deep as it is: none holds up the database, none fills its memory."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pymongo
import pytest
from filter_world import THINGS, Record, record

from m3m_builtins.datastore.query.aggregate import pipeline
from m3m_builtins.datastore.query.execute import calculated
from m3m_core import Malformed, Timeout
from m3m_core.testing import DATABASE

CASES = 400
PARTS = 8
MOST_SECONDS, MOST_MEGABYTES = 6.0, 200

NUMBERS = [{"n": number, "s": "ab" * 20, "l": list(range(20))} for number in range(1_000)]
VALUES = {"tags": [str(number) for number in range(1_000)], "marks": ["a", "b"], "count": 3, "note": "ab" * 500_000}
VALUES |= {"title": "a" * 10_000, "doc": {"l": NUMBERS, "m": list(range(100_000)), "n": [[0] * 300] * 300, "s": "abc"}}
MADE = ("a", "b", "c")
"""Fields that stages make."""

LISTS = ("$tags", "$marks", "$doc.l", "$doc.m", "$doc.n", "$doc.l.l", "$doc.l.s")
TEXTS = ("$note", "$title", "$doc.s")
OTHERS = ("$count", "$doc", "$$ROOT", "$doc.l.n", "$created_at")


class Maker:
    """`fields`: whether records are still as they are stored. `items`: variables of the loops around."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.stored = True
        self.items: list[str] = []

    def one(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def path(self, *paths: str) -> str:
        if self.items and self.random.random() < 0.5:
            return f"$${self.one(*self.items)}{self.one('', '.n', '.s', '.l', '.l')}"
        return self.one(*paths) if self.stored else f"${self.one(*MADE)}{self.one('', '', '.a', '.l')}"

    def many(self, make: Any, depth: int) -> list[Any]:
        """Different ones, or one many times."""
        if self.random.random() < 0.2:
            return [make(depth)] * self.one(20, 100, 500)
        return [make(depth) for _ in range(self.one(1, 2, 3))]

    def whatever(self, depth: int) -> Any:
        return self.one(self.listed, self.listed, self.text, self.other)(depth)

    def listed(self, depth: int) -> Any:
        if depth <= 0 or self.random.random() < 0.1:
            return self.path(*LISTS)
        make = self.one(*[self.looped] * 6, *[self.joined] * 3, self.pieces, self.part, self.made)
        return make(depth - 1)

    def looped(self, depth: int) -> Any:
        name, operator = self.one("this", "x", "y", "z"), self.one("$map", "$map", "$filter")
        given = self.listed(depth - 1)
        self.items.append(name)
        inner = self.whatever(depth - 1)
        self.items.pop()
        return {operator: {"input": given, "as": name, "in" if operator == "$map" else "cond": inner}}

    def joined(self, depth: int) -> Any:
        operator = self.one("$concatArrays", "$setUnion", "$setIntersection")
        return {operator: self.many(self.listed, depth)}

    def pieces(self, depth: int) -> Any:
        return {"$split": [self.text(depth), self.one("a", "b", "ab" * 50)]}

    def part(self, depth: int) -> Any:
        return self.one({"$slice": [self.listed(depth), 900]}, {"$setDifference": [self.listed(depth), ["1"]]})

    def made(self, depth: int) -> Any:
        return self.many(self.whatever, depth)

    def text(self, depth: int) -> Any:
        if depth <= 0 or self.random.random() < 0.2:
            return self.path(*TEXTS)
        operator = self.one(
            "$concat", "$concat", "$toUpper", "$replaceAll", "$replaceOne", "$trim", "$toString", "$cut"
        )
        if operator == "$concat":
            return {"$concat": self.many(self.text, depth - 1)}
        given = self.text(depth - 1)
        match operator:
            case "$replaceAll" | "$replaceOne":
                new = self.one("", "b", "ab" * 20, "b" * 100)
                return {operator: {"input": given, "find": self.one("a", "ab", "abab"), "replacement": new}}
            case "$trim":
                return {"$trim": {"input": given, "chars": self.one("ab", "xyz" * 30 + "ba")}}
            case "$cut":
                return {"$substrCP": [given, 1, 400_000]}
        return {operator: given}

    def other(self, depth: int) -> Any:
        if depth <= 0:
            return self.path(*OTHERS)
        lists, depth = (
            self.one("$size", "$sum", "$max", "$isArray", "$eq", "$in", "$object", "$cond", "$find"),
            depth - 1,
        )
        match lists:
            case "$eq" | "$in":
                return {lists: [self.whatever(depth), self.listed(depth)]}
            case "$object":
                return {name: self.whatever(depth) for name in self.random.sample(MADE, 2)}
            case "$cond":
                return {"$cond": [self.other(depth), self.whatever(depth), self.whatever(depth)]}
            case "$find":
                return {"$indexOfCP": [self.text(depth), "ab" * 49 + "x"]}
        return {lists: self.listed(depth) if lists != "$isArray" else [self.whatever(depth)]}

    def stage(self) -> dict[str, Any]:
        depth, kind = self.one(2, 4, 6, 8), self.one("$project", "$project", "$project", "$group", "$unwind", "$nested")
        if kind == "$unwind":
            return {"$unwind": self.path("$tags", "$doc.l").split(".l")[0]}
        if kind == "$nested":
            made = {"$project": {self.one("doc.l.x", "doc.m.x", "a.a", "b"): {"a": self.whatever(depth)}}}
        elif kind == "$group":
            gathered = {name: {self.one("$push", "$addToSet", "$max"): self.whatever(depth)} for name in MADE}
            made = {"$group": {"_id": self.one(None, self.whatever(depth)), **gathered}}
        else:
            made = {"$project": {name: self.whatever(depth) for name in MADE}}
        self.stored = False
        return made


@pytest.fixture(scope="module")
def things(mongod: str) -> Iterator[Any]:
    with pymongo.MongoClient[Record](mongod, tz_aware=True) as client:
        collection = client[DATABASE][THINGS.collection]
        collection.drop()
        collection.insert_many([record(number, VALUES) for number in range(1, 4)])
        yield collection
        collection.drop()


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("part", range(PARTS))
def test_none_holds_up_the_database(things: Any, part: int) -> None:
    outcomes: set[str] = set()
    for seed in range(part, CASES, PARTS):
        maker = Maker(seed)
        given = [maker.stage() for _ in range(maker.one(1, 2, 4))]
        try:
            stages = pipeline(THINGS, given).stages
        except Malformed as refused:
            outcomes.add(refused.code)
            continue
        before, started = memory(things), time.monotonic()
        outcomes.add(outcome(things, stages))
        assert time.monotonic() - started < MOST_SECONDS, seed
        assert memory(things) - before < MOST_MEGABYTES, seed
    assert outcomes >= {"found", "too_complex", "wrong_calculation"}


def outcome(things: Any, stages: list[Any]) -> str:
    try:
        with calculated():
            for _ in things.aggregate([*stages, {"$limit": 20}], maxTimeMS=5_000, allowDiskUse=True):
                pass
    except (Malformed, Timeout) as error:
        return error.code
    return "found"


def memory(things: Any) -> int:
    """Megabytes of the database."""
    return int(things.database.client.admin.command("serverStatus")["mem"]["resident"])
