"""Who may do what with goals where no project is in the path."""

from __future__ import annotations

from typing import Any

from m3m_core import Actor, Operation

READ = "goals.read"
WRITE = "goals.write"
INCREMENT = "goals.increment"
MANAGE = "goals.manage"
"""Make, change and delete global goals: for root, whom everything is allowed."""

FOR_ALL = frozenset({READ, INCREMENT})


def authorize(actor: Actor, operation: Operation, params: dict[str, Any]) -> bool | None:
    """Users and keys may ask; the service shows them only what is theirs. Paths with a project are not ours."""
    if "project" in params or operation.action not in FOR_ALL:
        return None
    return True if actor.is_user or (actor.kind == "key" and operation.api_key) else None
