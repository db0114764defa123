"""Who is asking, and may they: authentication and authorisation around every operation. Default is deny."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import falcon

from ..actors import GUEST, Actor
from ..contributions import PUBLIC, Operation
from ..errors import Forbidden, Unauthorized

if TYPE_CHECKING:
    from ..plugins import PluginHost


class Access:
    def __init__(self, host: PluginHost) -> None:
        self._host = host

    def check(self, req: falcon.Request, operation: Operation, params: dict[str, Any]) -> None:
        """Put the actor on `req.context.actor`, or raise: Unauthorized for a guest, Forbidden for anybody else.

        For a public operation nobody is asked anything: the actor is a guest, whatever the headers say.
        `req.context.recheck` does it again, for what takes long.
        """
        # the path's alone: what is read of the request joins them for the responder
        req.context.recheck = partial(self.check, req, operation, dict(params))
        req.context.operation, req.context.params = operation, params
        req.context.actor, req.context.looked_up = GUEST, {}
        if operation.action == PUBLIC:
            return
        actor: Actor = self._host.first("m3m_authenticate", req=req) or GUEST
        req.context.actor = actor
        if actor.kind == "key" and not operation.api_key:
            raise Forbidden("An API key is not enough for this: sign in.")
        allowed = self._host.first("m3m_authorize", actor=actor, operation=operation, params=params, req=req)
        if allowed is True:
            return
        if actor.kind == "guest":
            raise Unauthorized("Sign in first.")
        raise Forbidden("You may not do this.")
