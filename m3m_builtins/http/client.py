"""One exchange: the request goes out, redirects are followed, the answer's body is there to be read piece by piece."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from urllib3 import HTTPHeaderDict, Timeout

from m3m_core import Invalid, M3MError, Unavailable
from m3m_core.egress import Egress
from m3m_core.outgoing import checked, look_up

from . import targets
from .connect import connector
from .cookies import Jar
from .failures import explained, too_large
from .requests import SAFE, Request, redirected
from .targets import Target
from .transport import Transports

PIECE = 64 * 1024
"""Bytes that are read at once."""

REDIRECTS = (301, 302, 303, 307, 308)
WORTH_READING = 16 * 1024
"""Bytes of a redirect's body that are read so that its connection can be used again."""

DEFAULTS = (("User-Agent", "M3M"), ("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"))


@dataclass
class Reply:
    """`cookies` are those that came with this answer and the redirects before it."""

    request: Request
    raw: Any
    redirects: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return int(self.raw.status)

    @property
    def headers(self) -> Any:
        """urllib3's HTTPHeaderDict: every name with all its values."""
        return self.raw.headers

    @property
    def length(self) -> int | None:
        """Bytes that come over the wire, where the server says so; 0 for an answer that has no body."""
        found = self.raw.length_remaining
        return None if found is None else int(found)

    def read(self) -> bytes:
        """The next piece, unpacked; empty at the end, when the connection is free for others."""
        limits = self.request.limits
        with explained(self.request.target.host, limits.read or 0):
            piece: bytes = self.raw.read1(PIECE, decode_content=True) or b""
        if not piece:
            self.raw.release_conn()
        return piece

    def read_all(self, limit: int) -> bytes:
        """Raises TooLarge (`too_large`) as soon as it is known."""
        encoded = self.headers.get("content-encoding") is not None
        if not encoded and (self.length or 0) > limit:
            self.close()
            raise too_large(limit)
        body = bytearray()
        while piece := self.read():
            body += piece
            if len(body) > limit:
                self.close()
                raise too_large(limit)
        return bytes(body)

    def close(self) -> None:
        """Without reading the rest: the connection ends too, unless all was read."""
        self.raw.close()


class Client:
    """All requests of one instance share its connections."""

    def __init__(self, egress: Egress, ca_file: Any = None) -> None:
        self._egress = egress
        self._transports = Transports(connector(egress), ca_file)

    def send(self, request: Request, jar: Jar) -> Reply:
        """Raises M3MError: `egress_refused`, `timeout`, `dns_failed`, `connect_failed`, `tls_failed`, `proxy_failed`,
        `broken_answer`, `bad_url`, `too_many_redirects`, `redirected`."""
        reply = Reply(request, self._exchange(request, jar))
        while True:
            reply.cookies |= jar.take(reply.request.target, reply.headers)
            where = destination(reply)
            if where is None or request.redirect == "manual":
                return reply
            status = reply.status
            finish(reply)
            if request.redirect == "error":
                raise Unavailable("the server redirects, and the request does not allow it", code="redirected")
            if reply.redirects >= request.max_redirects:
                raise Unavailable(f"more than {request.max_redirects} redirects", code="too_many_redirects")
            following = redirected(reply.request, status, where)
            reply = Reply(following, self._exchange(following, jar), reply.redirects + 1, reply.cookies)

    def _exchange(self, request: Request, jar: Jar) -> Any:
        try:
            with explained(request.target.host, request.limits.read or 0):
                return self._once(request, jar)
        except M3MError as error:
            if error.code != "broken_answer" or request.method not in SAFE:
                raise
        # A server may close a kept connection in the moment in which it is used again; nothing was answered yet.
        with explained(request.target.host, request.limits.read or 0):
            return self._once(request, jar)

    def _once(self, request: Request, jar: Jar) -> Any:
        limits = request.limits
        if request.proxy is not None:
            self._check_behind_proxy(request.target)
        manager = self._transports.manager(request.proxy, request.verify, request.target.scheme)
        return manager.urlopen(
            request.method,
            request.target.url,
            body=None if request.body is None else request.body.pieces(),
            headers=headers_of(request, jar),
            timeout=Timeout(connect=limits.connect, read=limits.read),
            redirect=False,
            retries=False,
            preload_content=False,
        )

    def _check_behind_proxy(self, target: Target) -> None:
        """The proxy connects, so this only keeps it from what this server knows to be refused."""
        try:
            found = look_up(target.host, target.port)
        except Unavailable:
            return  # only the proxy knows the name
        checked(self._egress, found)


def headers_of(request: Request, jar: Jar) -> HTTPHeaderDict:
    headers = HTTPHeaderDict(request.headers)
    for name, value in DEFAULTS:
        headers.setdefault(name, value)
    cookie = jar.header(request.target)
    if cookie:
        own = request.header("cookie")
        headers["Cookie"] = f"{own}; {cookie}" if own else cookie
    if request.body is not None:
        headers["Content-Length"] = str(request.body.size)
    return headers


def destination(reply: Reply) -> Target | None:
    """Where a redirect leads; None for any other answer. Raises Invalid (`bad_url`)."""
    location = reply.headers.get("location")
    if reply.status not in REDIRECTS or location is None:
        return None
    try:
        # what servers send in a header is bytes of UTF-8 more often than Latin-1
        text = location.encode("latin-1").decode("utf-8", "replace")
        found = targets.target(text, reply.request.target.url)
        return replace(found, credentials="")
    except Invalid as error:
        reply.close()
        raise Invalid(f"the server redirects to what cannot be called: {error.message}", code="bad_url") from None


def finish(reply: Reply) -> None:
    """Done with this answer; what is left of it is read when that is cheaper than a new connection."""
    try:
        if reply.length is not None and reply.length <= WORTH_READING:
            reply.read_all(WORTH_READING)
    except M3MError:
        pass  # its body does not matter
    finally:
        reply.close()
