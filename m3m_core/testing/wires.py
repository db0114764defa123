"""Connections to a real server byte by byte, without any client's manners."""

from __future__ import annotations

import json
import socket
import time
from typing import Any, NamedTuple

from .live import LiveServer


class Reply(NamedTuple):
    status: int
    head: bytes
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """One connection. It is a context manager, and closes at the end."""

    def __init__(self, server: LiveServer, *, timeout: float = 20) -> None:
        """`timeout` is the longest wait for bytes, in seconds."""
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=timeout)
        self._buffer = b""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, *parts: bytes, pause: float = 0.05) -> Wire:
        """Send the parts with a pause (seconds) between them, so that they travel as packets of their own."""
        for number, part in enumerate(parts):
            if number:
                time.sleep(pause)
            self.socket.sendall(part)
        return self

    def reply(self, *, to_head: bool = False) -> Reply:
        """The next answer. It needs a Content-Length to have a body; `to_head` says that it answers a HEAD."""
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
        length = 0 if to_head else length
        while len(self._buffer) < length:
            self._more()
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return Reply(int(head.split()[1]), head, body)

    def _more(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError(f"the server closed the connection after {self._buffer!r}")
        self._buffer += data

    def is_closed(self) -> bool:
        """Waits until the server closes, or sends something."""
        try:
            return self._buffer == b"" and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True


def head(line: str, *headers: str) -> bytes:
    """The head of a request with a Host: `head("GET /health HTTP/1.1", "Accept: text/plain")`."""
    return "\r\n".join((line, "Host: localhost", *headers, "", "")).encode("latin-1")
