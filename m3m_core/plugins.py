"""The host of all plugins in one process: starts them in order, calls their hooks one by one, keeps failures apart."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .collisions import settle
from .context import Context, PluginHostView, Role
from .contributions import Answer, PluginEntry
from .discovery import DISABLED, Found, described, find
from .plan import Plan, unmet
from .plugin_state import Plugin

if TYPE_CHECKING:
    from pymongo.database import Database

    from .runtime.client import SupervisorClient
    from .settings import Settings

log = logging.getLogger("m3m.plugins")


class PluginHost(PluginHostView):
    """Plans when it is made (modules are imported, nothing runs), then `start` and, at the end, `stop`.

    `found` are the plugins to host, by default those of the installation. `off` are plugins that another process of
    this server switched off, with the reasons: they stay off here too.
    """

    def __init__(
        self,
        settings: Settings,
        role: Role,
        *,
        database: Callable[[], Database[dict[str, Any]]],
        supervisor: Callable[[], SupervisorClient],
        boot: str = "",
        found: Sequence[Found] | None = None,
        off: Mapping[str, str] | None = None,
    ) -> None:
        self.role = role
        self.boot = boot
        self.database = database
        self.supervisor = supervisor
        self._plan = Plan(find(settings.plugins) if found is None else found, settings, off or {})
        self._hosted = self._plan.needed_for("m3m_js_modules") if role == "runner" else self._plan.order
        self._chains: dict[str, tuple[frozenset[str], list[Plugin]]] = {}
        for plugin in self._hosted:
            config = self._plan.configs.get(plugin.name)
            plugin.context = Context(name=plugin.name, role=role, settings=settings, config=config, host=self)
        self._log_planned(settings)

    def start(self) -> None:
        """Start every plugin, then settle what several of them contribute. Failures switch off, never raise."""
        for plugin in self._hosted:
            if plugin.is_on:
                self._start(plugin)
        settle(self._hosted, self.role, self.switch_off)

    def stop(self) -> None:
        """Shut down what was started, dependents first. A failure is logged and the stop goes on."""
        for plugin in reversed(self._hosted):
            self._shut_down(plugin)

    def each(self, hook: str, **arguments: Any) -> list[Any]:
        """The answers other than None of every plugin that has `hook`, in order. An exception is logged."""
        return [value for _, value in self.each_owned(hook, **arguments)]

    def each_owned(self, hook: str, **arguments: Any) -> Iterator[tuple[str, Any]]:
        """Like `each`, with the plugin's name before its answer."""
        for answer in self.answers(hook, **arguments):
            if answer.value is not None:
                yield answer.plugin, answer.value

    def answers(self, hook: str, **arguments: Any) -> Iterator[Answer]:
        """What each plugin that has `hook` did, exceptions included; those are logged too."""
        for plugin in self._chain(hook, arguments):
            try:
                yield Answer(plugin.name, plugin.call(hook, arguments))
            except Exception as error:
                log.exception("plugin %s failed in %s", plugin.name, hook, extra={"plugin": plugin.name})
                yield Answer(plugin.name, error=error)

    def first(self, hook: str, **arguments: Any) -> Any:
        """The first answer other than None, or None. An exception is the caller's."""
        for plugin in self._chain(hook, arguments):
            value = plugin.call(hook, arguments)
            if value is not None:
                return value
        return None

    def ask(self, name: str, hook: str, **arguments: Any) -> Any:
        """The answer of one plugin, which is on and has `hook`. An exception is the caller's."""
        plugin = next(item for item in self._chain(hook, arguments) if item.name == name)
        return plugin.call(hook, arguments)

    def entries(self) -> list[PluginEntry]:
        return [plugin.entry() for plugin in self._plan.plugins]

    def off(self) -> dict[str, str]:
        """Names that no plugin serves, with the reasons: what the host of another process may be told."""
        on = {plugin.name for plugin in self._plan.plugins if plugin.is_on}
        return {plugin.name: plugin.reason for plugin in self._plan.plugins if plugin.name not in on}

    def failed(self) -> dict[str, str]:
        """Names of those that were to be hosted and were switched off since, with the reasons."""
        return {plugin.name: plugin.reason for plugin in self._plan.order if not plugin.is_on}

    def switch_off(self, name: str, reason: str, error: Exception | None = None) -> None:
        """Switch off a plugin that is on, and all that require it, the last ones first."""
        plugin = next(item for item in self._plan.order if item.name == name)
        dependents = self._plan.dependents(plugin)
        for dependent in (*dependents, plugin):
            self._shut_down(dependent)
        plugin.reason = reason
        self._log_off(plugin, error)
        for dependent in reversed(dependents):
            required = [self._plan.providers[name] for name in dependent.manifest.requires]
            dependent.reason = "; ".join(unmet(item) for item in required if not item.is_on)
            self._log_off(dependent, None)

    def context(self, name: str) -> Context:
        """The context of a plugin that is on. Raises LookupError for any other."""
        plugin = self._plan.providers.get(name)
        if plugin is None or not plugin.is_on or plugin.context is None:
            raise LookupError(f"there is no plugin {name} here, or it is off")
        return plugin.context

    def service_for(self, asker: str, name: str) -> Any:
        if name not in self._plan.providers[asker].manifest.requires:
            raise LookupError(f"plugin {asker} must name {name} in the `requires` of its manifest before it can use it")
        return self.context(name).service

    def _chain(self, hook: str, arguments: Mapping[str, Any]) -> list[Plugin]:
        """The plugins to call. Raises LookupError for an unknown hook, TypeError for the wrong arguments."""
        if hook not in self._chains:
            wanted = frozenset(self._plan.specs.arguments(hook)) - {"ctx"}
            self._chains[hook] = wanted, [item for item in self._hosted if item.started and hook in item.hooks]
        wanted, plugins = self._chains[hook]
        if arguments.keys() != wanted:
            raise TypeError(f"{hook} was called with {sorted(arguments)}; its arguments are {sorted(wanted)}")
        return plugins

    def _start(self, plugin: Plugin) -> None:
        assert plugin.context is not None
        plugin.started = True
        try:
            plugin.context.service = plugin.call("m3m_startup", {})
        except Exception as error:
            plugin.started = False
            self.switch_off(plugin.name, f"m3m_startup failed: {described(error)}", error)
        self._chains.clear()

    def _shut_down(self, plugin: Plugin) -> None:
        if not plugin.started:
            return
        plugin.started = False
        self._chains.clear()
        try:
            plugin.call("m3m_shutdown", {})
        except Exception:
            log.exception("plugin %s failed in m3m_shutdown", plugin.name, extra={"plugin": plugin.name})

    def _log_planned(self, settings: Settings) -> None:
        """What the plan switched off is the same in every process of a server: only the supervisor says it loudly."""
        for plugin in self._plan.plugins:
            if not plugin.is_on and plugin.reason != DISABLED:
                self._log_off(plugin, None, quiet=self.role != "supervisor")
        names = {plugin.name for plugin in self._plan.plugins}
        for key, given in (("disabled", settings.plugins.disabled), ("config", settings.plugins.config)):
            for name in sorted(set(given) - names):
                level = logging.WARNING if self.role == "supervisor" else logging.DEBUG
                log.log(level, "plugins.%s names %s, and there is no such plugin", key, name)

    def _log_off(self, plugin: Plugin, error: Exception | None, *, quiet: bool = False) -> None:
        level = logging.DEBUG if quiet else logging.ERROR if plugin.is_builtin else logging.WARNING
        log.log(
            level, "plugin %s is off: %s", plugin.name, plugin.reason, exc_info=error, extra={"plugin": plugin.name}
        )
