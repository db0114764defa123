"""Aggregations that services write: stages from a list, on one model, reading only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from .calculations import Calculations
from .kinds import SYSTEM
from .mongostyle import Filter, anything, field_target, inside
from .paths import known_names
from .problems import problem, shortened, unknown_field
from .tally import Tally

if TYPE_CHECKING:
    from ..schema import Schema

MOST_STAGES = 30
LARGEST = 2**31

Stage = dict[str, Any]


@dataclass(frozen=True)
class Pipeline:
    """`gives_records`: no stage makes something else of the records."""

    stages: list[Stage]
    gives_records: bool


def pipeline(schema: Schema, given: Any) -> Pipeline:
    """The stages with their values converted. Raises Malformed."""
    if not isinstance(given, list) or len(given) > MOST_STAGES:
        raise problem("filter_syntax", f"An aggregation is a list of at most {MOST_STAGES} stages.")
    building = Building(schema)
    stages = [building.stage(each) for each in given]
    return Pipeline(stages, not building.shaped)


class Building:
    """`shaped`: a stage has made something else of the records, so that the model says nothing of them any more."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.shaped = False
        self._tally = Tally()
        self._calculations = Calculations(self._tally, self._stored)
        self._stages: dict[str, Callable[[Any], Any]] = {
            "$match": self._match,
            "$sort": self._sort,
            "$limit": partial(number, "$limit", 1),
            "$skip": partial(number, "$skip", 0),
            "$project": self._project,
            "$group": self._group,
            "$count": self._count,
            "$unwind": self._unwind,
        }

    def stage(self, given: Any) -> Stage:
        if not isinstance(given, dict) or len(given) != 1:
            raise problem("filter_syntax", "A stage is an object with one key, such as {$match: {status: 'new'}}.")
        ((name, value),) = given.items()
        if name not in self._stages:
            known = ", ".join(self._stages)
            raise problem("unknown_operator", f'"{shortened(name)}" is no stage here; there are {known}.')
        return {name: self._stages[name](value)}

    def _stored(self, field: str) -> str:
        """The key of a field where an expression names it."""
        if self.shaped:
            return field
        if field in SYSTEM:
            return SYSTEM[field][0]
        if field not in self._schema.fields:
            raise unknown_field(field, self._schema.slug, known_names(self._schema))
        return field

    def _key(self, name: str) -> str:
        first, dot, rest = inside(name).partition(".")
        return f"{self._stored(first)}{dot}{rest}"

    def _match(self, given: Any) -> Any:
        target_of = anything if self.shaped else partial(field_target, self._schema)
        return Filter(target_of, self._tally).whole(given, 1)

    def _sort(self, given: Any) -> Any:
        if not isinstance(given, dict) or not given or any(way not in (1, -1) for way in given.values()):
            raise problem("filter_syntax", "$sort wants fields with 1 or -1, such as {created_at: -1}.")
        return {self._key(name): int(way) for name, way in given.items()}

    def _project(self, given: Any) -> Any:
        if not isinstance(given, dict) or not given:
            raise problem("filter_syntax", "$project wants an object such as {title: 1}.")
        made = {}
        for name, value in given.items():
            plain = isinstance(value, bool) or value in (0, 1)
            if not plain and isinstance(value, int | float):
                raise problem("filter_syntax", "$project wants 1, 0 or an expression; a number is {$literal: 5}.")
            key = self._key(name) if plain else inside(name)
            made[key] = int(value) if plain else self._calculations.expression(value, 1)
        self.shaped = True
        return made

    def _group(self, given: Any) -> Any:
        if not isinstance(given, dict) or "_id" not in given:
            raise problem("filter_syntax", "$group wants an object with _id, such as {_id: '$status', n: {$sum: 1}}.")
        made = {"_id": self._calculations.expression(given["_id"], 1)}
        for name, value in given.items():
            if name != "_id":
                made[plain_name(name)] = self._calculations.accumulator(value, 1)
        self.shaped = True
        return made

    def _count(self, given: Any) -> Any:
        self.shaped = True
        return plain_name(given)

    def _unwind(self, given: Any) -> Any:
        options = given if isinstance(given, dict) else {"path": given}
        path, keep = options.get("path"), options.get("preserveNullAndEmptyArrays", False)
        known = options.keys() <= {"path", "preserveNullAndEmptyArrays"}
        if not known or not isinstance(path, str) or not path.startswith("$") or not isinstance(keep, bool):
            raise problem("filter_syntax", "$unwind wants a field that is a list, such as '$tags'.")
        return {"path": self._calculations.path(path), "preserveNullAndEmptyArrays": keep}


def number(stage: str, least: int, given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given < LARGEST:
        raise problem("filter_syntax", f"{stage} wants a whole number from {least}.")
    return given


def plain_name(given: Any) -> str:
    if not isinstance(given, str) or "." in given:
        raise problem("filter_syntax", "A name that is made up has no dots in it.")
    return inside(given)
