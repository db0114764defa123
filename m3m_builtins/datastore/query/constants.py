"""A comparison without any field: true or false for every record."""

from __future__ import annotations

import operator as operators
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from . import patterns
from .nodes import Operator, Text
from .operands import Constant, constant_kind, stored
from .problems import problem

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operators.eq,
    "!=": operators.ne,
    ">": operators.gt,
    ">=": operators.ge,
    "<": operators.lt,
    "<=": operators.le,
}


def holds(left: Constant, operator: Operator, right: Constant, now: datetime) -> bool:
    """Raises Malformed for two that cannot be compared."""
    if operator in ("~", "!~"):
        if not isinstance(left, Text) or not isinstance(right, Text):
            raise problem("wrong_type", f"{operator} compares texts.", right.position)
        pattern = patterns.of(right.chunks)
        return bool(re.search(pattern.replace(r"\x{00}", r"\x00"), left.value, re.I | re.S)) == (operator == "~")
    kinds = {constant_kind(left), constant_kind(right)} - {None}
    kind = "date" if "date" in kinds else constant_kind(left) or constant_kind(right)
    if kind is None:
        return operator == "="
    values = [stored(side, kind, operator, "", now) for side in (left, right)]
    return COMPARE[operator](*values)
