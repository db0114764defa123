"""The fonts of the server and those that a service has loaded, and which of them draws which character."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

import uharfbuzz as hb

from m3m_core import Unavailable, UnsupportedMedia

from . import limits
from .fontnames import Font

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)
ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
MOST_FILES = 5000
MOST_KNOWN = 4096
MOST_CHAINS = 64

GENERIC = {
    "sans-serif": ("noto sans", "dejavu sans", "liberation sans", "arial", "helvetica", "open sans", "roboto"),
    "serif": ("noto serif", "dejavu serif", "liberation serif", "times new roman", "georgia"),
    "monospace": ("noto sans mono", "dejavu sans mono", "liberation mono", "courier new", "menlo"),
}
GENERIC |= {"system-ui": GENERIC["sans-serif"], "ui-monospace": GENERIC["monospace"]}

BOLD = 600
SLANT = 0.2
STRENGTH = 1 / 36
"""Of the size: how much an outline grows where a font has no bold of its own."""


@dataclass(frozen=True, eq=False)
class Face:
    """One style of a family. `blob` is its file, mapped or in memory."""

    family: str
    weight: int
    italic: bool
    blob: hb.Blob
    index: int = 0

    def has(self, char: str) -> bool:
        return self._plain.get_nominal_glyph(ord(char)) is not None

    @cached_property
    def _plain(self) -> hb.Font:
        return hb.Font(hb.Face(self.blob, self.index))

    def styled(self, weight: int, italic: bool) -> hb.Font:
        """At its own scale; bold and italic are imitated where the family has none."""
        font = hb.Font(hb.Face(self.blob, self.index))
        if any(axis.tag == "wght" for axis in font.face.axis_infos):
            font.set_variations({"wght": weight})
        elif weight >= BOLD > self.weight:
            font.synthetic_bold = (STRENGTH, STRENGTH, True)
        if italic and not self.italic:
            font.synthetic_slant = SLANT
        return font


class Chain:
    """Faces in the order of preference: those of the families asked for, then all others."""

    def __init__(self, faces: Sequence[Face], weight: int, italic: bool) -> None:
        self._faces = faces
        self._style = (weight, italic)
        self._known: dict[str, Face] = {}
        self._fonts: dict[Face, hb.Font] = {}

    def face_for(self, char: str) -> Face:
        """The first face that has the character; the very first when none has, which draws a box."""
        if char not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[char] = next((face for face in self._faces if face.has(char)), self._faces[0])
        return self._known[char]

    def font_of(self, face: Face) -> hb.Font:
        if face not in self._fonts:
            self._fonts[face] = face.styled(*self._style)
        return self._fonts[face]

    def first(self) -> hb.Font:
        return self.font_of(self._faces[0])


class Library:
    """The fonts of the server, looked up on first use, and those that a run has loaded."""

    def __init__(self) -> None:
        self._loaded: dict[tuple[bytes, str | None], Face] = {}
        self._bytes = 0
        self._chains: dict[Font, Chain] = {}

    def add(self, data: bytes, family: str | None) -> str:
        """A font for this run, once however often; its family's name. Raises UnsupportedMedia, TooLarge."""
        key = sha256(data).digest(), family
        if key not in self._loaded:
            self._load(key, data)
        return self._loaded[key].family

    def _load(self, key: tuple[bytes, str | None], data: bytes) -> None:
        room = limits.LARGEST_FONTS - self._bytes
        if len(self._loaded) >= limits.MOST_FONTS or len(data) > min(limits.LARGEST_FONT, room):
            raise limits.too_large(
                f"At most {limits.MOST_FONTS} fonts of {limits.LARGEST_FONT // 2**20} MB each can be loaded, "
                f"{limits.LARGEST_FONTS // 2**20} MB together."
            )
        face = next(faces_of(hb.Blob(data), key[1]), None)
        if face is None:
            raise UnsupportedMedia("This is no font that can be read: ttf or otf.", code="not_a_font")
        self._loaded[key] = face
        self._bytes += len(data)
        self._chains.clear()

    def chain(self, font: Font) -> Chain:
        """Raises Unavailable when there is no font at all."""
        asked = replace(font, size=1)
        if asked not in self._chains:
            if len(self._chains) >= MOST_CHAINS:
                self._chains.clear()
            self._chains[asked] = _chain(asked, [*reversed(self._loaded.values()), *server_faces()])
        return self._chains[asked]


def _chain(font: Font, faces: Sequence[Face]) -> Chain:
    if not faces:
        raise Unavailable(
            "There is no font on this server: install some (apt-get install fonts-dejavu-core), or load one with "
            "draw.loadFont.",
            code="no_font",
        )
    families = dict.fromkeys(name for asked in (*font.families, "sans-serif") for name in GENERIC.get(asked, (asked,)))
    by_family: dict[str, list[Face]] = {}
    for face in faces:
        by_family.setdefault(face.family.casefold(), []).append(face)
    order = [name for name in families if name in by_family] + [name for name in by_family if name not in families]
    nearest = [min(by_family[name], key=lambda face: _distance(face, font)) for name in order]
    return Chain(nearest, font.weight, font.italic)


def _distance(face: Face, font: Font) -> tuple[bool, int]:
    return face.italic != font.italic, abs(face.weight - font.weight)


@lru_cache(maxsize=1)
def server_faces() -> tuple[Face, ...]:
    return tuple(face for path in sorted(_files()) for face in _faces_at(path))


def _files() -> Iterator[str]:
    found = 0
    for folder in FOLDERS:
        for at, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                if name.lower().endswith(ENDINGS) and found < MOST_FILES:
                    found += 1
                    yield str(Path(at, name))


def _faces_at(path: str) -> list[Face]:
    try:
        return list(faces_of(hb.Blob.from_file_path(path)))
    except (hb.HarfBuzzError, OSError):
        return []


def faces_of(blob: hb.Blob, family: str | None = None) -> Iterator[Face]:
    for index in range(min(hb.Face(blob).count, 64)):
        face = hb.Face(blob, index)
        if face.glyph_count == 0 or not face.unicodes:
            continue
        name = family or face.get_name(16) or face.get_name(1)
        table = face.reference_table("OS/2").data
        weight = int.from_bytes(table[4:6], "big") if len(table) >= 64 else 400
        italic = bool(table[63] & 1) if len(table) >= 64 else False
        if name:
            yield Face(name, weight, italic, blob, index)
