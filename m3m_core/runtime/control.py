"""The supervisor's control socket: one line of JSON asks, one answers, several at once."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gevent import socket as gsocket
from gevent.server import StreamServer

from ..errors import M3MError
from .runner import spec_from
from .wire import lines, send_line

if TYPE_CHECKING:
    from .supervisor import Supervisor

log = logging.getLogger("m3m.supervisor")


class ControlServer:
    """Only the operations below can be asked for, whatever a line says."""

    def __init__(self, path: Path, supervisor: Supervisor) -> None:
        self._operations = {
            "ping": supervisor.ping,
            "start": lambda spec: supervisor.start(spec_from(spec)),
            "start_many": lambda specs: supervisor.start_many([spec_from(spec) for spec in specs]),
            "stop": supervisor.stop,
            "status": supervisor.status,
            "statuses": supervisor.statuses,
            "is_coming": supervisor.is_coming,
            "reload": supervisor.reload,
        }
        self._server = StreamServer(listener(path), self._serve)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop(timeout=0)

    def _serve(self, sock: Any, _address: Any) -> None:
        for message in lines(sock):
            send_line(sock, self._answer(message["op"], message["arguments"]))

    def _answer(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"value": self._operations[name](**arguments)}
        except M3MError as error:
            return {"error": {"type": type(error).__name__, **vars(error)}}
        except Exception:
            log.exception("operation %s failed", name)
            return {"error": {"type": "M3MError", "message": "The supervisor failed; its log says why."}}


def listener(path: Path) -> Any:
    """A listening Unix socket that takes the place of a dead one of the same name."""
    path.unlink(missing_ok=True)
    sock = gsocket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(str(path))
    os.chmod(path, 0o600)
    sock.listen(128)
    return sock


