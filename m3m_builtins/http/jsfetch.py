"""The host side of `fetch`: exchanges that are open while JavaScript reads them, and that it can end at any moment."""

from __future__ import annotations

from typing import Any

from m3m_core import TooMany, unpooled, waits

from .bodies import Whole
from .dataurls import parsed
from .exchanges import Exchanges
from .options import OF_THE_CONNECTION, header, method_of
from .requests import Limits, Request
from .targets import basic, target
from .work import Work, aborted

MOST_OPEN = 100
"""Bodies that wait to be read."""

AT_ONCE = 64 * 1024
"""Bytes. A body whose length says that it is shorter comes with the head: one crossing in place of three."""

MOST_REDIRECTS = 20

LONGEST_HEAD = 5
"""Times the timeout for a wait: a server that says a little now and then has to come to the point by then."""


class Exchange:
    def __init__(self) -> None:
        self.work = Work()
        self.reply: Any = None

    def end(self) -> None:
        """A call that is under way closes the answer itself: nobody else may while it reads."""
        if not self.work.stop():
            self.drop()

    def drop(self) -> None:
        if self.reply is not None:
            self.reply.close()


class Fetch:
    def __init__(self, exchanges: Exchanges) -> None:
        self._exchanges = exchanges
        self._open: dict[int, Exchange] = {}
        self._last = 0

    def begin(self) -> int:
        """The number of a new exchange, which may be ended from now on."""
        if len(self._open) >= MOST_OPEN:
            raise TooMany(f"{MOST_OPEN} requests and answers are open: read the bodies or cancel them")
        self._last += 1
        self._open[self._last] = Exchange()
        return self._last

    @waits
    def open(self, number: int, told: dict[str, Any]) -> dict[str, Any]:
        """The answer's head, and its body when that is short; else it waits to be read."""
        exchange = self._open.get(number)
        if exchange is None:
            raise aborted()
        try:
            longest = LONGEST_HEAD * float(self._exchanges.config.timeout)
            head, body = exchange.work.run(longest, self._begin, exchange, self._request(told))
        except BaseException:
            self._drop(number, exchange)
            raise
        if body is not None:
            self.close(number)
        return {**head, "body": body, "more": body is None}

    @waits
    @unpooled  # as many bodies as may be open, and a silent one must not keep the database waiting
    def read(self, number: int) -> bytes | None:
        """The next piece of a body; nothing at its end."""
        exchange = self._open.get(number)
        if exchange is None:
            return None
        try:
            piece: bytes = exchange.work.run(None, exchange.reply.read)
        except BaseException:
            self._drop(number, exchange)
            raise
        if not piece:
            self._open.pop(number, None)
        return piece or None

    def close(self, number: int) -> None:
        """End an exchange, whatever it is doing: its connection is closed unless all was read."""
        exchange = self._open.pop(number, None)
        if exchange is not None:
            exchange.end()

    def _drop(self, number: int, exchange: Exchange) -> None:
        self._open.pop(number, None)
        exchange.drop()

    def data_url(self, url: str) -> dict[str, Any] | None:
        """Type and content of a `data:` URL (RFC 2397), None for what is not one."""
        return parsed(url)

    def _begin(self, exchange: Exchange, request: Request) -> tuple[dict[str, Any], bytes | None]:
        from .answers import pairs

        reply = exchange.reply = self._exchanges.client.send(request, self._exchanges.session())
        head = {
            "status": reply.status,
            "statusText": reply.raw.reason or "",
            "url": reply.request.target.url,
            "redirected": reply.redirects > 0,
            "headers": pairs(reply),
        }
        short = reply.length is not None and reply.length <= AT_ONCE and "content-encoding" not in reply.headers
        return head, reply.read_all(AT_ONCE) if short else None

    def _request(self, told: dict[str, Any]) -> Request:
        """As JavaScript describes it; there is no limit to the whole, since its service has AbortSignal."""
        aim = target(told["url"])
        headers = [header(*pair) for pair in told["headers"] if pair[0] not in OF_THE_CONNECTION | {"host"}]
        if aim.credentials:
            headers.append(("Authorization", basic(aim.credentials)))
        seconds = float(self._exchanges.config.timeout)
        return Request(
            method=method_of(told["method"]),
            target=aim,
            limits=Limits(seconds, seconds, None, self._exchanges.largest),
            headers=tuple(headers),
            body=None if told["body"] is None else Whole(told["body"]),
            redirect=told["redirect"],
            max_redirects=MOST_REDIRECTS,
        )
