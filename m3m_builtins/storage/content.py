"""Whole contents of files, in and out."""

from __future__ import annotations

from collections.abc import Container

from m3m_core import TooLarge, UnsupportedMedia

from .entries import Entry
from .paths import Parts
from .steps import CHUNK, Steps
from .tree import Tree

LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes of a text that is edited over HTTP."""


def read(tree: Tree, parts: Parts, limit: int) -> tuple[bytes, Entry]:
    """Raises TooLarge for a file of more than `limit` bytes, and what `Tree.open` does."""
    file, entry = tree.open(parts)
    with file:
        if entry.size > limit:
            raise too_large(limit)
        data = b""
        while len(data) < entry.size and (more := file.read(entry.size - len(data))):
            data += more
    return data, entry


def read_text(tree: Tree, parts: Parts, limit: int = LARGEST_TEXT) -> tuple[str, Entry]:
    """Raises UnsupportedMedia (`not_text`) for what is not UTF-8."""
    data, entry = read(tree, parts, limit)
    try:
        return decoded(data), entry
    except UnicodeDecodeError:
        raise UnsupportedMedia("The file is not text in UTF-8.", code="not_text") from None


def decoded(data: bytes) -> str:
    """Raises UnicodeDecodeError, also for a NUL: UTF-8 has it, text has not."""
    if b"\0" in data:
        raise UnicodeDecodeError("utf-8", data, data.index(b"\0"), data.index(b"\0") + 1, "NUL")
    return data.decode()


def write(tree: Tree, parts: Parts, data: bytes, *, replace: bool = True, over: Container[str] | None = None) -> Entry:
    with tree.draft() as draft:
        draft.write(data)
        return tree.place(draft, parts, replace=replace, over=over)


def write_text(
    tree: Tree, parts: Parts, text: str, *, replace: bool = True, over: Container[str] | None = None
) -> Entry:
    """`over` are etags, as for `Tree.place`."""
    data = text.encode()
    if len(data) > LARGEST_TEXT:
        raise too_large(LARGEST_TEXT)
    return write(tree, parts, data, replace=replace, over=over)


def copy(tree: Tree, source: Parts, target: Parts, *, replace: bool = False) -> Steps[Entry]:
    """A file, or a folder with all that is in it: nobody sees a half of it."""
    if not tree.stat(source).is_dir:
        return (yield from copy_file(tree, source, tree, target, replace=replace))
    with tree.staging() as (staged, place):
        for entry in tree.walk(source):
            below = (*place, *entry.parts[len(source) :])
            if entry.is_dir:
                staged.mkdir(below, exist_ok=True)
            else:
                yield from copy_file(tree, entry.parts, staged, below)
        return staged.move(place, target, to=tree)


def copy_file(tree: Tree, source: Parts, to: Tree, target: Parts, *, replace: bool = False) -> Steps[Entry]:
    file, entry = tree.open(source)
    with file, tree.draft() as draft:
        draft.check_room(entry.size)
        left = entry.size  # a file that grows meanwhile is copied as it was
        while left and (data := file.read(min(CHUNK, left))):
            draft.write(data)
            left -= len(data)
            yield
        return to.place(draft, target, replace=replace)


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"The file is larger than {limit} bytes, the most that can be taken at once.")
