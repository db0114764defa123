"""The host side of `storage`: the files of the project that the service belongs to, by the rules of the HTTP API."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from m3m_core import JSModule, M3MError, NotFound, RunContext, ScriptError, offload, script_beside, waits

from . import content
from .entries import Entry
from .globbing import glob
from .packing import pack
from .paths import bad_path, file_parts_of, parts_of
from .removal import fresh_name
from .service import TEMPORARY, StorageService
from .steps import finish
from .unpacking import unpack

SCRIPT = script_beside(__file__, "storage.js")

LARGEST_READ = 64 * 1024 * 1024
"""Bytes."""

SHARE_OF_MEMORY = 8
"""A file crosses as text that is a third longer, and is there twice for a moment: more of it would fill the heap."""


class Storage:
    """`memory` is the JavaScript heap of the instance, in bytes."""

    def __init__(self, service: StorageService, run: RunContext, memory: int) -> None:
        self._service = service
        self._project_id = run.spec.project_id
        self._tree = service.tree(run.spec.project_id)
        self._limit = min(LARGEST_READ, memory // SHARE_OF_MEMORY)
        self._temporary = f"{TEMPORARY}/{run.instance}"
        self._is_tidy = False
        run.on_close(self._remove_temporary)

    @waits
    def read(self, path: str) -> str:
        return content.read_text(self._tree, file_parts_of(path), self._limit)[0]

    @waits
    def read_bytes(self, path: str) -> bytes:
        return content.read(self._tree, file_parts_of(path), self._limit)[0]

    @waits
    def write(self, path: str, data: str | bytes) -> dict[str, Any]:
        return shown(offload(content.write, self._tree, file_parts_of(path), bytes_of(data)))

    @waits
    def append(self, path: str, data: str | bytes) -> dict[str, Any]:
        return shown(offload(self._tree.append, file_parts_of(path), bytes_of(data)))

    @waits
    def exists(self, path: str) -> bool:
        try:
            self._tree.stat(parts_of(path))
        except NotFound:
            return False
        return True

    @waits
    def stat(self, path: str) -> dict[str, Any]:
        return shown(self._tree.stat(parts_of(path)))

    @waits
    def list(self, path: str) -> list[dict[str, Any]]:
        return [shown(entry) for entry in self._tree.list(parts_of(path))[0]]

    @waits
    def glob(self, pattern: str) -> Any:
        return offload(glob, self._tree, file_parts_of(pattern))

    @waits
    def mkdir(self, path: str) -> dict[str, Any]:
        return shown(self._tree.mkdir(file_parts_of(path), exist_ok=True))

    @waits
    def copy(self, source: str, target: str, overwrite: bool) -> dict[str, Any]:
        work = content.copy(self._tree, file_parts_of(source), file_parts_of(target), replace=overwrite)
        return shown(finish(work))

    @waits
    def move(self, source: str, target: str, overwrite: bool) -> dict[str, Any]:
        return shown(self._tree.move(file_parts_of(source), file_parts_of(target), replace=overwrite))

    @waits
    def delete(self, path: str) -> bool:
        try:
            offload(self._tree.delete, file_parts_of(path))
        except NotFound:
            return False
        return True

    @waits
    def url(self, path: str, seconds: int | None) -> str:
        """Raises Unavailable while the database is away."""
        return self._service.make_link(self._project_id, file_parts_of(path), seconds)[1]

    @waits
    def zip(self, paths: Any, target: str) -> dict[str, Any]:
        sources = [file_parts_of(path) for path in paths]
        limit = self._service.config.unpacked_limit
        return shown(finish(pack(self._tree, sources, file_parts_of(target), limit)))

    @waits
    def unzip(self, path: str, target: str) -> dict[str, Any]:
        limit = self._service.config.unpacked_limit
        return shown(finish(unpack(self._tree, file_parts_of(path), parts_of(target), limit)))

    def tmp(self, ending: str) -> str:
        """A path that nobody has used; whatever is there when the run ends is removed."""
        path = f"{self._temporary}/{fresh_name()}{ending}"
        if len(file_parts_of(path)) != len(path.split("/")) or "/" in ending:
            raise bad_path("The ending of a name has no /.")
        if not self._is_tidy:
            self._remove_temporary()  # what an instance of this number left that was killed
            self._is_tidy = True
        return path

    def _remove_temporary(self) -> None:
        with suppress(M3MError):
            self._tree.delete(file_parts_of(self._temporary))


def shown(entry: Entry) -> dict[str, Any]:
    """As JavaScript has it; `updatedAt` is in milliseconds since 1970."""
    return {
        "name": entry.name,
        "path": entry.path,
        "size": entry.size,
        "isDir": entry.is_dir,
        "mime": entry.mime,
        "updatedAt": round(entry.updated_at.timestamp() * 1000),
    }


def bytes_of(data: object) -> bytes:
    if isinstance(data, str):
        return data.encode()
    if isinstance(data, bytes):
        return data
    raise ScriptError("what is written is a text or bytes; for anything else there is writeJSON", name="TypeError")


def storage_module(service: StorageService, run: RunContext, memory: int) -> JSModule:
    return JSModule("storage", Storage(service, run, memory), SCRIPT)
