"""Templates of mails: jinja2's sandbox, with bounds on what a template may make of us.

HTML is escaped by itself; a text is not. Templates of the storage may include and extend each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from m3m_core import Invalid, M3MError

MOST_STEPS = 100_000
"""Rounds of loops and calls, in one template together with what it includes."""

LONGEST_TEMPLATE = 1024 * 1024
LONGEST_RESULT = 4 * 1024 * 1024
"""Characters."""

MOST_MADE = 16 * 1024 * 1024
"""Characters and items of what a template puts together on the way to its result."""

FILLERS = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"})
"""Methods of texts that make a long text of a short number."""

WIDE_FILTERS = ("batch", "center", "format", "indent", "slice", "urlize", "wordwrap")
"""Filters that do the same, or take longer than their text is long."""

Load = Callable[[str], str]
"""A template of the storage by its path."""


def render(source: str, data: Mapping[str, Any], *, name: str, html: bool, load: Load) -> str:
    """Raises Invalid (`bad_template`) with the line."""
    import jinja2

    environment = environment_class()(load, autoescape=html)
    if len(source) > LONGEST_TEMPLATE:
        raise bad_template(name, f"it is longer than {LONGEST_TEMPLATE} characters")
    try:
        parts = environment.from_string(source).generate(dict(data))
        return _joined(parts, name)
    except jinja2.TemplateSyntaxError as error:
        raise bad_template(error.name or name, f"line {error.lineno}: {error.message}") from None
    except jinja2.TemplateNotFound as error:
        raise bad_template(name, f"there is no template {str(error.message)[:200]}") from None
    except jinja2.TemplateError as error:
        raise bad_template(name, str(error.message)[:300]) from None
    except RecursionError:
        raise bad_template(name, "it includes itself") from None
    except M3MError:
        raise
    except Exception as error:  # whatever an expression of the template does wrong
        raise bad_template(name, f"{type(error).__name__}: {str(error)[:200]}") from None


def bad_template(name: str, reason: str) -> Invalid:
    return Invalid(f"The template {name} cannot be used: {reason}", code="bad_template")


def _joined(parts: Iterable[str], name: str) -> str:
    made, size = [], 0
    for part in parts:
        size += len(part)
        if size > LONGEST_RESULT:
            raise bad_template(name, f"it makes more than {LONGEST_RESULT} characters")
        made.append(part)
    return "".join(made)


@lru_cache(maxsize=1)
def environment_class() -> Any:
    """Made on first use: the library takes a twentieth of a second to import."""
    from jinja2 import FunctionLoader, nodes
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from jinja2.visitor import NodeTransformer

    class Charging(NodeTransformer):
        def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  # the name that jinja2 looks for
            self.generic_visit(node)
            return nodes.Filter(node, "_charged", [], [], None, None, lineno=node.lineno)

    class MailEnvironment(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"+", "*", "**", "%"})

        def __init__(self, load: Load, *, autoescape: bool) -> None:
            super().__init__(autoescape=autoescape, loader=FunctionLoader(load), cache_size=0)
            self._left = MOST_STEPS
            self._room = MOST_MADE
            self.filters = {name: self.filters[name] for name in self.filters if name not in WIDE_FILTERS}
            self.filters |= {"_counted": self._counted, "_charged": self._charged}
            self.globals = {name: self.globals[name] for name in ("range", "dict", "namespace", "cycler", "joiner")}

        def _step(self) -> None:
            self._left -= 1
            if self._left < 0:
                raise SecurityError(f"it takes more than {MOST_STEPS} steps")

        def _counted(self, items: Any) -> Iterator[Any]:
            for item in items:
                self._step()
                yield item

        def _charged(self, made: Any) -> Any:
            """A text that is doubled in a loop is too much long before it is put out."""
            if isinstance(made, str | list | tuple):
                self._room -= len(made)
                if self._room < 0:
                    raise SecurityError(f"it puts together more than {MOST_MADE} characters")
            return made

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            """Every loop goes over a counted list, and what is joined or captured is charged for."""
            tree = super()._parse(source, name, filename)
            for loop in tree.find_all(nodes.For):
                loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
            for block in tree.find_all(nodes.AssignBlock):
                block.filter = nodes.Filter(block.filter, "_charged", [], [], None, None, lineno=block.lineno)
            Charging().visit(tree)
            tree.set_environment(self)
            return tree

        def call(self, context: Any, function: Any, *args: Any, **kwargs: Any) -> Any:
            self._step()
            return self._charged(super().call(context, function, *args, **kwargs))

        def wrap_str_format(self, value: Any) -> None:
            """No own way for `format` around the next rule."""

        def is_safe_attribute(self, owner: Any, name: str, value: Any) -> bool:
            return name not in FILLERS and super().is_safe_attribute(owner, name, value)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "+":
                return self._charged(super().call_binop(context, operator, left, right))
            if operator == "**" or not isinstance(left, int | float) or not isinstance(right, int | float):
                raise SecurityError(f"{operator} is for numbers only, and ** is not there")
            return super().call_binop(context, operator, left, right)

    return MailEnvironment
