"""Nobody grants a right that they lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from m3m_core import Actor, Forbidden, Invalid, field

from .documents import Permissions

RIGHTS = ("create_projects", "manage_users")

Visible = Callable[[Actor, frozenset[str]], frozenset[str]]


def actor_rights(permissions: Permissions) -> frozenset[str]:
    return frozenset(right for right in RIGHTS if getattr(permissions, right))


def may_manage(actor: Actor) -> bool:
    return actor.is_root or "manage_users" in actor.rights


def merged(actor: Actor, current: Permissions, wanted: Mapping[str, Any], visible: Visible) -> Permissions:
    """The permissions after the given keys are changed. Taking rights away is always allowed.

    Raises Forbidden for a right that the actor lacks, Invalid for a project that the actor cannot see.
    """
    result = Permissions(**{right: wanted.get(right, getattr(current, right)) for right in RIGHTS})
    for right in RIGHTS:
        if getattr(result, right) and not getattr(current, right) and not (actor.is_root or right in actor.rights):
            raise Forbidden(f"You cannot grant {right}: you do not have it yourself.", code="cannot_grant")
    result.project_access = list(dict.fromkeys(wanted.get("project_access", current.project_access)))
    unseen = _unseen(actor, frozenset(result.project_access) - frozenset(current.project_access), visible)
    if unseen:
        raise Invalid(
            "Access to some of the projects cannot be granted.",
            fields={
                "permissions.project_access": field(
                    "unknown_project", f"There is no such project, or you cannot see it: {', '.join(unseen)}."
                )
            },
        )
    return result


def check_password_reset(actor: Actor) -> None:
    """Whoever sets another's password can act with the other's rights, so only root may. Raises Forbidden."""
    if not actor.is_root:
        raise Forbidden("Only the root user sets the password of another user.", code="root_only")


def _unseen(actor: Actor, ids: frozenset[str], visible: Visible) -> list[str]:
    return sorted(ids - visible(actor, ids)) if ids else []
