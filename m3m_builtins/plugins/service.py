"""What can be asked about plugins, and the order to load them again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from m3m_core import Context, NotFound, PluginEntry, Unavailable


class PluginService:
    """`renew_fronts` has the front processes, this one too, replaced by new ones once their requests are answered."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.renew_fronts: Callable[[], None] = ask_arbiter

    def list(self) -> list[PluginEntry]:
        """By name; of two with the same name the one that is on comes first."""
        return sorted(self._ctx.plugins(), key=lambda entry: (entry.name, entry.state != "on"))

    def get(self, name: str) -> PluginEntry:
        """Raises NotFound."""
        for entry in self.list():
            if entry.name == name:
                return entry
        raise NotFound("There is no such plugin.")

    def reload(self, name: str) -> PluginEntry:
        """Load all plugins again, as they are on disk: a plugin cannot be loaded without those that use it.

        Services that run keep what they have until they are started again. Returns the entry as it still is. Raises
        NotFound, Unavailable.
        """
        entry = self.get(name)
        self._ctx.runs.reload()
        self.renew_fronts()
        return entry


def ask_arbiter() -> None:
    """gunicorn's arbiter, the parent of each front, starts new fronts on SIGHUP and ends the old ones gracefully.

    Raises Unavailable in a process that gunicorn did not start: SIGHUP would end whoever did.
    """
    if "SERVER_SOFTWARE" not in os.environ:  # the arbiter sets it for its workers
        raise Unavailable("Only a running server can load its plugins again.")
    os.kill(os.getppid(), signal.SIGHUP)
