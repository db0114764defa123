"""Expressions of an aggregation, let through only when every operator in them is on the list."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .expressionlist import ACCUMULATORS, EXPRESSIONS, VARIABLES
from .operators import name
from .paths import check_length
from .problems import problem, shortened
from .tally import Tally
from .values import as_number

PATH = re.compile(r"\$(?:\$(?P<variable>[A-Za-z_]\w*)|(?P<field>[A-Za-z_]\w*))(?P<rest>(?:\.\w+)*)", re.ASCII)


class Calculations:
    """`stored` gives the key under which a field is stored. Raises Malformed for a field that is not there."""

    def __init__(self, tally: Tally, stored: Callable[[str], str]) -> None:
        self._tally = tally
        self._stored = stored

    def accumulator(self, given: Any, depth: int) -> dict[str, Any]:
        if not isinstance(given, dict) or len(given) != 1:
            raise problem("filter_syntax", "$group wants one accumulator for each name, such as {$sum: '$price'}.")
        ((operator, value),) = given.items()
        if operator not in ACCUMULATORS:
            raise unknown(operator, ACCUMULATORS)
        return {operator: self.expression(value, depth + 1)}

    def expression(self, given: Any, depth: int) -> Any:
        self._tally.enter(depth)
        if isinstance(given, str):
            return self.path(given) if given.startswith("$") else given
        if isinstance(given, list):
            return [self.expression(item, depth + 1) for item in given]
        if isinstance(given, dict):
            return self.object(given, depth)
        return given if given is None or isinstance(given, bool) else as_number(given)

    def object(self, given: dict[str, Any], depth: int) -> dict[str, Any]:
        """An operator with its arguments, or an object of expressions."""
        operators = [key for key in given if key.startswith("$")]
        if not operators:
            return {name(key): self.expression(value, depth + 1) for key, value in given.items()}
        if len(given) > 1 or operators[0] not in EXPRESSIONS:
            raise unknown(operators[0], EXPRESSIONS)
        value = given[operators[0]]
        if operators[0] == "$literal":
            if isinstance(value, dict | list):
                raise problem("filter_syntax", "$literal wants a text, a number, true, false or null.")
            return {"$literal": value}
        return {operators[0]: self.expression(value, depth + 1)}

    def path(self, given: str) -> str:
        """`$price`, `$address.city`, `$$this`."""
        found = PATH.fullmatch(given)
        if found is None:
            message = f'"{shortened(given)}" is no field; a text that begins with $ is written {{$literal: "$5"}}.'
            raise problem("unknown_field", message)
        check_length(given.split("."))
        variable = found["variable"]
        if variable is None:
            return f"${self._stored(found['field'])}{found['rest']}"
        if variable not in VARIABLES and not variable[0].islower():
            raise problem("unknown_operator", f'"{shortened(given)}" is no variable here.')
        return given


def unknown(operator: str, known: frozenset[str]) -> Exception:
    return problem(
        "unknown_operator", f'"{shortened(operator)}" is not possible here; there are {", ".join(sorted(known))}.'
    )
