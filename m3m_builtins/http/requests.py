"""What is asked of a server, and how a redirect changes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from .targets import Proxy, Target

SAFE = ("GET", "HEAD", "OPTIONS")
ABOUT_THE_BODY = {"content-type", "content-length", "content-encoding", "content-language", "content-location"}
OF_ONE_ORIGIN = {"authorization", "cookie", "host", "proxy-authorization"}

Headers = tuple[tuple[str, str], ...]


class Body(Protocol):
    """May be read several times: a redirect may ask for it again."""

    @property
    def size(self) -> int:
        """Bytes."""

    def pieces(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class Limits:
    """Seconds, None for no limit; `size` of the answer in bytes."""

    connect: float | None
    read: float | None
    total: float | None
    size: int


@dataclass(frozen=True)
class Request:
    """`redirect` is follow, manual or error. `headers` hold no Cookie of a jar; `verify` is of certificates."""

    method: str
    target: Target
    limits: Limits
    headers: Headers = ()
    body: Body | None = None
    redirect: str = "follow"
    max_redirects: int = 10
    proxy: Proxy | None = field(default=None, repr=False)
    verify: bool = True

    def header(self, name: str) -> str | None:
        return next((value for known, value in self.headers if known.lower() == name), None)


def redirected(request: Request, status: int, to: Target) -> Request:
    """As browsers do: 303 and a POST's 301 or 302 become GET; credentials do not go to another origin."""
    method, body, dropped = request.method, request.body, set[str]()
    if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
        method, body = "GET", None
        dropped |= ABOUT_THE_BODY
    if to.origin != request.target.origin:
        dropped |= OF_ONE_ORIGIN
    headers = tuple((name, value) for name, value in request.headers if name.lower() not in dropped)
    return replace(request, method=method, body=body, target=to, headers=headers)
