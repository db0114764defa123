"""The files of projects, on the disk of the server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

from m3m_core import NotFound, Settings

from . import documents, failures, removal
from .config import StorageConfig
from .documents import Link
from .links import Links
from .paths import Parts
from .tree import DRAFTS, FILES, PROJECT_ID, THUMBS, Tree

TEMPORARY = ".tmp"
"""The folder of files that a service made for a short while."""

TEMPORARY_SECONDS = 24 * 3600
THUMB_SECONDS = 30 * 24 * 3600


class StorageService:
    def __init__(self, settings: Settings, config: StorageConfig) -> None:
        self.config = config
        self.links = Links(settings.server.uri)
        self._base = settings.storage.path

    def ensure_indexes(self) -> None:
        documents.ensure_indexes()

    def tree(self, project_id: str) -> Tree:
        """The files of a project. What it takes for paths is made by `paths.parts_of`."""
        return Tree(self._base, project_id, keep_free=self.config.keep_free)

    def make_link(self, project_id: str, parts: Parts, expires_in: int | None = None) -> tuple[Link, str]:
        """A public link to a file, and its address. Raises NotFound, Invalid for a folder."""
        if self.tree(project_id).stat(parts).is_dir:
            raise failures.is_directory()
        return self.links.make(project_id, parts, expires_in)

    def tidy(self) -> None:
        """Remove what a crash left half done, and what was only for a while."""
        for project_id in self._projects():
            tree = self.tree(project_id)
            with suppress(NotFound), tree.area(DRAFTS).folder() as folder:
                removal.clear_abandoned(folder)
            for area, place, seconds in ((THUMBS, (), THUMB_SECONDS), (FILES, (TEMPORARY,), TEMPORARY_SECONDS)):
                with suppress(NotFound), tree.area(area).folder(place) as folder:
                    removal.clear_old(folder, time.time() - seconds)

    def forget_project(self, project_id: str) -> None:
        self.links.forget(project_id)
        removal.clear_project(self._base, project_id)

    def _projects(self) -> Iterator[str]:
        with suppress(FileNotFoundError):
            yield from (item.name for item in self._base.iterdir() if PROJECT_ID.fullmatch(item.name))
