"""Plugins made of a few lines of source, and a host for them."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from m3m_core import PluginEntry, Settings
from m3m_core.context import Role
from m3m_core.contributions import PluginSource
from m3m_core.discovery import Found
from m3m_core.plugins import PluginHost
from m3m_core.settings import Plugins

HEAD = "from m3m_core import *\n"

_numbers = itertools.count()


def source(name: str, body: str = "", **manifest: Any) -> str:
    """A plugin's source; `manifest` is added to its manifest as it is written."""
    extra = "".join(f", {key}={value!r}" for key, value in manifest.items())
    return f"{HEAD}manifest = Manifest({name!r}, '1.0', 'A plugin for tests'{extra})\n{body}"


def found(name: str, body: str = "", *, origin: PluginSource = "file", **manifest: Any) -> Found:
    """A plugin that was found. Its location is `/{origin}/{name}.py`."""
    spec = importlib.util.spec_from_loader(f"plugin_{next(_numbers)}_{name}", loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look
    exec(source(name, body, **manifest), vars(module))
    return Found(name, origin, module, None, f"/{origin}/{name}.py")


def settings(**plugins: Any) -> Settings:
    return Settings(plugins=Plugins(**plugins))


def host(
    plugins: Sequence[Found], role: Role = "front", *, start: bool = True, given: Settings | None = None, **more: Any
) -> PluginHost:
    made = PluginHost(given or settings(), role, database=nothing, supervisor=nothing, found=plugins, **more)
    if start:
        made.start()
    return made


def nothing() -> Any:
    raise AssertionError("no test here needs it")


def entry(made: PluginHost, name: str) -> PluginEntry:
    return next(item for item in made.entries() if item.name == name)


def reasons(made: PluginHost) -> dict[str, str]:
    """The reason of every plugin that is off."""
    return {item.name: item.reason for item in made.entries() if item.state == "off"}


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file
