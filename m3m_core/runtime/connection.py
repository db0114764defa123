"""One client connection in a runner: requests in, answers out, one at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httptools
from gevent import Timeout as Expired
from gevent.event import AsyncResult

from ..contributions import ScriptError
from . import parts
from .answers import FIRST_MARK, render, simple
from .bridge import UNDEFINED, encode

if TYPE_CHECKING:
    from .httpserver import HTTPServer

HEAD_LIMIT = 32 * 1024
"""Bytes of request line and headers together."""

READ_SIZE = 64 * 1024
IDLE_TIMEOUT = 75.0
"""Seconds a connection may wait for its next request."""

SLOW_TIMEOUT = 15.0
"""Seconds without one new byte inside a request."""

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Refused(Exception):
    """The request is answered by the runner itself and the connection is closed."""

    def __init__(self, status: int, message: str, code: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.answer = (status, message, code)
        self.retry_after = retry_after


class Request:
    """What one message on the connection says; the parser's callbacks fill it."""

    __slots__ = ("body", "complete", "headers", "id", "length", "method", "target")

    def __init__(self, number: int, prefix: str) -> None:
        self.id = f"{prefix}{number:x}"
        self.target = b""
        self.method = ""
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.length = 0
        self.complete = False


class Connection:
    """`channel` leads back to the front that handed this socket over; `trusted` is whether that peer's X-Forwarded-For counts."""

    def __init__(self, server: HTTPServer, sock: Any, ip: str, trusted: bool, channel: Any, unread: bytes) -> None:
        self.server = server
        self.sock = sock
        self.ip = ip
        self.trusted = trusted
        self.channel = channel
        self.buffer = unread
        self.deadline = 0.0
        self.active = False
        self.number = 0
        self.request = Request(0, "")
        self._answer: str | None = None
        self._later: AsyncResult | None = None

    def __str__(self) -> str:
        return f"{self.request.method} {self.path()[0]}"

    # ---- the loop ----

    def run(self) -> None:
        try:
            while self._head():
                if not self.server.owns(self.buffer):
                    self.server.give_back(self)
                    return
                if not self._exchange():
                    break
        except OSError:
            pass  # the client went away
        finally:
            self.sock.close()

    def _head(self) -> bool:
        """Wait for a whole head in the buffer. False when the client is done or the server stops."""
        end = self.buffer.find(b"\r\n\r\n")
        while end < 0:
            if len(self.buffer) > HEAD_LIMIT:
                self._refuse(Refused(431, "The request's headers are too large.", "headers_too_large"))
                return False
            if not self.server.open and not self.buffer:
                return False
            self.deadline = time.monotonic() + (SLOW_TIMEOUT if self.buffer else IDLE_TIMEOUT)
            data = self.sock.recv(READ_SIZE)
            if not data:
                return False
            self.buffer += data
            end = self.buffer.find(b"\r\n\r\n", max(0, len(self.buffer) - len(data) - 3))
        return True

    def _exchange(self) -> bool:
        """Read one request and answer it. False when the connection must end."""
        server = self.server
        self.active = True
        self.deadline = 0.0
        self.number = number = server.next_number()
        self.request = Request(number, server.request_prefix)
        try:
            parser = self._parse()
            keep = parser.should_keep_alive() and server.open
            return self._dispatch(keep) and keep
        except Refused as refused:
            self._refuse(refused)
            return False
        finally:
            self.active = False

    # ---- reading ----

    def _parse(self) -> Any:
        request = self.request
        parser = httptools.HttpRequestParser(self)
        head = self.buffer.index(b"\r\n\r\n") + 4
        if head > HEAD_LIMIT:
            raise Refused(431, "The request's headers are too large.", "headers_too_large")
        try:
            self._feed(parser, head)
            request.method = parser.get_method().decode("latin-1")
            self._check_length()
            while not request.complete:
                self._more(parser)
        except httptools.HttpParserUpgrade:
            pass  # no upgrades here: RFC 9110 lets a server ignore the header and answer as usual
        except httptools.HttpParserError:
            raise Refused(400, "The request is not proper HTTP.", "malformed") from None
        self.deadline = 0.0
        return parser

    def _feed(self, parser: Any, size: int) -> None:
        piece, self.buffer = self.buffer[:size], self.buffer[size:]
        parser.feed_data(piece)
        if len(self.request.body) > self.server.body_limit:
            raise Refused(413, "The request's body is too large.", "too_large")

    def _more(self, parser: Any) -> None:
        """Feed the body. A message ends at its declared length or at a line's end, so what follows it stays unread."""
        if not self.buffer:
            self.deadline = time.monotonic() + SLOW_TIMEOUT
            self.buffer = self.sock.recv(READ_SIZE)
            if not self.buffer:
                raise ConnectionResetError
        if self.request.length:
            size = self.request.length - len(self.request.body)
        else:
            size = self.buffer.find(b"\n") + 1 or len(self.buffer)
        self._feed(parser, size)

    def _check_length(self) -> None:
        for name, value in self.request.headers:
            lower = name.lower()
            if lower == b"content-length":
                self.request.length = int(value)
            elif lower == b"expect" and value.lower() == b"100-continue" and not self.request.complete:
                self.sock.sendall(CONTINUE)
        if self.request.length > self.server.body_limit:
            raise Refused(413, "The request's body is too large.", "too_large")

    def on_url(self, url: bytes) -> None:
        self.request.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.request.headers.append((name, value))

    def on_body(self, body: bytes) -> None:
        self.request.body += body

    def on_message_complete(self) -> None:
        self.request.complete = True

    def client(self) -> str:
        """The client's address: the peer's, or behind a trusted proxy the one that the proxies saw."""
        if not self.trusted:
            return self.ip
        chain = parts.headers(self.request).get("x-forwarded-for", "")
        return self.server.proxies.client(self.ip, chain, "", "http")[0]

    # ---- answering ----

    def path(self) -> tuple[str, str]:
        """Path below the service and raw query."""
        target = self.request.target.decode("latin-1")
        path, _, query = target.partition("?")
        return path[self.server.prefix_length(path) :] or "/", query

    def _dispatch(self, keep: bool) -> bool:
        server = self.server
        if server.engine.exhausted:
            raise Refused(503, "The service is being restarted.", "unavailable", 1)
        path, query = self.path()
        self._answer, self._later = None, None
        server.requests[self.number] = self
        started = time.perf_counter()
        try:
            text = server.engine.request(self.number, self, self.request.method, path, query)
            if not text:
                text = self._await()
            data, status = render(text, keep=keep, head_only=self.request.method == "HEAD")
        except ScriptError as error:
            raise self._failed(error) from None
        except ValueError as error:
            server.host.fail(str(self), ScriptError(str(error), name="TypeError"))
            raise Refused(500, "The service failed to answer.", "internal_error") from None
        finally:
            server.requests.pop(self.number, None)
        server.metrics.count(ord(text[1]) - FIRST_MARK, status, time.perf_counter() - started)
        self.sock.sendall(data)
        return True

    def _await(self) -> str:
        if self._answer is None:
            self._later = AsyncResult()
            try:
                self._answer = self._later.get(timeout=self.server.engine.timeout)
            except Expired:
                raise ScriptError("no answer in time", code="timeout") from None
        return self._answer

    def answered(self, text: str) -> None:
        """The router has the answer of a request that went on after its first piece."""
        self._answer = text
        if self._later is not None:
            self._later.set(text)

    def _failed(self, error: ScriptError) -> Refused:
        if self.server.engine.exhausted:
            return Refused(500, "The service ran out of memory and is being restarted.", "out_of_memory")
        if error.code == "timeout":
            seconds = f"{self.server.engine.timeout:g} s"
            self.server.host.log("error", f"{self}: no answer within {seconds}, request {self.request.id}")
            return Refused(504, f"The service did not answer within {seconds}.", "timeout")
        self.server.host.fail(str(self), error)
        return Refused(500, "The service failed to answer.", "internal_error")

    def _refuse(self, refused: Refused) -> None:
        status, message, code = refused.answer
        self.server.metrics.count(0, status, 0.0)
        self.sock.sendall(simple(status, message, code, request_id=self.request.id, retry_after=refused.retry_after))
        self.linger()

    def linger(self) -> None:
        """Read what the client still sends for a moment: closing on unread bytes would reset the answer away."""
        try:
            self.sock.shutdown(1)
            with Expired(1.0, False):
                while self.sock.recv(READ_SIZE):
                    pass
        except OSError:
            pass  # gone already


def request_part(connection: Connection | None, name: str) -> str:
    """An envelope with one part of the request that `connection` is busy with."""
    if connection is None:
        return UNDEFINED
    if name == "ip":
        return encode(connection.client())
    return parts.part(connection.request, name)
