"""From the tree of a filter to conditions of MongoDB. Operators and keys come from here and from the model alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import constants, expressions, native
from .joins import Joins
from .native import Condition
from .nodes import Comparison, Group, Node, Operator, Path, Text
from .operands import Constant, kind_name, kind_of_value, named, stored
from .parse import comparisons
from .paths import Target, resolve
from .problems import problem

if TYPE_CHECKING:
    from ..schema import Schema, Schemas

MOST_LOOKED_FOR = 500
"""Characters: in a text of 1 MB each may take some milliseconds, and nothing interrupts that."""

FLIPPED: dict[Operator, Operator] = {"=": "=", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}


class Compiler:
    """One query on one model; `joins` are what its paths need beside the record."""

    def __init__(self, schema: Schema, schemas: Schemas, now: datetime) -> None:
        self.joins = Joins()
        self._schema = schema
        self._schemas = schemas
        self._now = now
        self._share = 1
        self._looked_for = 0

    def split(self, node: Node | None) -> tuple[list[Condition], list[Condition]]:
        """What can be asked of the record alone, and what only after the joins. All of it must hold."""
        if node is None:
            return [], []
        self._share = len(comparisons(node))
        items = node.items if isinstance(node, Group) and node.every else (node,)
        crossing = [self.crosses(item) for item in items]
        alone = [self.condition(item) for item, crosses in zip(items, crossing, strict=True) if not crosses]
        joined = [self.condition(item) for item, crosses in zip(items, crossing, strict=True) if crosses]
        return alone, joined

    def crosses(self, node: Node) -> bool:
        if isinstance(node, Group):
            return any(self.crosses(item) for item in node.items)
        return any(isinstance(side, Path) and bool(self.target(side).hops) for side in (node.left, node.right))

    def target(self, path: Path) -> Target:
        return resolve(self._schema, self._schemas, path.names, path.position)

    def key(self, target: Target) -> str:
        """Where the value stands once the joins are made."""
        join = self.joins.to(target)
        return target.key if join is None else f"{join.key}.{target.key}"

    def condition(self, node: Node) -> Condition:
        if isinstance(node, Group):
            return {"$and" if node.every else "$or": [self.condition(item) for item in node.items]}
        return self.comparison(node)

    def comparison(self, node: Comparison) -> Condition:
        left, right, operator = node.left, node.right, node.operator
        if isinstance(left, Path) and isinstance(right, Path):
            return self.fields(left, right, node)
        if isinstance(left, Path):
            assert not isinstance(right, Path)
            if operator in ("~", "!~"):
                return self.matches(left, right, node)
            return self.compares(left, operator, right, any_of=node.any_of)
        if not isinstance(right, Path):
            return native.ALWAYS if constants.holds(left, operator, right, self._now) else native.NEVER
        if operator in ("~", "!~"):
            return self.matched(left, right, node)
        return self.compares(right, FLIPPED[operator], left, any_of=node.any_of)

    # ---- a field and a value ----

    def compares(self, path: Path, operator: Operator, operand: Constant, *, any_of: bool) -> Condition:
        target = self.target(path)
        value = stored(operand, target.kind, operator, named(path), self._now)
        join = self.joins.to(target)
        if join is None or not join.many:
            return native.compares(self.key(target), operator, value, many=target.listed, any_of=any_of)
        kind = target.kind if target.kind != "any" else kind_of_value(value)
        test = expressions.compared(operator, kind, any_of=any_of)
        return self.holds(self.values(target), expressions.constant(value), test)

    def matches(self, path: Path, operand: Constant, node: Comparison) -> Condition:
        target = self.text_target(path, node)
        if not isinstance(operand, Text):
            raise problem("wrong_type", f"{node.operator} wants a text in quotes.", operand.position)
        self.look_for(operand)
        join = self.joins.to(target)
        if join is None or not join.many:
            return native.matches(
                self.key(target), node.operator, operand.chunks, many=target.listed, any_of=node.any_of
            )
        test = expressions.formed(node.operator == "~", operand.chunks, self._share, any_of=node.any_of)
        return self.holds(self.values(target), expressions.constant(None), test)

    def look_for(self, text: Text) -> None:
        self._looked_for += len(text.value)
        if self._looked_for > MOST_LOOKED_FOR:
            message = f"The texts that a filter looks for have at most {MOST_LOOKED_FOR} characters together."
            raise problem("too_complex", message, text.position)

    def matched(self, operand: Constant, path: Path, node: Comparison) -> Condition:
        """`'some text' ~ field`: the text contains what stands in the field."""
        target = self.text_target(path, node)
        if not isinstance(operand, Text):
            raise problem("wrong_type", f"{node.operator} wants a text in quotes.", operand.position)
        test = expressions.contained(node.operator == "~", self._share, any_of=node.any_of)
        return self.holds(expressions.constant(operand.value), self.values(target), test)

    # ---- two fields ----

    def fields(self, left: Path, right: Path, node: Comparison) -> Condition:
        sides = (self.target(left), self.target(right))
        for path, target in zip((left, right), sides, strict=True):
            if target.kind in ("document", "any"):
                message = f"{named(path)} is {kind_name(target.kind)}: compare it with a value, not with a field."
                raise problem("wrong_type", message, path.position)
        if sides[0].kind != sides[1].kind:
            kinds = f"{kind_name(sides[0].kind)} and {named(right)} {kind_name(sides[1].kind)}"
            raise problem("wrong_type", f"{named(left)} is {kinds}: they cannot be compared.", right.position)
        if node.operator in ("~", "!~"):
            self.text_target(left, node)
            test = expressions.contained(node.operator == "~", self._share, any_of=node.any_of)
        else:
            test = expressions.compared(node.operator, sides[0].kind, any_of=node.any_of)
        return self.holds(self.values(sides[0]), self.values(sides[1]), test)

    def values(self, target: Target) -> expressions.Expression:
        return expressions.values(target, self.joins.to(target), self._share)

    def holds(self, left: expressions.Expression, right: expressions.Expression, test: Any) -> Condition:
        return expressions.holds(left, right, test, self._share)

    def text_target(self, path: Path, node: Comparison) -> Target:
        target = self.target(path)
        if target.kind not in ("text", "any"):
            message = f"{node.operator} searches texts, and {named(path)} is {kind_name(target.kind)}."
            raise problem("wrong_type", message, path.position)
        return target
