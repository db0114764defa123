"""Finding plugins: installed ones by their entry points, drop-in ones in `plugins.path`."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from .contributions import PluginSource
from .settings import Plugins

GROUP = "m3m"
OWN_DISTRIBUTION = "m3m"
DISABLED = "disabled in config"
FILE_MODULES = "m3m_plugin_files"
"""Drop-in modules are called `m3m_plugin_files.<name>`, so that they shadow nothing."""


@dataclass(frozen=True)
class Found:
    """One plugin that is there. `error` says why `module` is None; `location` is where it came from, for messages."""

    name: str
    source: PluginSource
    module: ModuleType | None = None
    error: str | None = None
    location: str = ""


def find(plugins: Plugins) -> list[Found]:
    """Every plugin, builtins first, then installed ones, then files, each by name. Disabled ones are not imported."""
    disabled = frozenset(plugins.disabled)
    installed = sorted((_installed(point, disabled) for point in entry_points(group=GROUP)), key=_by_source_and_name)
    return [*installed, *_files(plugins.path, disabled)]


def _by_source_and_name(found: Found) -> tuple[bool, str, str]:
    return found.source != "builtin", found.name, found.location


def _installed(point: EntryPoint, disabled: frozenset[str]) -> Found:
    distribution = point.dist.name if point.dist else ""
    source: PluginSource = "builtin" if distribution == OWN_DISTRIBUTION else "entry point"
    location = point.value if source == "builtin" else f"{point.value} of {distribution}"
    return _load(point.name, source, location, disabled, lambda: _module(point))


def _module(point: EntryPoint) -> ModuleType:
    loaded = point.load()
    if not isinstance(loaded, ModuleType):
        raise TypeError(f"the entry point {point.value} must name a module")
    return loaded


def _files(folder: Path, disabled: frozenset[str]) -> Iterator[Found]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if file.name.startswith((".", "_")) or not file.is_file():
            continue
        name, _, tag = file.name.partition(".")
        if tag == "py":
            yield _load(name, "file", str(file), disabled, _FileModule(name, file))
        elif tag == "so" or tag.endswith(".so"):
            yield _compiled(name, tag, file, disabled)


def _compiled(name: str, tag: str, file: Path, disabled: frozenset[str]) -> Found:
    if f".{tag}" not in importlib.machinery.EXTENSION_SUFFIXES:
        ours = sysconfig.get_config_var("SOABI")
        reason = f"built for another Python: it is for {tag.removesuffix('.so')}, this is {ours} (build it again here)"
        return Found(name, "file", None, DISABLED if name in disabled else reason, str(file))
    return _load(name, "file", str(file), disabled, _FileModule(name, file))


def _load(
    name: str, source: PluginSource, location: str, disabled: frozenset[str], load: Callable[[], ModuleType]
) -> Found:
    if name in disabled:
        return Found(name, source, None, DISABLED, location)
    try:
        return Found(name, source, load(), None, location)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin that calls sys.exit() on import must not stop the server either
        return Found(name, source, None, f"import failed: {described(error)}", location)


@dataclass(frozen=True)
class _FileModule:
    """Loads a module from a file, source or compiled."""

    name: str
    file: Path

    def __call__(self) -> ModuleType:
        qualified = f"{FILE_MODULES}.{self.name}"
        spec = importlib.util.spec_from_file_location(qualified, self.file)
        if spec is None or spec.loader is None:
            raise ImportError(f"{self.file.name} is no Python module")
        module = importlib.util.module_from_spec(spec)
        # Dataclasses look their own module up while they are made.
        sys.modules[qualified] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[qualified]
            raise
        return module


def described(error: BaseException) -> str:
    """The exception in one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
