"""The operations of a batch, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from bson import ObjectId

from .records import Change
from .transactions import Session
from .validation import Checked

Kind = Literal["create", "update", "upsert", "delete"]


class Step(NamedTuple):
    """One operation. `place` names it in the request, for errors: `{place}.id` is its id, `{place}.data` its data.

    A step of an import is its own data. It keeps the times that a new record is given with, and replaces a record
    whatever its revision.
    """

    place: str
    op: Kind
    id: str | None
    data: Mapping[str, Any]
    imported: bool = False

    @property
    def path(self) -> str:
        return self.place if self.imported else f"{self.place}.data"


@dataclass
class Plan:
    """What a step does, once it is known what exists. `op` is no upsert any more."""

    step: Step
    op: str
    id: ObjectId | None
    checked: Checked
    current: dict[str, Any] | None = None


@dataclass(frozen=True)
class Outcome:
    """`changes` are those of the steps in their order; `cascaded` what went with the deleted."""

    changes: list[Change]
    cascaded: list[Change]

    def count(self, kind: str) -> int:
        return sum(1 for change in self.changes if change[2] == kind)


@dataclass(frozen=True)
class Whole:
    """What a batch is a part of: refs may lead to the records `expected` of the other parts, `mark` is kept in each
    record that it writes, and `begin` comes first in its transaction."""

    expected: frozenset[ObjectId]
    mark: Mapping[str, str]
    begin: Callable[[Session], None]
