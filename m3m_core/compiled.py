"""Hooks in Cython-compiled modules.

pluggy takes only functions made by `def` in Python (`inspect.isfunction`). Compiled functions are of another type, so
it passes over them without a word: the plugin registers with no hooks at all, a module of hookspecs is "empty".
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

MARKS = ("m3m_impl", "m3m_spec")


def adopt(module: ModuleType) -> ModuleType:
    """Put a plain function in front of every marked native one in `module`; returns the same module."""
    for name, value in list(vars(module).items()):
        if callable(value) and not inspect.isfunction(value) and any(mark in _attributes(value) for mark in MARKS):
            setattr(module, name, _plain(value))
    return module


def _attributes(value: object) -> dict[str, Any]:
    found = getattr(value, "__dict__", {})
    return found if isinstance(found, dict) else {}


def _plain(native: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(native)  # copies the marks, and leads pluggy and inspect to the true argument names
    def call(*args: Any, **kwargs: Any) -> Any:
        return native(*args, **kwargs)

    return call
