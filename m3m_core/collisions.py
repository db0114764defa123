"""What plugins contribute by name, and what happens when two contribute the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .contributions import JSModule, Route
from .discovery import described
from .idle import IdleRun

if TYPE_CHECKING:
    from .plugin_state import Plugin

KERNEL_COMMANDS = ("plugins", "serve", "version")

SwitchOff = Callable[[str, str, Exception | None], None]


class BadContributionError(Exception):
    """A hook raised, returned what its contract does not allow, or named what another plugin has already."""


def settle(plugins: Sequence[Plugin], role: str, switch_off: SwitchOff) -> None:
    """Ask every plugin for what it contributes and switch off the later owner of whatever is there twice.

    Builtins come before others. A plugin that raises, or returns what it must not, is switched off too. Routes and
    commands are not asked for in a runner, which loads no HTTP.
    """
    globals_ = Names()
    beside_globals = None if role == "runner" else _CommandsAndRoutes()
    for plugin in sorted(plugins, key=lambda item: not item.is_builtin):
        if not plugin.is_on:
            continue
        try:
            globals_.take(plugin, _globals(plugin))
            if beside_globals is not None:
                beside_globals.take(plugin)
        except BadContributionError as error:
            switch_off(plugin.name, str(error), error.__cause__ if isinstance(error.__cause__, Exception) else None)


class Names:
    """Who has which name. A name of a plugin that is off is free again."""

    def __init__(self, kernel: Sequence[str] = ()) -> None:
        self._owners: dict[str, Plugin | None] = dict.fromkeys(kernel)

    def take(self, plugin: Plugin, names: Iterator[str]) -> None:
        """Raises BadContributionError that tells every collision, with both owners."""
        problems: list[str] = []
        for name in names:
            owner = self._owners.get(name, plugin)
            if name not in self._owners or (owner is not None and not owner.is_on):
                self._owners[name] = plugin
            elif owner is plugin:
                problems.append(f"{name} is there twice in {plugin.name}")
            else:
                problems.append(f"{name} of {plugin.name} is already taken by {owner.name if owner else 'm3m itself'}")
        if problems:
            raise BadContributionError("; ".join(problems))


def _globals(plugin: Plugin) -> Iterator[str]:
    modules: list[JSModule] = _asked(plugin, "m3m_js_modules", JSModule, run=IdleRun())
    plugin.modules = tuple(module.name for module in modules)
    for module in modules:
        names = (module.name, *module.aliases)
        twins = (f"${name}" for name in names)
        yield from (f"JavaScript global {name}" for name in dict.fromkeys((*names, *twins, *module.exports)))


class _CommandsAndRoutes:
    def __init__(self) -> None:
        from .http.routing import RouteTable

        self._commands = Names([f"command {name}" for name in KERNEL_COMMANDS])
        self._table = RouteTable()

    def take(self, plugin: Plugin) -> None:
        """Routes last: a table of routes keeps those of a plugin that is switched off afterwards."""
        import click

        from .http.routing import RouteError, endpoints_of

        commands: list[click.Command] = _asked(plugin, "m3m_commands", click.Command)
        self._commands.take(plugin, (f"command {command.name}" for command in commands))
        routes: list[Route] = _asked(plugin, "m3m_routes", Route)
        plugin.routes = tuple(f"{method} {route.path}" for route in routes for method in sorted(route.operations))
        try:
            self._table.add(list(endpoints_of(plugin.name, routes)))
        except RouteError as error:
            raise BadContributionError(error.message) from None


def _asked(plugin: Plugin, hook: str, kind: type, **arguments: Any) -> list[Any]:
    try:
        answer = plugin.call(hook, arguments)
    except Exception as error:
        raise BadContributionError(f"{hook} failed: {described(error)}") from error
    if answer is None:
        return []
    if not isinstance(answer, list | tuple) or not all(isinstance(item, kind) for item in answer):
        raise BadContributionError(f"{hook} must return a list of {kind.__name__}")
    return list(answer)
