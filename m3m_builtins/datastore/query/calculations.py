"""Expressions of an aggregation, let through only when every operator in them is on the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from . import cost
from .cost import Cost, Expression
from .expressionlist import ACCUMULATORS, EXPRESSIONS, LONGEST_WRITTEN, LOOPS, PIECES, TRIMMED, VARIABLES, WRITTEN
from .operators import name
from .paths import check_length
from .problems import problem, shortened
from .tally import Tally
from .values import as_number

PATH = re.compile(r"\$(?:\$(?P<variable>[A-Za-z_]\w*)|(?P<field>[A-Za-z_]\w*))(?P<rest>(?:\.\w+)*)", re.ASCII)
ITEM = re.compile(r"[a-z]\w*", re.ASCII)
CONSTANT = ("NOW", "REMOVE")


class Calculations:
    """The expressions of one stage, and in `cost` what they cost together.

    `stored` gives the key under which a field is stored, and whether its values are all small. Raises Malformed for a
    field that is not there. `loops`: how many loops share the work that there may be.
    """

    def __init__(self, tally: Tally, stored: Callable[[str], tuple[str, bool]], loops: int) -> None:
        self.cost = Cost()
        self._tally = tally
        self._stored = stored
        self._most = cost.MOST_WORK // max(loops, 1)
        self._times = 1
        self._inside = 0

    @contextmanager
    def apart(self) -> Iterator[Cost]:
        """What is let through within costs that, and not a part of the whole."""
        before, self.cost = self.cost, Cost()
        yield self.cost
        self.cost = before

    def accumulator(self, given: Any, depth: int) -> dict[str, Any]:
        if not isinstance(given, dict) or len(given) != 1:
            raise problem("filter_syntax", "$group wants one accumulator for each name, such as {$sum: '$price'}.")
        ((operator, value),) = given.items()
        if operator not in ACCUMULATORS:
            raise unknown(operator, ACCUMULATORS)
        return {operator: self.expression(value, depth + 1)}

    def expression(self, given: Any, depth: int) -> Any:
        self._tally.enter(depth)
        self.cost.take(self._times)
        if isinstance(given, str):
            return self.path(given) if given.startswith("$") else self.text(given)
        if isinstance(given, list):
            return [self.expression(item, depth + 1) for item in given]
        if isinstance(given, dict):
            return self.object(given, depth)
        return given if given is None or isinstance(given, bool) else as_number(given)

    def object(self, given: dict[str, Any], depth: int) -> Expression:
        """An operator with its arguments, or an object of expressions."""
        operators = [key for key in given if key.startswith("$")]
        if not operators:
            return {name(key): self.expression(value, depth + 1) for key, value in given.items()}
        if len(given) > 1 or operators[0] not in EXPRESSIONS:
            raise unknown(operators[0], EXPRESSIONS)
        return self.operator(operators[0], given[operators[0]], depth)

    def operator(self, operator: str, value: Any, depth: int) -> Expression:
        if operator == "$literal":
            if isinstance(value, dict | list):
                raise problem("filter_syntax", "$literal wants a text, a number, true, false or null.")
            return {"$literal": self.text(value) if isinstance(value, str) else value}
        if operator in LOOPS:
            return self.loop(operator, value, depth)
        before, grown = self._times, growth(operator, written(operator, value))
        self._times = min(before * grown, cost.MOST_STEPS)
        made = {operator: self.expression(value, depth + 1)}
        self._times = before
        return made

    def loop(self, operator: str, given: Any, depth: int) -> Expression:
        """Of $map and $filter."""
        inner = LOOPS[operator]
        other = {"limit"} if operator == "$filter" else set()
        known = isinstance(given, dict) and {"input", inner} <= given.keys() <= {"input", inner, "as", *other}
        variable = given.get("as", "this") if known else None
        if not isinstance(variable, str) or not ITEM.fullmatch(variable):
            example = f"{{{operator}: {{input: '$tags', as: 'tag', {inner}: …}}}}"
            raise problem("filter_syntax", f"{operator} is written {example}.")
        self.cost.take(cost.LOOP)
        listed = self.expression(given["input"], depth + 2)
        further = {each: self.expression(given[each], depth + 2) for each in other & given.keys()}
        with self.apart() as body:
            self._inside += 1
            each = self.expression(given[inner], depth + 2)
            self._inside -= 1
        elsewhere, own = body.without(variable)
        self.cost.add(elsewhere)
        made = {operator: {"input": cost.LIST, "as": variable, inner: each, **further}}
        return cost.loop(listed, elsewhere, own, made, outer=not self._inside, most=self._most)

    def text(self, given: str) -> str:
        self.cost.take(self._times * len(given) // cost.STEP)
        return given

    def path(self, given: str) -> str:
        """`$price`, `$address.city`, `$$this`."""
        found = PATH.fullmatch(given)
        if found is None:
            message = f'"{shortened(given)}" is no field; a text that begins with $ is written {{$literal: "$5"}}.'
            raise problem("unknown_field", message)
        check_length(given.split("."))
        variable, is_small = found["variable"], found["variable"] in CONSTANT
        path = given
        if variable is None:
            key, is_small = self._stored(found["field"])
            path = f"${key}{found['rest']}"
        elif variable not in VARIABLES and not variable[0].islower():
            raise problem("unknown_operator", f'"{shortened(given)}" is no variable here.')
        if not is_small:
            self.cost.reads[path] += self._times
        return path


def written(operator: str, value: Any) -> dict[int | str, str]:
    """The arguments that have to be texts of the pipeline itself. Raises Malformed."""
    found: dict[int | str, str] = {}
    for each in WRITTEN.get(operator, ()):
        given = argument(value, each)
        text = given.get("$literal") if isinstance(given, dict) and len(given) == 1 else given
        if given is None:
            continue
        if not isinstance(text, str) or len(text) > LONGEST_WRITTEN or (text is given and text.startswith("$")):
            which = f"as its {each}" if isinstance(each, str) else "in the second place"
            message = f"{operator} wants a text of at most {LONGEST_WRITTEN} characters {which}, and no field."
            raise problem("filter_syntax", message)
        found[each] = text
    return found


def argument(value: Any, place: int | str) -> Any:
    if isinstance(place, str):
        return value.get(place) if isinstance(value, dict) else None
    return value[place] if isinstance(value, list) and len(value) > place else None


def growth(operator: str, texts: dict[int | str, str]) -> int:
    """Times as large as what it is given the result can be, or as slow as reading it."""
    if operator == "$replaceAll":
        find, new = (len(texts.get(each, "").encode()) for each in ("find", "replacement"))
        return max(1, -(-new // max(find, 1)))
    if operator == "$trim":
        return 1 + len(texts.get("chars", "")) // TRIMMED
    return PIECES if operator == "$split" else 1


def unknown(operator: str, known: frozenset[str]) -> Exception:
    return problem(
        "unknown_operator", f'"{shortened(operator)}" is not possible here; there are {", ".join(sorted(known))}.'
    )
