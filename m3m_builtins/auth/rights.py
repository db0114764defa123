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


def changes(actor: Actor, current: Permissions, wanted: Mapping[str, Any], visible: Visible) -> dict[str, Any]:
    """What is to be written of the wanted permissions. Taking rights away is always allowed.

    A right that is there and wanted is not written again: it may be taken away in this moment.
    Raises Forbidden for a right that the actor lacks, Invalid for a project that the actor cannot see.
    """
    written = {right: wanted[right] for right in RIGHTS if right in wanted}
    written = {right: has for right, has in written.items() if not (has and getattr(current, right))}
    for right, has in written.items():
        if has and not (actor.is_root or right in actor.rights):
            raise Forbidden(f"You cannot grant {right}: you do not have it yourself.", code="cannot_grant")
    if "project_access" in wanted:
        written["project_access"] = list(dict.fromkeys(wanted["project_access"]))
        _check_projects(actor, frozenset(written["project_access"]) - frozenset(current.project_access), visible)
    return written


def _check_projects(actor: Actor, added: frozenset[str], visible: Visible) -> None:
    unseen = sorted(added - visible(actor, added)) if added else []
    if unseen:
        raise Invalid(
            "Access to some of the projects cannot be granted.",
            fields={
                "permissions.project_access": field(
                    "unknown_project", f"There is no such project, or you cannot see it: {', '.join(unseen)}."
                )
            },
        )


def check_password_reset(actor: Actor) -> None:
    """Whoever sets another's password can act with the other's rights, so only root may. Raises Forbidden."""
    if not actor.is_root:
        raise Forbidden("Only the root user sets the password of another user.", code="root_only")
