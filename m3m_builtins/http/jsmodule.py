"""The host side of `http`. Nothing here imports urllib3 before the first request."""

from __future__ import annotations

import time
from typing import Any

from m3m_core import Invalid, JSModule, script_beside, waits

from .exchanges import Exchanges
from .jsfetch import Fetch
from .options import request_of
from .requests import Limits, Request
from .work import Work

MOST_SESSIONS = 1000


class Http:
    def __init__(self, exchanges: Exchanges) -> None:
        self._exchanges = exchanges
        self._jars: dict[int, Any] = {}
        self._last = 0

    @waits
    def send(self, url: Any, options: Any, session: int | None) -> dict[str, Any]:
        request = self._request(url, options, self._exchanges.limits(), self._exchanges.largest)
        return Work().run(request.limits.total, self._answer, request, self._jar(session))

    @waits
    def save(self, url: Any, path: Any, options: Any, session: int | None) -> dict[str, Any]:
        from . import download

        limit = int(self._exchanges.config.download_limit)
        request = self._request(url, options, self._exchanges.limits(size=limit), limit)
        tree, parts = self._exchanges.place(path)
        total = request.limits.total
        deadline = None if total is None else time.monotonic() + total
        reply = Work().run(total, self._exchanges.client.send, request, self._jar(session))
        if not 200 <= reply.status < 300:
            reply.close()
            raise Invalid(f"{reply.request.target.host} answered {reply.status}: nothing was saved", code="bad_status")
        told = download.shown(download.save(reply, tree, parts, request.limits.size, deadline))
        return told | {"status": reply.status, "url": reply.request.target.url}

    def open_session(self) -> int:
        """A jar of its own; the oldest one goes when there are too many."""
        self._last += 1
        self._jars[self._last] = self._exchanges.session()
        if len(self._jars) > MOST_SESSIONS:
            del self._jars[next(iter(self._jars))]
        return self._last

    def close_session(self, session: int) -> None:
        self._jars.pop(session, None)

    def cookies(self, session: int) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self._jar(session).listed()
        return listed

    def clear_cookies(self, session: int) -> None:
        self._jar(session).clear()

    def decode(self, data: bytes, charset: str) -> str:
        return data.decode(charset, "replace")

    def encode(self, text: str) -> bytes:
        return text.encode()

    def _answer(self, request: Request, jar: Any) -> dict[str, Any]:
        from .answers import answered

        reply = self._exchanges.client.send(request, jar)
        return answered(reply, reply.read_all(request.limits.size))

    def _request(self, url: Any, options: Any, limits: Limits, largest: int) -> Request:
        return request_of(url, options, limits, largest, self._exchanges.open_file)

    def _jar(self, session: int | None) -> Any:
        """A request without a session has a jar for itself and its redirects."""
        if session is None:
            return self._exchanges.session()
        if session not in self._jars:
            raise Invalid(f"this session is closed: only the newest {MOST_SESSIONS} are kept", code="session_closed")
        return self._jars[session]


def fetch_script() -> str:
    fetch, turns = (script_beside(__file__, name) for name in ("fetch.js", "turns.js"))
    return f"(host, m3m) => {fetch}(host, {turns}(m3m))"


def http_modules(exchanges: Exchanges) -> list[JSModule]:
    return [
        JSModule("http", Http(exchanges), script_beside(__file__, "http.js")),
        JSModule("fetch", Fetch(exchanges), fetch_script(), exports=("fetch",)),
    ]
