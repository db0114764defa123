"""The JavaScript modules of all plugins: known by name before the fork, made for a run when its service uses one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..contributions import JSModule, RunContext, ScriptError
from ..idle import IdleRun

if TYPE_CHECKING:
    from ..plugins import PluginHost

log = logging.getLogger("m3m.runner")


class Modules:
    """`listed` are those of a run that is not live: they say what globals there are and what their scripts are."""

    def __init__(self, host: PluginHost) -> None:
        self._host = host
        self._owners: dict[str, str] = {}
        self.listed: list[JSModule] = []
        for plugin, modules in host.each_owned("m3m_js_modules", run=IdleRun()):
            self.listed += modules
            self._owners |= dict.fromkeys((module.name for module in modules), plugin)

    def of(self, run: RunContext) -> Callable[[str], JSModule]:
        """What gives a module of this run by its name; its plugin is asked once, for all that it has."""
        made: dict[str, JSModule] = {}

        def module(name: str) -> JSModule:
            if name not in made:
                made.update(self._made(self._owners[name], run))
            return made[name]

        return module

    def _made(self, plugin: str, run: RunContext) -> dict[str, JSModule]:
        """Raises ScriptError, which the service gets where it uses the module."""
        try:
            modules = self._host.ask(plugin, "m3m_js_modules", run=run)
            return {module.name: module for module in modules}
        except Exception as error:
            log.exception("plugin %s failed in m3m_js_modules", plugin, extra={"plugin": plugin})
            raise ScriptError(f"plugin {plugin} failed: {error}", name="InternalError") from error
