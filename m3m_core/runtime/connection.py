"""One client connection in a runner: requests in, answers out, one at a time."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import gevent
from gevent import Timeout as Expired
from gevent.event import AsyncResult

from ..contributions import ScriptError
from . import parts
from .answers import FIRST_MARK, NO_MARK, Refused, render, simple
from .bridge import UNDEFINED, encode
from .edges import linger
from .line import Line
from .longanswers import FIRST_LETTERS, Rest, begin
from .request import Request, RequestReader

if TYPE_CHECKING:
    from .channel import Channel
    from .httpserver import HTTPServer

log = logging.getLogger("m3m.runner")


class Connection:
    """`channel` leads back to the front that handed this socket over; `trusted`: whether its X-Forwarded-For counts.

    `active` while a request is read, handled and answered; `answering` from the first byte of the answer on.
    """

    def __init__(
        self, server: HTTPServer, sock: Any, ip: str, trusted: bool, channel: Channel | None, unread: bytes
    ) -> None:
        self.server = server
        self.sock = sock
        self.ip = ip
        self.trusted = trusted
        self.channel = channel
        self.line = Line(sock, unread, server.outbox)
        self.active = False
        self.answering = False
        self.number = 0
        self.mark = NO_MARK
        self.began = 0.0
        self.request = Request(0, "")
        self._reader = RequestReader(self.line, server.body_limit, server.shared)
        self._answer: str | None = None
        self._rest: Rest | None = None
        self._later: AsyncResult | None = None

    @property
    def is_answering(self) -> bool:
        """Whether the client waits for an answer, or for the end of one that it has not taken yet."""
        return self.active or self.line.is_trailing

    def __str__(self) -> str:
        return f"{self.request.method} {self.path()[0]}"

    @property
    def name(self) -> str:
        """For the log, with what the client knows its request by."""
        return f"{self}, request {self.request.id}"

    # ---- the loop ----

    def run(self) -> None:
        line = self.line
        try:
            while (self.server.open or line.buffer) and line.head():
                if not self.server.owns(line.buffer):
                    self._pass_back()
                    return
                if not self._exchange():
                    return
                if line.buffer:
                    gevent.sleep(0)  # who sends many requests at once takes turns with the others
        except OSError:
            pass  # the client went away
        finally:
            self.line.close()

    def _pass_back(self) -> None:
        self.line.settle()
        if not self.server.give_back(self):
            self._refuse(Refused(503, "The server is being restarted.", "unavailable", 1))

    def _exchange(self) -> bool:
        """Read one request and answer it. False when the connection must end."""
        server = self.server
        self.active, self.answering, self.began, self.mark = True, False, 0.0, NO_MARK
        self.number = number = server.next_number()
        self.request = request = Request(number, server.request_prefix)
        try:
            self._reader.read(request)
            self._send_all(self._handle(request))
            return request.keep
        except Refused as refused:
            self._refuse(refused)
        except OSError:
            raise
        except Exception:
            log.exception("a request could not be answered")
            self._refuse(Refused(500, "The service failed to answer.", "internal_error"))
        finally:
            self.active = False
        return False

    def _send_all(self, data: bytes) -> None:
        """The answer and, when it is a long one, the rest of it."""
        rest, self._rest = self._rest, None
        self.answering = True
        if rest is None and self.request.keep and self.server.outbox.is_useful:
            self.line.post(data)
            return
        try:
            self.line.send(data)
            if rest is not None and self.request.method != "HEAD":
                rest.send(self)
        finally:
            if rest is not None:
                rest.close()

    # ---- what JavaScript asks for ----

    def client(self) -> str:
        """The client's address: the peer's, or behind a trusted proxy the one that the proxies saw."""
        address = self.ip
        if self.trusted:
            chain = parts.headers(self.request).get("x-forwarded-for", "")
            address = self.server.proxies.client(self.ip, chain, "", "http")[0]
        return address.removeprefix("::ffff:") if "." in address else address

    def scheme(self) -> str:
        """http or https, as the client knows it."""
        told = parts.headers(self.request).get("x-forwarded-proto", "") if self.trusted else ""
        return self.server.proxies.client(self.ip, "", told, "http")[1]

    def path(self) -> tuple[str, str]:
        """Path below the service and raw query."""
        target = self.request.target.decode("latin-1")
        path, _, query = target.partition("?")
        return path[self.server.prefix_length(path) :] or "/", query

    # ---- answering ----

    def _handle(self, request: Request) -> bytes:
        """The bytes of the answer. Raises Refused when the service has none."""
        server = self.server
        if server.engine.exhausted:
            raise Refused(503, "The service is being restarted.", "unavailable", 1)
        path, query = self.path()
        self._answer, self._later = None, None
        server.requests[self.number] = self
        self.began = time.monotonic()
        try:
            text = server.engine.request(self.number, self, request.method, path, query)
            server.outbox.handled(time.monotonic() - self.began)
            if not text:
                text = self._await()
            request.keep = request.keep and server.open
            if text[:1] in FIRST_LETTERS:
                data, status, self._rest = begin(self, text)
            else:
                is_head = request.method == "HEAD"
                data, status = render(text, keep=request.keep, head_only=is_head, shared=server.shared)
        except ScriptError as error:
            raise self._failed(error) from None
        except ValueError as error:
            raise self._failed(ScriptError(str(error), name="TypeError")) from None
        finally:
            server.requests.pop(self.number, None)
        server.metrics.count(ord(text[1]) - FIRST_MARK, status, time.monotonic() - self.began)
        return data

    def _await(self) -> str:
        if self._answer is None:
            self._later = AsyncResult()
            try:
                self._answer = self._later.get(timeout=self.server.engine.timeout)
            except Expired:
                raise ScriptError("no answer in time", code="timeout") from None
        return self._answer

    @property
    def is_waiting(self) -> bool:
        """Its handler gave a promise, and nothing more until now."""
        return self._later is not None and self._answer is None

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
        self.server.host.fail(self.name, error, count=0)
        return Refused(500, "The service failed to answer.", "internal_error")

    def count(self, status: int) -> None:
        """It was answered, but not by the service. `mark` is of the route that it has reached."""
        seconds = time.monotonic() - self.began if self.began else 0.0
        self.server.metrics.count(ord(self.mark) - FIRST_MARK, status, seconds)

    def _refuse(self, refused: Refused) -> None:
        self.count(refused.answer[0])
        request = self.request
        is_head = request.method == "HEAD"
        self.answering = True
        self.line.send(
            simple(*refused.answer, request_id=request.id, retry_after=refused.retry_after, head_only=is_head)
        )
        self.active = False
        linger(self.line.sock)


def request_part(connection: Connection | None, name: str) -> str:
    """An envelope with one part of the request that `connection` is busy with."""
    if connection is None:
        return UNDEFINED
    if name == "ip":
        return encode(connection.client())
    if name == "scheme":
        return encode(connection.scheme())
    return parts.part(connection.request, name)
