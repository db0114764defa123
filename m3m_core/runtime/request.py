"""One HTTP request: its head read strictly, its framing decided once."""

from __future__ import annotations

from typing import Any

import httptools

from .answers import Refused
from .body import BodyReader, malformed, too_large
from .line import HEAD_END, HEAD_LIMIT, Line

MOST_HEADERS = 100
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Request:
    """`headers` have lower-case names. `keep`: the connection goes on. `waits`: for permission to send the body.

    `old`: of HTTP/1.0. `named`: what `parts.headers` has made of the headers, once somebody has asked.
    """

    __slots__ = ("body", "chunked", "headers", "id", "keep", "length", "method", "named", "old", "target", "waits")

    def __init__(self, number: int, prefix: str) -> None:
        self.id = f"{prefix}{number:x}"
        self.target = b""
        self.method = ""
        self.headers: list[tuple[bytes, bytes]] = []
        self.named: dict[str, str] | None = None
        self.body: bytes | bytearray = b""
        self.length = 0
        self.chunked = False
        self.keep = True
        self.waits = False
        self.old = False


class RequestReader:
    """Reads the requests of one connection, one after the other."""

    def __init__(self, line: Line, body_limit: int, shared: bool) -> None:
        """`shared`: the admin has the same host."""
        self._line = line
        self._shared = shared
        self._body_limit = body_limit
        self._request = Request(0, "")
        self._parser: Any = None
        self._is_whole = False

    def read(self, request: Request) -> None:
        """Fill `request` from the line, whose buffer has its head. Raises Refused; OSError when the client leaves."""
        line = self._line
        end = line.buffer.find(HEAD_END) + len(HEAD_END)
        if not len(HEAD_END) <= end <= HEAD_LIMIT:
            refuse_head(line.buffer)
        head, line.buffer = line.buffer[:end], line.buffer[end:]
        self._parse(head, request)
        decide(request, head, self._shared)
        if request.length or request.chunked:
            self._parser = None  # it waits for the body, which is read here
            self._read_body(request)

    def _parse(self, head: bytes, request: Request) -> None:
        self._request, self._is_whole = request, False
        parser = self._parser
        if parser is None:
            parser = self._parser = httptools.HttpRequestParser(self)
        try:
            parser.feed_data(head)
        except httptools.HttpParserUpgrade:
            # no upgrades here: RFC 9110 lets a server answer as if it had not been asked for one
            self._parser = None
            if parser.get_method() == b"CONNECT":
                raise Refused(501, "The server is no proxy.", "not_implemented") from None
        except httptools.HttpParserInvalidMethodError:
            raise Refused(501, "The server does not know this method.", "not_implemented") from None
        except httptools.HttpParserError:
            malformed()
        if not self._is_whole:
            malformed()
        request.method = parser.get_method().decode("latin-1")

    def on_url(self, url: bytes) -> None:
        self._request.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._request.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self._is_whole = True

    def _read_body(self, request: Request) -> None:
        if request.length > self._body_limit:
            raise too_large()
        if request.waits and not self._line.buffer:
            self._line.send(CONTINUE)
        reader = BodyReader(self._line, self._body_limit)
        request.body = reader.chunked() if request.chunked else reader.sized(request.length)


def refuse_head(buffer: bytes) -> None:
    """Raises Refused for a head that is too large or has no end."""
    if len(buffer) <= HEAD_LIMIT:
        malformed()
    if b"\r\n" in buffer[:HEAD_LIMIT]:
        raise Refused(431, "The request's headers are too large.", "headers_too_large")
    raise Refused(414, "The request's address is too long.", "uri_too_long")


DECISIVE = frozenset((b"host", b"connection", b"content-length", b"transfer-encoding", b"expect", b"service-worker"))


def decide(request: Request, head: bytes, shared: bool) -> None:
    """What the headers that are about the connection mean. The parser has refused what contradicts itself.

    Raises Refused.
    """
    if len(request.headers) > MOST_HEADERS:
        raise Refused(431, "The request has too many headers.", "headers_too_large")
    hosts = 0
    for name, value in request.headers:
        if name not in DECISIVE:
            continue
        if name == b"host":
            hosts += 1
        elif name == b"content-length":
            request.length = int(value)
        elif name == b"transfer-encoding":
            if value.strip(b" \t").lower() != b"chunked":
                raise Refused(501, "The server knows no transfer coding but chunked.", "not_implemented")
            request.chunked = True
        elif name == b"connection":
            request.keep = request.keep and b"close" not in tokens(value)
        elif name == b"service-worker":
            if shared:  # it would stand between the browser and pages of this host
                raise Refused(403, "Service workers need a host of their own for services.", "no_service_workers")
        elif value.lower() == b"100-continue":
            request.waits = True
        else:
            raise Refused(417, "The expectation cannot be met.", "expectation_failed")
    end = head.index(b"\r\n")
    if head[end - 8 : end] != b"HTTP/1.1":
        decide_old(request, head[end - 9 : end])
    elif hosts != 1:
        malformed()


def decide_old(request: Request, version: bytes) -> None:
    """HTTP/1.0 has no chunks, no expectations and, here, one request on a connection."""
    if version != b" HTTP/1.0" or request.chunked:
        malformed()
    request.keep = False
    request.waits = False
    request.old = True


def tokens(value: bytes) -> list[bytes]:
    return [token.strip(b" \t").lower() for token in value.split(b",")]
