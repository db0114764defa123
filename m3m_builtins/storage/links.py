"""Public links: whoever has the address gets the file, until it expires or is revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from mongoengine.queryset.visitor import Q

from m3m_core import NotFound, now

from .documents import Link
from .paths import Parts, text

LONGEST_LIFE = 10 * 366 * 24 * 3600
"""Seconds."""


class Links:
    """`server` is the server's public address."""

    def __init__(self, server: str) -> None:
        self._server = server.rstrip("/")

    def make(self, project_id: str, parts: Parts, expires_in: int | None) -> tuple[Link, str]:
        """A new link and its address, which cannot be had again. `expires_in`: seconds, None for never."""
        token = secrets.token_urlsafe(32)
        expires_at = None if expires_in is None else now() + timedelta(seconds=expires_in)
        link = Link(project_id=project_id, path=text(parts), token_hash=_hash(token), expires_at=expires_at)
        link.save(force_insert=True)
        return link, f"{self._server}/api/storage/public/{token}/{quote(parts[-1], safe='')}"

    def find(self, token: str, filename: str) -> Link:
        """Raises NotFound, the same for every reason."""
        link: Link | None = _alive().filter(token_hash=_hash(token)).first()
        if link is None or link.path.rpartition("/")[2] != filename:
            raise NotFound("There is no such link.")
        return link

    def page(self, project_id: str, skip: int, limit: int) -> tuple[list[Link], int]:
        """Newest first, and the number of all."""
        found = _alive().filter(project_id=project_id)
        return list(found.order_by("-id").skip(skip).limit(limit)), found.count()

    def revoke(self, project_id: str, token_or_id: str) -> None:
        """Raises NotFound."""
        named = Q(id=token_or_id) | Q(token_hash=_hash(token_or_id))
        if not _alive().filter(named, project_id=project_id).delete():
            raise NotFound("There is no such link.")

    def projects(self) -> list[str]:
        """The ids of those that have any."""
        found: list[str] = Link.objects.distinct("project_id")
        return found

    def forget(self, project_id: str) -> None:
        Link.objects(project_id=project_id).delete()


def _alive() -> Any:
    """The database removes links that have expired, but only once in a minute."""
    return Link.objects(Q(expires_at=None) | Q(expires_at__gt=now()))


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
