"""Which hooks there are, and whether a module's functions fit them."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pluggy

from . import hookspecs
from .compiled import adopt
from .plugin_state import Hook

PREFIX = "m3m_"
KERNEL = "m3m_core"
ORDERING = ("tryfirst", "trylast", "wrapper", "hookwrapper")
PLAIN = inspect.Parameter.POSITIONAL_OR_KEYWORD


class HookSpecs:
    """The kernel's hooks and those that plugins announce. pluggy reads the marks and keeps the specifications."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager("m3m")
        self._owners: dict[str, str] = {}
        self.add(KERNEL, hookspecs)

    def add(self, owner: str, module: ModuleType) -> list[str]:
        """Learn the hooks that `owner` announces. Returns what is wrong; then nothing was learnt."""
        adopt(module)
        names = [name for name in dir(module) if self._manager.parse_hookspec_opts(module, name) is not None]
        problems = [
            f"announces the hook {name}, which {self._owners[name]} announces already"
            for name in names
            if name in self._owners
        ]
        if not names:
            problems = [f"its hookspecs module {module.__name__} has no function marked with @hookspec"]
        if not problems:
            self._manager.add_hookspecs(module)
            self._owners |= dict.fromkeys(names, owner)
        return problems

    def arguments(self, hook: str) -> tuple[str, ...]:
        """What the hook gives to its functions, `ctx` included. Raises LookupError for an unknown hook."""
        if hook not in self._owners:
            raise LookupError(f"{hook} is not a hook: {self._nearest(hook)}")
        spec = getattr(self._manager.hook, hook).spec
        return (*spec.argnames, *spec.kwargnames)

    def hooks_of(self, module: ModuleType) -> tuple[dict[str, Hook], list[str]]:
        """The hook functions of a plugin, and everything that is wrong with them."""
        adopt(module)
        hooks: dict[str, Hook] = {}
        problems: list[str] = []
        for name in dir(module):
            options = self._manager.parse_hookimpl_opts(module, name)
            if options is None:
                problems += self._unmarked(module, name)
                continue
            hook = options.get("specname") or name
            if hook not in self._owners:
                if not options.get("optionalhook"):
                    problems.append(f"unknown hook {hook} ({self._nearest(hook)})")
                continue
            if hook in hooks:
                problems.append(f"has two functions for {hook}")
            function = getattr(module, name)
            parameters = inspect.signature(function).parameters
            problems += [*_ordered(hook, options), *self._misfits(hook, parameters)]
            hooks[hook] = Hook(function, tuple(parameters))
        return hooks, problems

    def _unmarked(self, module: ModuleType, name: str) -> Iterator[str]:
        value = getattr(module, name)
        if not name.startswith(PREFIX) or not inspect.isroutine(value) or value.__module__ != module.__name__:
            return
        if self._manager.parse_hookspec_opts(module, name) is not None:
            return  # a plugin in one file announces its hooks there too
        known = name in self._owners
        yield f"{name} lacks the mark @hookimpl" if known else f"unknown hook {name} ({self._nearest(name)})"

    def _misfits(self, hook: str, parameters: Mapping[str, inspect.Parameter]) -> Iterator[str]:
        given = self.arguments(hook)
        for name, parameter in parameters.items():
            if parameter.kind is not PLAIN:
                yield f"{hook} takes {parameter}: a hook function names each argument plainly"
            elif name not in given:
                yield f"{hook} takes the argument {name}, which the hook does not give (it gives {', '.join(given)})"

    def _nearest(self, hook: str) -> str:
        nearest = difflib.get_close_matches(hook, sorted(self._owners), 1, 0.0)
        return f"the nearest known one is {nearest[0]}"


def _ordered(hook: str, options: Mapping[str, Any]) -> Iterator[str]:
    for option in ORDERING:
        if options.get(option):
            yield f"{hook} is marked with {option}: the order comes from `requires` alone"
