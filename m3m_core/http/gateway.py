"""The plain path to services: a request that a front has read itself is sent on to a runner, and the answer back.

Most connections never get here, they are handed over whole. What does: a request line that came in pieces, a service
asked for on a connection that served the admin API before, an address in absolute form or with an encoded slug.
"""

from __future__ import annotations

import http.client
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import M3MError
from .json import dumps
from .proxies import Proxies

if TYPE_CHECKING:
    from ..kernel import Kernel
    from ..runtime.handoff import Runners

SERVICE = re.compile(r"^((?:/api)?/r/)([^/?]+)(.*)$", re.DOTALL)
READ_SIZE = 64 * 1024
ANSWER_MARGIN = 15.0
"""Seconds beyond the handler's own limit before an answer is given up."""

HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-connection te trailer transfer-encoding upgrade expect content-length".split()
)
"""RFC 9110, 7.6.1: headers that are about one connection, and the length, which is written anew."""

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class Gateway:
    """WSGI around the admin's application."""

    def __init__(self, app: Callable[..., Iterable[bytes]], runners: Runners, kernel: Kernel) -> None:
        self._app = app
        self._runners = runners
        self._kernel = kernel
        self._proxies = Proxies(kernel.settings.server.trusted_proxies)
        self._timeout = kernel.settings.runtime.timeout + ANSWER_MARGIN

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        decoded = SERVICE.match(environ["PATH_INFO"])
        if decoded is None:
            return self._app(environ, start_response)
        slug = decoded[2]
        sock = self._runners.open(slug, self._client(environ))
        if sock is None:
            return self._not_running(slug, start_response)
        sock.settimeout(self._timeout)
        try:
            self._send(sock, environ, decoded[1] + slug)
            answer = http.client.HTTPResponse(sock, method=environ["REQUEST_METHOD"])
            answer.begin()
        except (OSError, http.client.HTTPException):
            sock.close()
            return refuse(start_response, 503, "The service is being restarted.", "unavailable", 1)
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP_BY_HOP]
        length = answer.getheader("Content-Length")
        if length is not None:
            headers.append(("Content-Length", length))
        start_response(f"{answer.status} {answer.reason}", headers)
        return stream(answer, sock)

    def _client(self, environ: Environ) -> str:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        return self._proxies.client(environ.get("REMOTE_ADDR", ""), forwarded, "", "http")[0]

    def _not_running(self, slug: str, start_response: StartResponse) -> Iterable[bytes]:
        try:
            coming = self._kernel.runs.is_coming(slug)
        except M3MError:
            coming = True  # the supervisor itself is being restarted
        if coming:
            return refuse(start_response, 503, "The service is starting.", "service_starting", 1)
        return refuse(start_response, 503, "The service is not running.", "service_not_running")

    def _send(self, sock: Any, environ: Environ, prefix: str) -> None:
        lines = [f"{environ['REQUEST_METHOD']} {prefix}{rest_of(environ['RAW_URI'])} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers_of(environ)]
        length = environ.get("CONTENT_LENGTH")
        chunked = not length and environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
        lines.append("Transfer-Encoding: chunked" if chunked else f"Content-Length: {length or 0}")
        sock.sendall(("\r\n".join([*lines, "Connection: close", "", ""])).encode("latin-1"))
        try:
            send_body(sock, environ["wsgi.input"], chunked)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the runner refused the rest, and its answer says why


def headers_of(environ: Environ) -> Iterator[tuple[str, str]]:
    if environ.get("CONTENT_TYPE"):
        yield "Content-Type", environ["CONTENT_TYPE"]
    for key, value in environ.items():
        name = key[5:].replace("_", "-").lower()
        if key.startswith("HTTP_") and name not in HOP_BY_HOP:
            yield name, value


def rest_of(uri: str) -> str:
    """What follows the slug in the address as the client wrote it: `/path?query`, still encoded."""
    path = re.sub(r"^https?://[^/]*", "", uri, flags=re.IGNORECASE)
    match = SERVICE.match(path)
    if match is not None:
        return match[3]
    segments = path.split("/")  # the part before the slug was encoded too
    return "/" + "/".join(segments[4 if segments[1].lower() == "api" else 3 :])


def send_body(sock: Any, body: Any, chunked: bool) -> None:
    while data := body.read(READ_SIZE):
        sock.sendall(b"%x\r\n%b\r\n" % (len(data), data) if chunked else data)
    if chunked:
        sock.sendall(b"0\r\n\r\n")


def stream(answer: http.client.HTTPResponse, sock: Any) -> Iterator[bytes]:
    try:
        while data := answer.read(READ_SIZE):
            yield data
    finally:
        answer.close()
        sock.close()


def refuse(
    start_response: StartResponse, status: int, message: str, code: str, retry_after: int | None = None
) -> Iterable[bytes]:
    request_id = secrets.token_hex(8)
    body = dumps({"error": message, "code": code, "request_id": request_id})
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("X-Request-Id", request_id)]
    if retry_after is not None:
        headers.append(("Retry-After", str(retry_after)))
    start_response(f"{status} {http.client.responses[status]}", headers)
    return [body]
