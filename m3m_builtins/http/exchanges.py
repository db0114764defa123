"""What `http` and `fetch` share in one instance: the client, made by the first request, and the bounds of the run."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

from m3m_core import RunContext, Settings
from m3m_core.egress import Egress

from .config import HTTPConfig
from .requests import Limits

if TYPE_CHECKING:
    from m3m_builtins.storage.service import StorageService
    from m3m_builtins.storage.tree import Tree

    from .client import Client

SHARE_OF_MEMORY = 8
"""An answer crosses as text that is a third longer, and is there twice for a moment: more of it would fill the heap."""


class Exchanges:
    def __init__(self, config: HTTPConfig, settings: Settings, storage: StorageService, run: RunContext) -> None:
        self.config = config
        self.largest = min(config.max_size, settings.runtime.memory_limit // SHARE_OF_MEMORY)
        self._storage = storage
        self._project_id = run.spec.project_id

    @cached_property
    def client(self) -> Client:
        from .client import Client  # urllib3: only for a service that makes requests

        return Client(Egress(self.config, "plugins.config.http"), self.config.ca_file)

    def limits(self, *, size: int | None = None) -> Limits:
        seconds = float(self.config.timeout)
        return Limits(seconds, seconds, seconds, self.largest if size is None else size)

    def place(self, path: str) -> tuple[Tree, tuple[str, ...]]:
        return self._storage.place_of(self._project_id, path)

    def open_file(self, path: str) -> tuple[BinaryIO, int, str | None]:
        tree, parts = self.place(path)
        file, entry = tree.open(parts)
        return file, entry.size, entry.mime

    def session(self) -> Any:
        from .cookies import Jar

        return Jar()
