"""What a plugin says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType

API_VERSION = 1
"""The plugin API of this kernel. A manifest made for another number is refused with that reason."""

NAME = re.compile(r"^[a-z][a-z0-9_-]{0,62}$")


@dataclass(frozen=True)
class Manifest:
    """Every plugin module has one, as the module attribute `manifest`.

    `requires` names plugins that must be present; they start before this one and stop after it, and only they may be
    asked for with `ctx.use(name)`. `config` is a dataclass whose fields are the plugin's settings under
    `plugins.config.<name>`: strict, typed, every field with a default or required. `hookspecs` is a module with the
    hooks that this plugin announces to others. `replaces` names a plugin that this one stands in for.
    """

    name: str
    version: str
    description: str
    requires: tuple[str, ...] = ()
    config: type | None = None
    hookspecs: ModuleType | None = None
    replaces: str | None = None
    api: int = API_VERSION
