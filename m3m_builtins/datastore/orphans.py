"""What deletions missed, removed at the start of the server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mongoengine.queryset.visitor import Q
from pymongo.database import Database

from m3m_core import SYSTEM

from .documents import Model
from .models import Models
from .schema import collection_name

if TYPE_CHECKING:
    from m3m_builtins.projects.service import ProjectService

RECORDS = re.compile(collection_name("([0-9a-f]{24})", "(.+)"))


def remove_orphans(db: Database[dict[str, Any]], models: Models, projects: ProjectService) -> None:
    """Models of projects that were deleted while the plugin was off, and records without a model, which came in the
    moment when it was deleted. What belongs to no project that is known is left: it may be half of a backup.
    """
    names = db.list_collection_names(filter={"name": {"$regex": f"^{RECORDS.pattern}$"}})
    found = [match for match in map(RECORDS.fullmatch, names) if match]
    owners = {match[1] for match in found}
    projects.remove_leftovers({*owners, *Model.objects.distinct("project_id")}, models.forget_project)
    known = projects.visible_ids(SYSTEM, frozenset(owners))
    for name, project_id, slug in ((match[0], match[1], match[2]) for match in found):
        if project_id in known and not _has_model(project_id, slug):
            db.drop_collection(name)


def _has_model(project_id: str, slug: str) -> bool:
    """Or had, before a change that is not finished."""
    return bool(Model.objects(Q(slug=slug) | Q(pending__old_slug=slug), project_id=project_id).first())
