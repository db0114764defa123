"""What a canvas sends when its picture is wanted: all its commands at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from m3m_core import wrong_argument

from . import limits

Command = Sequence[Any]
"""A name and its arguments."""


@dataclass(frozen=True)
class Sheet:
    """`gradients` and `pictures` (bytes of files) are what commands name by number."""

    width: int
    height: int
    commands: Sequence[Command]
    gradients: Sequence[Mapping[str, Any]]
    pictures: Sequence[bytes]


def sheet_of(given: Any) -> Sheet:
    """Raises ScriptError, TooLarge. What is in the commands is checked when they are drawn."""
    try:
        width, height = limits.check_size(given["width"], given["height"])
        commands = orjson.loads(given["commands"])
        pictures = [item for item in given["pictures"] if isinstance(item, bytes)]
        sheet = Sheet(width, height, commands, given["gradients"], pictures)
    except (KeyError, TypeError, ValueError) as error:
        raise wrong_argument("This is no canvas.") from error
    if not isinstance(commands, list) or not all(isinstance(command, list) and command for command in commands):
        raise wrong_argument("The commands of a canvas are lists that begin with a name.")
    if len(sheet.commands) > limits.MOST_COMMANDS:
        raise limits.too_large(f"A canvas has at most {limits.MOST_COMMANDS} commands.")
    return sheet
