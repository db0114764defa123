"""Two hosts: services on theirs, the API and the admin on any other. What comes to the wrong one is sent on, or not."""

from __future__ import annotations

from typing import Any

from ..errors import NotFound
from ..runtime.handoff import SERVICE
from ..runtime.hosts import ServicesHost
from ..runtime.line import HEAD_END, HEAD_LIMIT
from .heads import READ
from .upstream import Environ, Target, host_of


def read_service_head(data: bytes, client: Any) -> bytes:
    """When the first bytes of a request are for a service: its whole head, which tells the host; and what came with it.

    A head that is too large or has no proper lines is left to whoever refuses it.
    """
    if SERVICE.match(data):
        while HEAD_END not in data and len(data) <= HEAD_LIMIT and data.count(b"\n") == data.count(b"\r\n"):
            more = client.recv(READ)
            if not more:
                break
            data += more
    return data


def right_place(services: ServicesHost, target: Target | None, environ: Environ) -> str:
    """The address where a request for a service belongs, for a redirect; empty when it is right here.

    Raises NotFound for what cannot be sent on.
    """
    is_on_theirs = services.is_asked(host_of(environ))
    if target is None:
        if is_on_theirs:
            raise NotFound("There is nothing at this address.")
        return ""
    if is_on_theirs or not target.slug:
        return ""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        raise NotFound(f"Services answer at {services.uri}.", code="other_host")
    return services.uri + target.path
