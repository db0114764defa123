"""The built admin pages: which file answers which path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from m3m_core import NotFound, media_type_of

from .index import Index

DIST = Path(__file__).with_name("dist")
ASSETS = "assets/"
"""Files below have the hash of their content in their names: they never change."""

NOT_PAGES = ("api", "r")
"""First parts of addresses that belong to the API and to services: an unknown one is no page."""

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Compressed forms by preference, made by the build, and the endings of their names."""

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True)
class Asset:
    """`encoded`: compressed forms by the name of their encoding."""

    path: Path
    media_type: str
    immutable: bool
    etag: str
    encoded: Mapping[str, Path]


class UiService:
    """Files are listed on first use, so that a rebuild needs a restart and a runner pays nothing."""

    def __init__(self, services_uri: str = "", folder: Path = DIST) -> None:
        self._services_uri = services_uri
        self._folder = folder

    @property
    def is_built(self) -> bool:
        return (self._folder / "index.html").is_file()

    @cached_property
    def index(self) -> Index:
        return Index.of((self._folder / "index.html").read_text("utf-8"), self._services_uri)

    def asset(self, path: str) -> Asset | None:
        """The file at a path, None where the page itself answers. Raises NotFound for what is neither."""
        found = self._assets.get(path)
        if found is None and (path.partition("/")[0] in NOT_PAGES or path.startswith(ASSETS)):
            raise NotFound("There is nothing at this address.")
        return found

    @cached_property
    def _assets(self) -> dict[str, Asset]:
        files = {str(file.relative_to(self._folder)): file for file in self._folder.rglob("*") if file.is_file()}
        endings = tuple(ENCODINGS.values())
        return {
            name: _asset(
                name, file, {form: files[name + end] for form, end in ENCODINGS.items() if name + end in files}
            )
            for name, file in files.items()
            if not name.endswith(endings) and not name.startswith(".") and name != "index.html"
        }


def _asset(name: str, file: Path, encoded: Mapping[str, Path]) -> Asset:
    immutable = name.startswith(ASSETS)
    # the name of an immutable file has a hash already; the others are few and small
    etag = sha256(name.encode() if immutable else file.read_bytes()).hexdigest()[:16]
    kind = TYPES.get(file.suffix) or media_type_of(name)
    return Asset(file, kind, immutable, etag, encoded)
