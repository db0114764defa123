"""Zip archives into files of a project. What an archive says of itself is checked, and then not believed either."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass

from m3m_core import Conflict, Invalid, NotFound, TooLarge

from .entries import Entry
from .packing import MOST_ENTRIES, too_much
from .paths import Parts, parts_of, text
from .steps import CHUNK, Steps
from .tree import Tree

LARGEST_READ = 4 * 1024 * 1024
"""Bytes. The list of an archive's entries is read at once and unfolds in memory; this is 400 bytes for each entry."""

HIGHEST_RATIO = 200
"""Unpacked to packed, for all together: text shrinks to a tenth, a bomb to a thousandth."""

SMALL = 10 * 1024 * 1024
"""Bytes. What is not more than this when unpacked is no bomb, whatever its ratio."""

ENCRYPTED = 0x1


class Guarded(io.FileIO):
    """A file that refuses to be read in large pieces."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = LARGEST_READ + 1 if size is None or size < 0 else size
        data = super().read(wanted) if wanted <= LARGEST_READ + 1 else None
        if data is None or len(data) > LARGEST_READ:
            raise TooLarge(f"An archive may hold {MOST_ENTRIES} files at most.", code="archive_too_large")
        return data


@dataclass(frozen=True)
class Member:
    info: zipfile.ZipInfo
    parts: Parts


def unpack(tree: Tree, source: Parts, target: Parts, limit: int) -> Steps[Entry]:
    """All that is in an archive, into a folder: files there of the same names are replaced. The folder.

    Raises Invalid (`bad_archive`, `bad_path`), TooLarge (`archive_too_large`) and Conflict (`exists`); nothing has been
    changed then.
    """
    file, entry = tree.open(source)
    try:
        with file, Guarded(file.fileno(), closefd=False) as guarded, zipfile.ZipFile(guarded) as archive:
            members = checked(archive.infolist(), entry.size, limit)
            with tree.staging() as (staged, place):
                for member in members:
                    yield from _unpack_one(archive, member, staged, place)
                return (yield from _merge(staged, place, tree, target))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError) as error:
        raise bad_archive("The file is no zip archive, or it is damaged.") from error


def checked(infos: list[zipfile.ZipInfo], packed: int, limit: int) -> list[Member]:
    """Raises Invalid, TooLarge."""
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_ENTRIES or total > limit:
        raise too_much(limit)
    if total > SMALL and total > packed * HIGHEST_RATIO:
        raise TooLarge(f"The archive unfolds to more than {HIGHEST_RATIO} times its size.", code="archive_too_large")
    members = [Member(info, _parts_of(info)) for info in infos]
    if len({member.parts for member in members}) < len(members):
        raise bad_archive("The archive has the same name twice.")
    files = {member.parts for member in members if not member.info.is_dir()}
    if any(member.parts[:depth] in files for member in members for depth in range(1, len(member.parts))):
        raise bad_archive("The archive has a name in it that is a file and a folder at once.")
    return members


def _parts_of(info: zipfile.ZipInfo) -> Parts:
    name, mode = info.orig_filename, info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise bad_archive("The archive has a link or a device in it.")
    if info.flag_bits & ENCRYPTED:
        raise bad_archive("The archive is protected by a password.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise bad_archive("The archive is packed in a way that is not known here.")
    parts = parts_of(name)
    if name.startswith("/") or not parts:
        raise bad_archive("The archive has a name in it that leads elsewhere.")
    return parts


def _unpack_one(archive: zipfile.ZipFile, member: Member, staged: Tree, place: Parts) -> Steps[None]:
    if member.info.is_dir():
        staged.mkdir((*place, *member.parts), exist_ok=True)
        yield
        return
    with archive.open(member.info) as packed, staged.draft() as draft:
        draft.check_room(member.info.file_size)
        while data := packed.read(CHUNK):
            draft.write(data)
            yield
        staged.place(draft, (*place, *member.parts))


def _merge(staged: Tree, place: Parts, tree: Tree, target: Parts) -> Steps[Entry]:
    if target and not _is_there(tree, target):
        return staged.move(place, target, to=tree)
    goals = [(entry, (*target, *entry.parts[len(place) :])) for entry in staged.walk(place)]
    for entry, goal in goals:
        if _is_there(tree, goal) and tree.stat(goal).is_dir != entry.is_dir:
            raise Conflict(f"{text(goal)} is a folder in one place and a file in the other.", code="exists")
    yield
    for entry, goal in goals:
        if entry.is_dir:
            tree.mkdir(goal, exist_ok=True)
        else:
            staged.move(entry.parts, goal, to=tree, replace=True)
        yield
    return tree.stat(target)


def _is_there(tree: Tree, parts: Parts) -> bool:
    try:
        tree.stat(parts)
    except NotFound:
        return False
    return True


def bad_archive(message: str) -> Invalid:
    return Invalid(message, code="bad_archive")
