"""Plugins made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from ..contributions import Route
from ..hookspecs import hookimpl
from ..manifest import Manifest


def plugin(
    name: str, *, routes: Sequence[Route] = (), requires: tuple[str, ...] = (), **hooks: Callable[..., Any]
) -> ModuleType:
    """A plugin module with these hook functions: `plugin("echo", m3m_startup=lambda ctx: Echo())`.

    `routes` is short for an `m3m_routes` that returns them.
    """
    module = ModuleType(f"m3m_testing_{name}")
    module.__dict__["manifest"] = Manifest(name, "1.0.0", f"{name}, made for a test", requires=requires)
    if routes:
        hooks["m3m_routes"] = lambda: routes
    for hook, function in hooks.items():
        setattr(module, hook, hookimpl(function))
    return module
