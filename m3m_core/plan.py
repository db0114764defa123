"""What is decided about plugins before any of them starts: which are off and why, and the order of the others."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from .config import ConfigError, plugin_config
from .discovery import DISABLED, Found
from .manifest import API_VERSION, NAME, Manifest
from .ordering import circle, closure, ordered
from .plugin_state import Plugin
from .settings import Settings
from .specs import HookSpecs


class Plan:
    """`plugins` are all that were found; `order` those that are on; `providers` who stands for a required name.

    `configs` are the plugins' settings by name. `elsewhere` are plugins that another process switched off, with the
    reasons.
    """

    def __init__(self, found: Sequence[Found], settings: Settings, elsewhere: Mapping[str, str]) -> None:
        ranked = sorted(found, key=lambda item: item.source != "builtin")
        self.plugins = [Plugin(item) for item in ranked]
        self.specs = HookSpecs()
        self.providers: dict[str, Plugin] = {}
        self.configs: dict[str, object] = {}
        self._settings = settings
        self._switch_off_named(elsewhere)
        self._check_manifests()
        self._check_names()
        self._check_hooks()
        self._check_configs()
        self._replace()
        self.order = [self.providers[name] for name in ordered(self._requires())]

    def _on(self) -> list[Plugin]:
        return [plugin for plugin in self.plugins if plugin.is_on]

    def _switch_off_named(self, elsewhere: Mapping[str, str]) -> None:
        reasons = dict(elsewhere) | dict.fromkeys(self._settings.plugins.disabled, DISABLED)
        for plugin in self.plugins:
            plugin.reason = reasons.get(plugin.name) or plugin.found.error or ""

    def _check_manifests(self) -> None:
        for plugin in self._on():
            manifest = getattr(plugin.found.module, "manifest", None)
            if not isinstance(manifest, Manifest):
                plugin.reason = "has no `manifest = Manifest(...)`"
                continue
            plugin.manifest = manifest
            plugin.reason = manifest_problem(plugin.name, manifest)

    def _check_names(self) -> None:
        """A name has one owner: a builtin, even a broken one, else the first that works."""
        owners = {plugin.name: plugin for plugin in self.plugins if plugin.is_builtin}
        for plugin in self._on():
            owner = owners.setdefault(plugin.name, plugin)
            if owner is not plugin:
                plugin.reason = (
                    f"the name {plugin.name} of {plugin.found.location} is already taken by the "
                    f"{owner.found.source} {owner.found.location}"
                )

    def _check_hooks(self) -> None:
        for plugin in self._on():
            if plugin.manifest.hookspecs is not None:
                plugin.reason = "; ".join(self.specs.add(plugin.name, plugin.manifest.hookspecs))
        for plugin in self._on():
            assert plugin.found.module is not None
            plugin.hooks, problems = self.specs.hooks_of(plugin.found.module)
            plugin.reason = "; ".join(problems)

    def _check_configs(self) -> None:
        base = self._settings.file.parent if self._settings.file else Path.cwd()
        for plugin in self._on():
            raw = self._settings.plugins.config.get(plugin.name, {})
            where = f"plugins.config.{plugin.name}"
            try:
                if plugin.manifest.config is None and raw:
                    raise ConfigError(f"{where}: this plugin has no settings")
                if plugin.manifest.config is not None:
                    self.configs[plugin.name] = plugin_config(plugin.manifest.config, raw, where, base)
            except ConfigError as error:
                plugin.reason = f"wrong settings: {error.message}"

    def _replacers(self) -> dict[str, Plugin]:
        """Who replaces whom; a second one that replaces the same is switched off."""
        replacers: dict[str, Plugin] = {}
        for plugin in self._on():
            target = plugin.manifest.replaces
            if target is not None and replacers.setdefault(target, plugin) is not plugin:
                plugin.reason = f"{plugin.name} replaces {target}, which {replacers[target].name} replaces already"
        return replacers

    def _replace(self) -> None:
        """Who stands in for another takes its name in everybody's `requires`, if it can run itself."""
        replacers = self._replacers()
        self.providers = replacers | {plugin.name: plugin for plugin in self._on()}
        self._check_requires()
        able = {target: plugin for target, plugin in replacers.items() if plugin.is_on}
        for plugin in self._on():
            if plugin.name in able:
                plugin.reason = f"replaced by {able[plugin.name].name}"
        self.providers = {plugin.name: plugin for plugin in self._on()} | able
        self._check_requires()

    def _check_requires(self) -> None:
        """Switch off what misses something it requires, what stands in a circle, and what requires either."""
        unsettled = True
        while unsettled:
            unsettled = False
            for plugin in self._on():
                missing = [name for name in plugin.manifest.requires if not self._provided(name)]
                if missing:
                    plugin.reason = "; ".join(map(self._unmet, missing))
                    unsettled = True
            round_trip = circle(self._requires()) if not unsettled else []
            for name in round_trip[1:]:
                self.providers[name].reason = f"requires go in a circle: {' → '.join(round_trip)}"
                unsettled = True

    def _provided(self, name: str) -> bool:
        return name in self.providers and self.providers[name].is_on

    def _unmet(self, name: str) -> str:
        namesakes = [plugin for plugin in self.plugins if plugin.name == name]
        if namesakes:
            return unmet(namesakes[0])
        nearest = difflib.get_close_matches(name, [plugin.name for plugin in self.plugins], 1)
        return f"requires {name}, which is not installed" + (f" (did you mean {nearest[0]}?)" if nearest else "")

    def _requires(self) -> dict[str, set[str]]:
        """For each plugin that is on the names of those plugins that stand for what it requires."""
        return {
            plugin.name: {self.providers[name].name for name in plugin.manifest.requires if self._provided(name)}
            for plugin in self._on()
        }

    def needed_for(self, hook: str) -> list[Plugin]:
        """Those in `order` that have `hook`, and what they require."""
        names = closure([plugin.name for plugin in self.order if hook in plugin.hooks], self._requires())
        return [plugin for plugin in self.order if plugin.name in names]

    def dependents(self, plugin: Plugin) -> list[Plugin]:
        """Those in `order` that are on and require `plugin`, directly or not, the last ones first."""
        requires = self._requires()
        return [
            other
            for other in reversed(self.order)
            if other is not plugin and other.is_on and plugin.name in closure([other.name], requires)
        ]


def manifest_problem(name: str, manifest: Manifest) -> str:
    """What is wrong with the manifest of the plugin found under `name`; empty when nothing is."""
    if manifest.api != API_VERSION:
        return f"made for plugin API {manifest.api}, this M3M has plugin API {API_VERSION}"
    if not NAME.fullmatch(manifest.name):
        return f"its name {manifest.name!r} must start with a letter and have only a-z, 0-9, - and _"
    if manifest.name != name:
        return f"its manifest calls it {manifest.name!r}, its file or entry point {name!r}: make them the same"
    if isinstance(manifest.requires, str):
        return "its `requires` is one text: it must be a tuple of names, such as ('projects',)"
    if manifest.replaces in manifest.requires:
        return f"it cannot require {manifest.replaces}, which it replaces"
    return ""


def unmet(required: Plugin) -> str:
    return f"requires {required.name}, which is off: {required.reason}"
