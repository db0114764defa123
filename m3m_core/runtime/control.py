"""The supervisor's control socket: one line of JSON asks, one answers, several at once."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gevent import socket as gsocket
from gevent.server import StreamServer

from ..errors import M3MError, Malformed
from .wire import lines, send_line, spec_from

if TYPE_CHECKING:
    from .runs import Runs

log = logging.getLogger("m3m.supervisor")


class ControlServer:
    """Only the operations below can be asked for, whatever a line says."""

    def __init__(self, path: Path, runs: Runs) -> None:
        self._operations: dict[str, Callable[..., Any]] = {
            "ping": runs.ping,
            "start": lambda spec: runs.start(spec_from(spec)),
            "restart": lambda spec: runs.restart(spec_from(spec)),
            "start_many": lambda specs: runs.start_many([spec_from(spec) for spec in specs]),
            "stop": runs.stop,
            "status": runs.status,
            "usage": runs.usage,
            "monitor": runs.monitor,
            "figures": runs.figures,
            "forget": runs.forget,
            "coming": runs.coming,
            "notify": runs.notify,
            "reload": runs.reload,
        }
        self._server = StreamServer(listener(path), self._serve)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop(timeout=0)

    def _serve(self, sock: Any, _address: Any) -> None:
        try:
            for message in lines(sock):
                send_line(sock, self._answer(message))
        except (OSError, ValueError):
            pass  # who asked is gone, or does not speak JSON

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            operation = self._operations.get(message.get("op", ""))
            if operation is None:
                raise Malformed("There is no such operation.")
            return {"value": operation(**message.get("arguments", {}))}
        except M3MError as error:
            return {"error": {"type": type(error).__name__, **vars(error)}}
        except Exception:
            log.exception("operation %s failed", message.get("op"))
            return {"error": {"type": "M3MError", "message": "The supervisor failed; its log says why."}}


def listener(path: Path) -> Any:
    """A listening Unix socket that takes the place of a dead one of the same name."""
    path.unlink(missing_ok=True)
    sock = gsocket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(str(path))
    path.chmod(0o600)
    sock.listen(128)
    return sock
