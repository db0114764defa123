"""The value of an operand that is no field, as the other side's kind wants it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .kinds import Kind
from .macros import MACROS
from .nodes import Macro, Operator, Path, Text, Value
from .problems import problem, shortened
from .values import WANTED, as_kind

Constant = Value | Text | Macro


def constant_kind(operand: Constant) -> Kind | None:
    """None for null."""
    if isinstance(operand, Text):
        return "text"
    if isinstance(operand, Macro):
        return "date"
    if operand.value is None:
        return None
    return "bool" if isinstance(operand.value, bool) else "number"


def stored(operand: Constant, kind: Kind, operator: Operator, named: str, now: datetime) -> Any:
    """None for what stands for no value. Raises Malformed for what `kind` cannot be compared with."""
    is_equality = operator in ("=", "!=")
    if not isinstance(operand, Macro) and operand.value in (None, "") and is_equality:
        return None
    value = MACROS[operand.name](now) if isinstance(operand, Macro) else operand.value
    wanted = constant_kind(operand) if kind == "any" else kind
    try:
        found = as_kind(value, wanted or "document")
        if kind == "id" and isinstance(found, str) and not is_equality:
            raise ValueError(found)
    except ValueError:
        about = f"{named} is {kind_name(kind)}" if named else "These two are not alike"
        message = f"{about}: compare it with {WANTED[kind]}."
        raise problem("wrong_type", message, operand.position) from None
    return found


def kind_of_value(value: Any) -> Kind:
    """Of a stored value inside a document."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, datetime):
        return "date"
    return "text" if isinstance(value, str) else "number"


def kind_name(kind: Kind) -> str:
    return {"id": "an id", "any": "inside a document", "bool": "true or false"}.get(kind, f"a {kind}")


def named(path: Path) -> str:
    return f'"{shortened(path.text)}"'
