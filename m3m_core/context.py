"""What a plugin gets from the kernel: one context for each plugin and process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from pymongo.database import Database

    from .contributions import Answer, PluginEntry
    from .runtime.client import SupervisorClient
    from .settings import Settings

Role = Literal["front", "supervisor", "runner", "cli"]


class Context:
    """`config` is the plugin's own settings (an instance of its manifest's dataclass), `settings` the program's.

    `service` is what the plugin's `m3m_startup` returned. `boot` names this start of the server.
    """

    def __init__(self, *, name: str, role: Role, settings: Settings, config: Any, host: PluginHostView) -> None:
        self.name = name
        self.role = role
        self.settings = settings
        self.config = config
        self.service: Any = None
        self.log = logging.getLogger(f"m3m.{name}")
        self._host = host

    @property
    def boot(self) -> str:
        return self._host.boot

    @property
    def db(self) -> Database[dict[str, Any]]:
        """The database of the system, opened on first use."""
        return self._host.database()

    @property
    def runs(self) -> SupervisorClient:
        """The supervisor's control: start, stop, restart, status."""
        return self._host.supervisor()

    def use(self, name: str) -> Any:
        """The service of a plugin that this plugin's manifest requires. Raises LookupError for any other."""
        return self._host.service_for(self.name, name)

    def call(self, hook: str, **arguments: Any) -> list[Any]:
        """Call a hook of every plugin in order; returns the answers other than None.

        One plugin's exception is logged with its name and does not stop the others.
        """
        return self._host.each(hook, **arguments)

    def first(self, hook: str, **arguments: Any) -> Any:
        """Call a hook of every plugin in order until one answers something other than None.

        An exception goes through to the caller and ends the calls: for what must not go on without everybody.
        """
        return self._host.first(hook, **arguments)

    def answers(self, hook: str, **arguments: Any) -> Iterator[Answer]:
        """Like `call`, one Answer for each plugin that has the hook: its name with its value or its exception."""
        return self._host.answers(hook, **arguments)

    def plugins(self) -> list[PluginEntry]:
        """Every plugin found, those that are off included."""
        return self._host.entries()


class PluginHostView(Protocol):
    """What a context may ask of its host. The host is `plugins.PluginHost`; tests may give another."""

    boot: str
    database: Callable[[], Database[dict[str, Any]]]
    supervisor: Callable[[], SupervisorClient]
    service_for: Callable[[str, str], Any]
    each: Callable[..., list[Any]]
    answers: Callable[..., Iterator[Answer]]
    first: Callable[..., Any]
    entries: Callable[[], list[PluginEntry]]
