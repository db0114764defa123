"""Who is asking, by the access token, and what they may do outside of projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from m3m_core import SIGNED_IN, Actor, Operation, Unauthorized

from . import rights
from .service import AuthService, actor_of
from .sessions import Lookups

if TYPE_CHECKING:
    import falcon

MANAGE = "users.manage"


def authenticate(service: AuthService, req: falcon.Request, wanted: Callable[[], Iterable[Lookups]]) -> Actor | None:
    """The user of `Authorization: Bearer …`, looked up anew for each request, with what is `wanted` beside.

    Raises Unauthorized.
    """
    header = req.get_header("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    if not token.strip():
        raise Unauthorized("The access token is missing after Bearer.", code="token_invalid")
    signed_in = service.sessions.read(token.strip(), wanted)
    req.context.user, req.context.session_id = signed_in.user, signed_in.session_id
    req.context.looked_up = signed_in.found
    return actor_of(signed_in.user)


def authorize(actor: Actor, operation: Operation, params: dict[str, Any]) -> bool | None:
    """Root may do everything. A path with a project is left to the feature that knows projects."""
    if "project" in params or not actor.is_user:
        return None
    if actor.is_root or operation.action == SIGNED_IN:
        return True
    return rights.may_manage(actor) if operation.action == MANAGE else None
