"""Errors of a service's code in words, cut to a size that a log and a status can carry."""

from __future__ import annotations

from typing import Any

from ..contributions import ScriptError
from .sizes import shown

PASSING = frozenset(("InternalError", "SystemError", "Timeout", "TimeoutError", "TooMany", "Unavailable"))
"""Names of errors that are no fault of the code: something was away, full or slow, or failed on our side."""

LONGEST_MESSAGE = 4000
LONGEST_STACK = 16000
LONGEST_LABEL = 500

OUT_OF_MEMORY = "out of memory"
"""How messages of the engine and of the prelude begin."""


def out_of_memory(limit: int, message: str = OUT_OF_MEMORY) -> str:
    return f"{message}: the JavaScript heap may hold {shown(limit)}"


def headline(error: ScriptError, memory_limit: int) -> str:
    """Name and message in one line."""
    if error.name == "InternalError" and error.message.startswith(OUT_OF_MEMORY):
        return out_of_memory(memory_limit, error.message)
    return cut(f"{error.name}: {error.message}" if error.name else error.message, LONGEST_MESSAGE)


def paragraph(label: str, error: ScriptError, memory_limit: int) -> str:
    """For the log: where it happened, what, and the stack."""
    return f"{label}: {headline(error, memory_limit)}\n{cut(error.stack, LONGEST_STACK)}".rstrip()


def details(error: ScriptError, memory_limit: int) -> dict[str, Any]:
    """For the status and for who asked for the start."""
    return {
        "message": headline(error, memory_limit),
        "file": error.file,
        "line": error.line,
        "column": error.column,
        "stack": cut(error.stack, LONGEST_STACK),
    }


def is_final(error: ScriptError) -> bool:
    """Whether the same code would fail again: neither it nor what caused it passes by itself."""
    return error.code != "timeout" and PASSING.isdisjoint((error.name, *error.causes))


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}… ({len(text)} characters)"
