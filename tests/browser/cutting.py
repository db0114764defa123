"""A wire between the browser and the server that can be cut in the middle of a large request."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PIECE = 64 * 1024
LIMIT = 1_000_000
"""Bytes of one connection from the browser that pass a wire that is to be cut."""


class Wire(socketserver.ThreadingTCPServer):
    daemon_threads = True
    cuts = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.port = port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Connection(socketserver.BaseRequestHandler):
    server: Wire

    def handle(self) -> None:
        passed = 0
        with socket.create_connection(("127.0.0.1", self.server.port)) as server:
            while not (self.server.cuts and passed > LIMIT):
                for end in select.select([self.request, server], [], [])[0]:
                    data = end.recv(PIECE)
                    if not data:
                        return
                    (server if end is self.request else self.request).sendall(data)
                    passed += len(data) if end is self.request else 0


@contextmanager
def wire(port: int) -> Iterator[Wire]:
    with Wire(port) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()
