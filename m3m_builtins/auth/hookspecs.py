"""What the feature auth asks of others and tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from m3m_core import hookspec

if TYPE_CHECKING:
    from m3m_core import Actor, Context, Operation


@hookspec
def m3m_visible_projects(ctx: Context, actor: Actor, ids: frozenset[str]) -> frozenset[str]:
    """Say which of these projects the actor may see. Process: front. Moment: before access to projects is granted.

    Returns the visible ones among `ids`; all plugins' answers are joined. An exception is logged and counts as none.
    Nobody grants access to a project that they cannot see.
    """


@hookspec
def m3m_lookups(ctx: Context, operation: Operation, params: dict[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """What a signed-in request will need from the database, to be asked for together with who asks.

    Process: front. Moment: each request with a valid access token, before anything about it is known to be allowed.
    Returns bodies of MongoDB's `$lookup`, without `as`, by the name under which `req.context.looked_up` holds the list
    of what was found. They run in the order of plugins, and one may refer to what those before it found. A request
    without an access token has none of them: look up what is missing.
    """


@hookspec
def m3m_user_deleted(ctx: Context, user_id: str) -> None:
    """A user is gone. Process: front. Moment: after the fact, once. Each plugin drops what names the user.

    An exception is logged and holds nobody else up: what is left must do no harm, since ids are never used again.
    """
