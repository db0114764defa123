"""What services talk to: an HTTP server that answers as the test says, and a post office."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller


class Asked(NamedTuple):
    """`headers` by lower-case name."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Given(NamedTuple):
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str | list[str]] = {}
    pieces: Iterator[bytes] | None = None
    """Instead of a body: what is sent piece by piece."""


class Upstream(ThreadingHTTPServer):
    """`answers` are the test's functions by path; any other path is 404. `asked` holds all requests in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.answers: dict[str, Callable[[Asked], Given]] = {}
        self.asked: list[Asked] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no error of a test."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Upstream

    def answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, self.rfile.read(int(headers.get("content-length", 0))))
        self.server.asked.append(asked)
        respond = self.server.answers.get(self.path.partition("?")[0])
        given = respond(asked) if respond else Given(404)
        self.send_response(given.status)
        for name, values in given.headers.items():
            for value in values if isinstance(values, list) else [values]:
                self.send_header(name, value)
        if given.pieces is None:
            self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            self.wfile.write(given.body)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in given.pieces:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  # names that the library calls

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


class PostOffice:
    """`mails` are those that were delivered, in order."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        office = PostOffice(probe.getsockname()[1])
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
