"""Records of other models, fetched beside a record where a filter or a sort crosses refs."""

from __future__ import annotations

from typing import Any

from .cost import guarded, size
from .paths import Hop, Target

PREFIX = "@"
"""Begins the keys of fetched records; no field's key has it."""

MOST_FETCHED = 32 * 1024 * 1024
"""Bytes of them beside one record, in all joins."""


class Join:
    """One model's records beside the main one: one object, or with `many` a list. `needs`: keys that it reads."""

    def __init__(self, key: str, hop: Hop, source: str, many: bool) -> None:
        self.key = key
        self.hop = hop
        self.source = source
        self.many = many
        self.needs: set[str] = {"_id"}

    def stages(self, most: int) -> list[dict[str, Any]]:
        """`most`: bytes of the records that are fetched for one."""
        lookup = {
            "from": self.hop.collection,
            "localField": self.source,
            "foreignField": "_id",
            "pipeline": [{"$project": dict.fromkeys(without_nested(self.needs), 1)}],
            "as": self.key,
        }
        fetched: list[dict[str, Any]] = [{"$lookup": lookup}]
        small = {"$match": {"$expr": guarded([(size(f"${self.key}"), most)], True)}}
        return [*fetched, small] if self.many else [*fetched, {"$set": {self.key: {"$first": f"${self.key}"}}}, small]


class Joins:
    """All joins of one query, each made once however many paths follow it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Join] = {}

    def to(self, target: Target) -> Join | None:
        """The join whose records hold the target's value; None when the record itself does."""
        join: Join | None = None
        for count, hop in enumerate(target.hops, 1):
            way = tuple(each.key for each in target.hops[:count])
            if way not in self._known:
                self._known[way] = self._new(hop, join)
            join = self._known[way]
        if join is not None:
            join.needs.add(target.key)
        return join

    def _new(self, hop: Hop, before: Join | None) -> Join:
        if before is not None:
            before.needs.add(hop.key)
        source = hop.key if before is None else f"{before.key}.{hop.key}"
        return Join(f"{PREFIX}{len(self._known)}", hop, source, hop.many or (before is not None and before.many))

    def stages(self) -> list[dict[str, Any]]:
        """A join comes after the one that it starts from."""
        most = MOST_FETCHED // max(len(self._known), 1)
        return [stage for join in self._known.values() for stage in join.stages(most)]

    @property
    def keys(self) -> list[str]:
        return [join.key for join in self._known.values()]


def without_nested(keys: set[str]) -> list[str]:
    """The keys but those inside another one of them, which a projection refuses."""
    return sorted(key for key in keys if not any(key.startswith(f"{other}.") for other in keys))
