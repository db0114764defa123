"""Aggregations that services write: stages from a list, on one model, reading only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from . import cost
from .calculations import Calculations
from .cost import Expression
from .expressionlist import LOOPS
from .kinds import KINDS, SMALL, SYSTEM
from .mongostyle import Filter, anything, field_target, inside
from .paths import known_names
from .problems import problem, shortened, unknown_field
from .tally import DEEPEST, Tally

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
    stages = [stage for each in given for stage in building.stages(each)]
    return Pipeline(stages, not building.shaped)


class Building:
    """`shaped`: a stage has made something else of the records, so that the model says nothing of them any more."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.shaped = False
        self._tally = Tally()
        self._calculations = self._new(None)
        self._spread: list[Expression] = []
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

    def stages(self, given: Any) -> list[Stage]:
        """The stage, behind what guards it."""
        if not isinstance(given, dict) or len(given) != 1:
            raise problem("filter_syntax", "A stage is an object with one key, such as {$match: {status: 'new'}}.")
        ((name, value),) = given.items()
        if name not in self._stages:
            known = ", ".join(self._stages)
            raise problem("unknown_operator", f'"{shortened(name)}" is no stage here; there are {known}.')
        stored, self._calculations, self._spread = not self.shaped, self._new(value), []
        stage = {name: self._stages[name](value)}
        return [*self._guards(stored), stage]

    def _new(self, given: Any) -> Calculations:
        return Calculations(self._tally, self._stored, loops(given))

    def _guards(self, stored: bool) -> list[Stage]:
        """`stored`: what the stage reads are records as they are stored."""
        whole = self._calculations.cost
        amounts = [(cost.total(self._spread), cost.MOST_WORK)] if self._spread else []
        if whole.reads and not (stored and whole.is_small()):
            amounts.append((whole.size(), cost.MOST_READ))
        return [{"$match": {"$expr": cost.guarded(amounts, True)}}] if amounts else []

    def _stored(self, field: str) -> tuple[str, bool]:
        """The key of a field where an expression names it, and whether all its values are small."""
        if self.shaped:
            return field, False
        if field in SYSTEM:
            return SYSTEM[field][0], True
        spec = self._schema.fields.get(field)
        if spec is None:
            raise unknown_field(field, self._schema.slug, known_names(self._schema))
        return field, KINDS[spec.type] in SMALL and not spec.many

    def _key(self, name: str) -> str:
        first, dot, rest = inside(name).partition(".")
        return f"{self._stored(first)[0]}{dot}{rest}"

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
            made[self._key(name) if plain else inside(name)] = int(value) if plain else self._made(name, value)
        self.shaped = True
        return made

    def _made(self, name: str, value: Any) -> Any:
        """Of $project. What stands inside a field that is a list is made for each item of it."""
        if "." not in name and (not isinstance(value, dict) or any(key.startswith("$") for key in value)):
            return self._calculations.expression(value, 1)
        with self._calculations.apart() as each:
            made = self._calculations.expression(value, 1)
        self._calculations.cost.add(each)
        self._spread.append({"$multiply": [cost.size(f"${name.split('.')[0]}"), each.work()]})
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


def loops(given: Any, depth: int = 0) -> int:
    """How many there are in a stage, as deep as a stage may be."""
    if isinstance(given, dict):
        return sum((key in LOOPS) + loops(value, depth + 1) for key, value in given.items() if depth < DEEPEST)
    return sum(loops(item, depth + 1) for item in given if depth < DEEPEST) if isinstance(given, list) else 0


def number(stage: str, least: int, given: Any) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given < LARGEST:
        raise problem("filter_syntax", f"{stage} wants a whole number from {least}.")
    return given


def plain_name(given: Any) -> str:
    if not isinstance(given, str) or "." in given:
        raise problem("filter_syntax", "A name that is made up has no dots in it.")
    return inside(given)
