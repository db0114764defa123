"""Who may read the figures of all projects."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from m3m_core import GUEST, Context, Forbidden, Unauthorized

if TYPE_CHECKING:
    import falcon


def check_metrics(ctx: Context, req: falcon.Request) -> None:
    """Raises Unauthorized, Forbidden for all but the root user and whoever has the configured token.

    That token is none of a user's, so the operation is public and this is asked of the request itself.
    """
    token = ctx.config.metrics_token
    given = req.get_header("Authorization", default="").encode()
    if token and hmac.compare_digest(given, f"Bearer {token}".encode()):
        return
    actor = ctx.first("m3m_authenticate", req=req) or GUEST
    if actor.kind == "guest":
        raise Unauthorized("Sign in first.")
    if not actor.is_root:
        raise Forbidden("Only the root user may see the figures of all projects.")
