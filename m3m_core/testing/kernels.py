"""Kernels for tests: real plugins, a real database, a folder of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from ..context import Role
from ..discovery import Found, find
from ..kernel import Kernel
from ..manifest import Manifest
from ..settings import Data, Logging, MongoDB, Plugins, Settings, Storage
from .server import DATABASE, empty, mongod


def settings(folder: Path, **sections: Mapping[str, Any]) -> Settings:
    """Everything is kept in `folder`, and the database is the run's: `settings(folder, jwt={"expiration": 1})`."""
    made = Settings(
        mongodb=MongoDB(uri=mongod(), database=DATABASE),
        data=Data(folder / "data"),
        storage=Storage(folder / "storage"),
        logging=Logging(path=folder / "logs"),
        plugins=Plugins(path=folder / "plugins"),
    )
    for name, values in sections.items():
        made = replace(made, **{name: replace(getattr(made, name), **values)})
    return made


@contextmanager
def kernel(
    plugins: Sequence[str | ModuleType] | None = None,
    *,
    role: Role = "front",
    ready: bool = True,
    runs: Any = None,
    **sections: Mapping[str, Any],
) -> Iterator[Kernel]:
    """A started kernel on an empty database.

    `plugins` are names of installed plugins (what they require comes with them) and modules that are plugins
    themselves; without it, all that are installed. `ready` calls `m3m_ready` too, as the supervisor would: indexes
    exist then. `runs` stands in for the supervisor's client. `sections` are settings, as for `settings`.
    """
    with tempfile.TemporaryDirectory(prefix="m3m-test-", ignore_cleanup_errors=True) as folder:
        made = settings(Path(folder), **sections)
        empty(made.mongodb.uri)
        running = Kernel(made, role, boot="test", found=chosen(made, plugins))
        if runs is not None:
            running.runs = runs
        running.start()
        try:
            if ready:
                running.host.each("m3m_ready")
            yield running
        finally:
            running.stop()


def chosen(made: Settings, plugins: Sequence[str | ModuleType] | None) -> list[Found]:
    installed = find(made.plugins)
    if plugins is None:
        return installed
    modules = [plugin for plugin in plugins if isinstance(plugin, ModuleType)]
    own = [Found(module.manifest.name, "file", module, location=module.__name__) for module in modules]
    known = {found.name: found for found in installed}
    wanted: dict[str, Found] = {}
    pending = [name for name in plugins if isinstance(name, str)]
    pending += [name for found in own for name in _requires(found)]
    while pending:
        name = pending.pop()
        if name in known and name not in wanted:
            wanted[name] = known[name]
            pending += _requires(known[name])
    return [found for found in installed if found.name in wanted] + own


def _requires(found: Found) -> tuple[str, ...]:
    manifest = getattr(found.module, "manifest", None)
    return manifest.requires if isinstance(manifest, Manifest) else ()
