"""The files of projects, on the disk of the server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from m3m_core import NotFound, Settings, offload

from . import content, documents, failures, removal
from .config import StorageConfig
from .documents import Link
from .entries import Entry
from .links import Links
from .measuring import measure
from .paths import Parts, file_parts_of
from .signatures import HEAD, kind_of
from .tree import DRAFTS, FILES, PROJECT_ID, THUMBS, Tree

if TYPE_CHECKING:
    from m3m_builtins.projects.service import ProjectService

TEMPORARY = ".tmp"
"""The folder of files that a service made for a short while; in it, each instance has one of its own."""

TEMPORARY_SECONDS = 24 * 3600
THUMB_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Facts:
    """Of a file: its size in bytes, and its kind by content and name."""

    size: int
    mime: str


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

    def read_file(self, project_id: str, path: str, limit: int) -> bytes:
        """A whole file for another plugin, by its path as a service writes it. Raises what `Tree` does, TooLarge."""
        return content.read(self.tree(project_id), file_parts_of(path), limit)[0]

    def write_file(self, project_id: str, path: str, data: bytes) -> Entry:
        """The same for writing; missing folders are made, a file that is there is replaced."""
        return content.write(self.tree(project_id), file_parts_of(path), data)

    def place_of(self, project_id: str, path: str) -> tuple[Tree, Parts]:
        """The project's files and a place among them, by its path as a service writes it: for reading and writing in
        pieces. Raises Invalid (`bad_path`)."""
        return self.tree(project_id), file_parts_of(path)

    def make_link(self, project_id: str, parts: Parts, expires_in: int | None = None) -> tuple[Link, str]:
        """A public link to a file, and its address. Raises NotFound, Invalid for a folder."""
        if self.tree(project_id).stat(parts).is_dir:
            raise failures.is_directory()
        return self.links.make(project_id, parts, expires_in)

    def facts(self, project_id: str, path: str) -> Facts:
        """Raises NotFound, Invalid for a folder or for what is no path."""
        file, entry = self.tree(project_id).open(file_parts_of(path))
        with file:
            return Facts(entry.size, kind_of(entry.name, file.read(HEAD)))

    def sizes(self, project_id: str) -> dict[str, int]:
        """Files of the project and their bytes."""
        return offload(measure, self._base / project_id / FILES)

    def tidy(self) -> None:
        """Remove what a crash left half done, and what was only for a while."""
        for project_id in self._projects():
            tree = self.tree(project_id)
            with suppress(NotFound), tree.area(DRAFTS).folder() as folder:
                removal.clear_abandoned(folder)
            for area, place, seconds in ((THUMBS, (), THUMB_SECONDS), (FILES, (TEMPORARY,), TEMPORARY_SECONDS)):
                with suppress(NotFound), tree.area(area).folder(place) as folder:
                    removal.clear_old(folder, time.time() - seconds)

    def remove_orphans(self, projects: ProjectService) -> None:
        """Of projects that were deleted while this was off, or in the middle of an upload."""
        projects.remove_leftovers({*self._projects(), *self.links.projects()}, self.forget_project)

    def forget_project(self, project_id: str) -> None:
        self.links.forget(project_id)
        removal.clear_project(self._base, project_id)

    def _projects(self) -> Iterator[str]:
        with suppress(FileNotFoundError):
            yield from (item.name for item in self._base.iterdir() if PROJECT_ID.fullmatch(item.name))
