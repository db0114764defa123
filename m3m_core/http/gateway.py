"""The plain path to services: a request that a front has read itself is sent on to a runner, and the answer back.

Most connections never get here, they are handed over whole. What does: an address in absolute form, one whose first
parts are percent-encoded, and whatever asks for a service that no runner took.
"""

from __future__ import annotations

import http.client
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from ..errors import M3MError, NotFound, Timeout, Unavailable
from ..runtime.hosts import services_host
from .coming import Coming
from .json import dumps
from .places import right_place
from .proxies import Proxies
from .statuses import body_of, status_of
from .upstream import HOP_BY_HOP, READ_SIZE, Environ, Target, check, check_host, head_of, read_body, target_of

if TYPE_CHECKING:
    from ..kernel import Kernel
    from ..runtime.handoff import Runners

ANSWER_MARGIN = 15.0
"""Seconds beyond the handler's own limit before an answer is given up."""

StartResponse = Callable[..., Any]


class Gateway:
    """WSGI around the admin's application."""

    def __init__(self, app: Callable[..., Iterable[bytes]], runners: Runners, kernel: Kernel) -> None:
        self._app = app
        self._runners = runners
        self._coming = Coming(kernel.runs.coming)
        self._proxies = Proxies(kernel.settings.server.trusted_proxies)
        self._timeout = kernel.settings.runtime.timeout + ANSWER_MARGIN
        self._services = services_host(kernel.settings.server.services_uri)
        self._body_limit = kernel.settings.server.body_limit

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        target = target_of(environ["RAW_URI"])
        try:
            check_host(environ)
            if self._services is not None and (place := right_place(self._services, target, environ)):
                return redirect(start_response, place)
            if target is None:
                return self._app(environ, start_response)
            answer = self._ask(target, environ)
        except M3MError as error:
            return refuse(environ, start_response, error)
        headers = [(name, value) for name, value in answer.headers() if name.lower() not in HOP_BY_HOP]
        start_response(answer.status, headers + answer.length())
        return answer

    def _ask(self, target: Target, environ: Environ) -> RunnerAnswer:
        """Raises M3MError when the service does not answer, OSError when the client leaves."""
        if not target.slug:
            raise NotFound("There is no such service.")
        check(environ)
        if not self._runners.has(target.slug):  # no body is kept for a service that is not there
            raise self._not_running(target.slug)
        body, length = read_body(environ, self._body_limit)
        with body:
            sock = self._runners.open(target.slug, self._client(environ))
            if sock is None:
                raise self._not_running(target.slug)
            sock.settimeout(self._timeout)
            try:
                send(sock, head_of(environ, target, length), body)
                return RunnerAnswer(sock, environ["REQUEST_METHOD"])
            except TimeoutError:
                sock.close()
                raise Timeout("The service did not answer in time.") from None
            except (OSError, http.client.HTTPException):
                sock.close()
                raise Unavailable("The service is being restarted.", retry_after=1) from None

    def _client(self, environ: Environ) -> str:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        return self._proxies.client(environ.get("REMOTE_ADDR", ""), forwarded, "", "http")[0]

    def _not_running(self, slug: str) -> Unavailable:
        if self._runners.has(slug):
            return Unavailable("The service has more connections than it can take.", code="busy", retry_after=1)
        if self._coming.has(slug):
            return Unavailable("The service is starting.", code="service_starting", retry_after=1)
        return Unavailable("The service is not running.", code="service_not_running")


def send(sock: Any, head: bytes, body: IO[bytes]) -> None:
    try:
        sock.sendall(head)
        while data := body.read(READ_SIZE):
            sock.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the runner refused the rest, and its answer says why


class RunnerAnswer:
    """What a runner answers; iterating over it gives the body. Raises OSError or HTTPException when it does not."""

    def __init__(self, sock: Any, method: str) -> None:
        self._sock = sock
        self._answer = http.client.HTTPResponse(sock, method=method)
        self._answer.begin()
        if self._answer.chunked:
            sock.settimeout(None)  # a stream's next piece may take its time; a runner that ends closes it
        elif self._answer.length is None:  # runners always tell it, so this head was cut off
            raise http.client.IncompleteRead(b"")
        self.status = f"{self._answer.status} {self._answer.reason}"

    def headers(self) -> list[tuple[str, str]]:
        """All but Date, which the front writes itself."""
        return [header for header in self._answer.getheaders() if header[0].lower() != "date"]

    def length(self) -> list[tuple[str, str]]:
        told = self._answer.getheader("Content-Length")
        return [("Content-Length", told)] if told is not None else []

    def __iter__(self) -> Iterator[bytes]:
        while data := self._answer.read1(READ_SIZE):
            yield data
        if self._answer.length:
            raise ConnectionResetError("the runner ended in the middle of its answer")

    def close(self) -> None:
        self._answer.close()
        self._sock.close()


def redirect(start_response: StartResponse, address: str) -> Iterable[bytes]:
    """To the other host, for as long as the server is configured so: nobody keeps it."""
    start_response(
        "308 Permanent Redirect", [("Location", address), ("Content-Length", "0"), ("Cache-Control", "no-store")]
    )
    return []


def refuse(environ: Environ, start_response: StartResponse, error: M3MError) -> Iterable[bytes]:
    request_id = secrets.token_hex(8)
    status = status_of(error)
    body = dumps(body_of(status, request_id, message=error.message, code=error.code))
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("X-Request-Id", request_id)]
    if error.retry_after is not None:
        headers.append(("Retry-After", str(error.retry_after)))
    start_response(f"{status} {http.client.responses[status]}", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
