"""What a project may be called, who sees it, and its API key."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from m3m_core import Actor, Conflict, Invalid, field

from .colors import check_color
from .documents import Project

ID = re.compile(r"[0-9a-f]{24}")
SLUG = re.compile(r"(?![0-9a-f]{24}$)[a-z0-9][a-z0-9-]{0,62}")
"""Not like an id: wherever a project is named, either may stand."""


def matching(id_or_slug: str, *, hidden: bool) -> dict[str, Any]:
    """The filter for the project with this id or slug; with `hidden` also when it is not complete."""
    key = "_id" if ID.fullmatch(id_or_slug) else "slug"
    return {key: id_or_slug} if hidden else {key: id_or_slug, "hidden": False}


def sees(actor: Actor, project: Project) -> bool:
    if actor.kind == "key":
        return actor.id == project.id
    return belongs(actor, project) or (actor.is_user and project.id in actor.projects)


def belongs(actor: Actor, project: Project) -> bool:
    """Whether it is its owner, a member or the root user. Those whom access was granted see it, but do not belong."""
    return actor.is_user and (actor.is_root or actor.id == project.owner_id or actor.id in project.members)


def check(values: Mapping[str, Any]) -> None:
    if "slug" in values and not SLUG.fullmatch(values["slug"]):
        raise Invalid(
            "The slug is not valid.",
            fields={
                "slug": field(
                    "invalid_slug",
                    "Use small letters a to z, digits and hyphens, at most 63, not starting with a hyphen, "
                    "and not 24 digits like an id.",
                )
            },
        )
    check_color(values.get("color"))


def slug_taken(slug: str) -> Conflict:
    return Conflict(f"Another project has the slug {slug}.", code="slug_taken")


def new_key() -> str:
    return f"m3m_{secrets.token_urlsafe(32)}"


def key_hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
