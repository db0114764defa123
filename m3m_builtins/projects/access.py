"""Who may do what in a project, and the project's API key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from m3m_core import Actor, Operation, Unauthorized

from .documents import Project
from .rules import belongs, matching
from .service import ProjectService

if TYPE_CHECKING:
    import falcon

READ = "projects.read"
LIST = "projects.list"
CREATE = "projects.create"
CHANGE = "projects.change"
DELETE = "projects.delete"
KEY = "projects.key"
MEMBERS = "projects.members"
OWNER_ACTIONS = frozenset({DELETE, MEMBERS})
"""For the owner and root alone. KEY is for members too; every other action is for everybody who sees the project."""


def authenticate(service: ProjectService, req: falcon.Request) -> Actor | None:
    """The project whose key is in `X-API-Key`. Raises Unauthorized."""
    key = req.get_header("X-API-Key")
    if key is None:
        return None
    project = service.by_api_key(key)
    if project is None:
        raise Unauthorized("The API key is not valid.", code="api_key_invalid")
    return Actor(kind="key", id=project.id)


def lookups(operation: Operation, params: dict[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The project of the path, for `authorize`."""
    if "project" not in params:
        return {}
    match = matching(params["project"], hidden=operation.action == DELETE)
    return {"project": {"from": Project._get_collection_name(), "pipeline": [{"$match": match}]}}


def authorize(
    service: ProjectService, actor: Actor, operation: Operation, params: dict[str, Any], req: falcon.Request
) -> bool | None:
    """Look up the project of the path for `req.context.project`, and decide. Raises NotFound for a hidden one."""
    if "project" not in params:
        return _outside(actor, operation.action)
    if actor.kind == "guest":
        return False
    found = req.context.looked_up.get("project")
    project = service.find_visible(params["project"], actor, hidden=operation.action == DELETE, found=found)
    req.context.project = project
    if actor.kind == "key":
        return operation.api_key
    if operation.action in OWNER_ACTIONS:
        return actor.is_root or actor.id == project.owner_id
    return operation.action != KEY or belongs(actor, project)


def _outside(actor: Actor, action: str) -> bool | None:
    if action == LIST:
        return actor.is_user
    if action == CREATE:
        return actor.is_root or "create_projects" in actor.rights
    return None
