"""The kernel of one process: settings, plugins, the database and the way to the supervisor."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from .paths import supervisor_socket
from .plugins import PluginHost

if TYPE_CHECKING:
    from .context import Role
    from .db import Database
    from .discovery import Found
    from .runtime.client import SupervisorClient
    from .settings import Settings


class Kernel:
    """Making one imports all plugins and opens nothing, so it may be done before a fork; `start` belongs after it.

    `boot` names this start of the server; `found` and `off` are for the plugin host.
    """

    def __init__(
        self,
        settings: Settings,
        role: Role,
        *,
        boot: str = "",
        found: Sequence[Found] | None = None,
        off: Mapping[str, str] | None = None,
    ) -> None:
        self.settings = settings
        self.role = role
        self.host = PluginHost(
            settings,
            role,
            database=lambda: self.db.get(),
            supervisor=lambda: self.runs,
            boot=boot,
            found=found,
            off=off,
        )

    @cached_property
    def db(self) -> Database:
        """Knows the way to the database; the connection is opened on first use."""
        from .db import Database

        return Database(self.settings)

    @cached_property
    def runs(self) -> SupervisorClient:
        from .runtime.client import SupervisorClient

        return SupervisorClient(supervisor_socket(self.settings))

    def start(self) -> None:
        """Start the plugins. Their documents then know the database, which need not answer yet.

        A runner whose plugins have no documents never imports the driver: that would be most of its start.
        """
        self.host.start()
        if "mongoengine" in sys.modules:
            _ = self.db

    def stop(self) -> None:
        """Stop the plugins and close what was opened."""
        self.host.stop()
        if "db" in vars(self):
            self.db.close()
