"""How the client connects: only to addresses that were checked, and in the time that it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gevent import Timeout as Alarm

from m3m_core import Timeout
from m3m_core.egress import Egress
from m3m_core.outgoing import connect

Connect = Callable[[str, int, float | None], Any]
"""From host, port and the seconds that it may take to a socket of gevent."""


def connector(egress: Egress) -> Connect:
    def connected(host: str, port: int, seconds: float | None) -> Any:
        late = Timeout(f"{host}: connecting took longer than {seconds or 0:g} s")
        with Alarm(seconds, late):  # the look-up of the name counts too
            return connect(egress, host, port, seconds)

    return connected
