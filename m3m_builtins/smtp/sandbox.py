"""jinja2's sandbox for templates that anybody may write. Imported with the first template: jinja2 takes its time."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from jinja2 import FunctionLoader, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from .budget import Budget

FILLERS = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "translate", "zfill"})
"""Methods of texts that make a long text of a short number."""

WIDE_FILTERS = ("batch", "center", "format", "indent", "slice", "urlize", "wordwrap")
"""Filters that do the same, or take longer than their text is long."""

LISTING = {
    "attr", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length", "list",
    "map", "max", "min", "random", "reject", "rejectattr", "reverse", "select", "selectattr", "sort",
    "sum", "unique",
}  # fmt: skip
"""Filters that hand on what they get; all others write it as a text."""

MOST_BITS = 4096
"""Of a whole number that is multiplied."""

MOST_DIGITS = 100


class Charging(NodeTransformer):
    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # the name that jinja2 looks for
        """What is joined is charged for before it is."""
        self.generic_visit(node)
        node.nodes = [called("_taken", part) for part in node.nodes]
        return node


def called(name: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class MailEnvironment(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, load: Callable[[str], str], *, autoescape: bool) -> None:
        """`load` gives a template of the storage by its path."""
        self._budget = budget = Budget()
        super().__init__(autoescape=autoescape, loader=FunctionLoader(load), cache_size=0, finalize=budget.shown)
        known = {name: function for name, function in self.filters.items() if name not in WIDE_FILTERS}
        self.filters = {name: self._bounded(name, function) for name, function in known.items()}
        self.filters |= {"_counted": budget.counted, "_charged": budget.charged, "_taken": budget.taken}
        self.globals = {name: self.globals[name] for name in ("range", "dict", "namespace", "cycler", "joiner")}

    def _bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The filter, which is charged for what it makes, and refused what it could not be charged for."""
        signature = inspect.signature(function)

        @wraps(function)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            if name not in LISTING:
                given = signature.bind(*args, **kwargs)
                given.arguments.update(self._affordable(name, given.arguments))
                args, kwargs = given.args, given.kwargs
            return self._budget.charged(function(*args, **kwargs))

        return bounded

    def _affordable(self, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a filter by name, when there is room for what it makes of them."""
        listed = {key: self._budget.listed(value) for key, value in given.items()}
        self._budget.check(sum(self._budget.size(value) for value in listed.values()) + self._growth(name, listed))
        return listed

    def _growth(self, name: str, given: Mapping[str, Any]) -> int:
        """Characters that come to those of the arguments."""
        if name == "join":
            return len(given["value"]) * self._budget.size(given.get("d", ""))
        if name == "replace":
            return str(given["s"]).count(str(given["old"])) * self._budget.size(given["new"])
        if name == "round" and abs(int(given.get("precision", 0))) > MOST_DIGITS:
            raise SecurityError(f"round is for at most {MOST_DIGITS} digits")
        return 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every loop goes over a counted list, and what is joined or captured is charged for."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = called("_counted", loop.iter)
        for block in tree.find_all(nodes.AssignBlock):
            block.filter = nodes.Filter(block.filter, "_charged", [], [], None, None, lineno=block.lineno)
        Charging().visit(tree)
        tree.set_environment(self)
        return tree

    def call(self, context: Any, function: Any, *args: Any, **kwargs: Any) -> Any:
        self._budget.step()
        owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
        if isinstance(owner, str) and name == "join" and len(args) == 1:
            args = (self._affordable(name, {"value": args[0], "d": owner})["value"],)
        elif isinstance(owner, str) and name == "replace" and len(args) > 1:
            self._affordable(name, {"s": owner, "old": args[0], "new": args[1]})
        return self._budget.charged(super().call(context, function, *args, **kwargs))

    def wrap_str_format(self, value: Any) -> None:
        """No own way for `format` around the next rule."""

    def is_safe_attribute(self, owner: Any, name: str, value: Any) -> bool:
        return name not in FILLERS and super().is_safe_attribute(owner, name, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "+":
            return self._budget.charged(super().call_binop(context, operator, left, right))
        if operator == "**" or not isinstance(left, int | float) or not isinstance(right, int | float):
            raise SecurityError(f"{operator} is for numbers only, and ** is not there")
        if sum(number.bit_length() for number in (left, right) if isinstance(number, int)) > MOST_BITS:
            raise SecurityError("a number is too large")
        return super().call_binop(context, operator, left, right)
