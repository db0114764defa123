"""What the kernel knows of one plugin in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .context import Context
from .contributions import PluginEntry
from .discovery import Found
from .manifest import Manifest


@dataclass(frozen=True)
class Hook:
    """A plugin's function for one hook. `arguments` are those that it names."""

    function: Callable[..., Any]
    arguments: tuple[str, ...]


NO_MANIFEST = Manifest(name="", version="", description="")


@dataclass(eq=False)
class Plugin:
    """Changes from on to off, never back. `reason` says why it is off and is empty while it is on."""

    found: Found
    manifest: Manifest = NO_MANIFEST
    hooks: dict[str, Hook] = field(default_factory=dict)
    reason: str = ""
    context: Context | None = None
    started: bool = False
    modules: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.found.name

    @property
    def is_builtin(self) -> bool:
        return self.found.source == "builtin"

    @property
    def is_on(self) -> bool:
        return not self.reason

    def entry(self) -> PluginEntry:
        return PluginEntry(
            name=self.name,
            version=self.manifest.version,
            description=self.manifest.description,
            source=self.found.source,
            state="on" if self.is_on else "off",
            reason=self.reason,
            modules=self.modules if self.is_on else (),
            routes=self.routes if self.is_on else (),
            hooks=tuple(sorted(self.hooks)),
        )

    def call(self, hook: str, arguments: dict[str, Any]) -> Any:
        """Call its function for `hook` with those of `arguments` that the function names; None when it has none."""
        mine = self.hooks.get(hook)
        if mine is None:
            return None
        given = arguments | {"ctx": self.context}
        return mine.function(**{name: given[name] for name in mine.arguments})
