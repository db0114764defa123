"""What a text filter says, as a tree. Positions are 0-based characters of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Path:
    """A field, or fields joined by dots through refs or into a document."""

    names: tuple[str, ...]
    position: int

    @property
    def text(self) -> str:
        return ".".join(self.names)


@dataclass(frozen=True)
class Value:
    """A number, true, false or null."""

    value: float | int | bool | None
    position: int


@dataclass(frozen=True)
class Text:
    """A quoted text. `chunks` are its parts between the wildcards `%`, for the operator `~`."""

    value: str
    chunks: tuple[str, ...]
    position: int


@dataclass(frozen=True)
class Macro:
    """`@now` and its kind; `name` is without the `@`."""

    name: str
    position: int


Operand = Path | Value | Text | Macro
Operator = Literal["=", "!=", ">", ">=", "<", "<=", "~", "!~"]


@dataclass(frozen=True)
class Comparison:
    """`any_of` is the leading `?`: at least one of many values, where without it all of them are meant."""

    left: Operand
    operator: Operator
    any_of: bool
    right: Operand
    position: int


@dataclass(frozen=True)
class Group:
    """At least two nodes, joined by && (`every`) or ||. `depth` counts the levels of groups from here down."""

    every: bool
    items: tuple[Node, ...]
    depth: int


Node = Comparison | Group
