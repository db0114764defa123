"""The newest failure of a service's code, on its way to the status."""

from __future__ import annotations

from typing import Any

from ..contributions import ScriptError
from . import errortexts
from .logline import now


class NewestFailure:
    """However many there are between two samples, one is kept and told once."""

    def __init__(self, memory_limit: int) -> None:
        self._memory_limit = memory_limit
        self._untold: dict[str, Any] | None = None

    def keep(self, label: str, error: ScriptError) -> None:
        told = errortexts.details(error, self._memory_limit)
        self._untold = told | {"where": errortexts.cut(label, errortexts.LONGEST_LABEL), "at": now()}

    def take(self) -> dict[str, Any] | None:
        """None when nothing has failed since the last time."""
        untold, self._untold = self._untold, None
        return untold
