"""Bodies of requests."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote, urlencode

from .wrong import only, wrong

PIECE = 64 * 1024
"""Bytes."""

OpenFile = Callable[[str], tuple[BinaryIO, int, str | None]]
"""From a path in the project's files to the open file, its size and its type."""


@dataclass(frozen=True)
class Whole:
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def pieces(self) -> Iterable[bytes]:
        return [self.data]


@dataclass(frozen=True)
class StoredFile:
    """Opened again for each sending, so that nothing is held meanwhile."""

    path: str
    size: int
    open_file: OpenFile

    def pieces(self) -> Iterator[bytes]:
        left = self.size
        with self._opened() as file:
            while left and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
        if left:
            raise wrong("multipart", f'file "{self.path}" as it was', "a file that became shorter meanwhile")

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        file = self.open_file(self.path)[0]
        with file:
            yield file


@dataclass(frozen=True)
class Joined:
    parts: tuple[Whole | StoredFile, ...]

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    def pieces(self) -> Iterator[bytes]:
        for part in self.parts:
            yield from part.pieces()


def form(fields: Any) -> bytes:
    """application/x-www-form-urlencoded; a list is a field that stands several times."""
    return urlencode(pairs("form", fields)).encode()


def pairs(argument: str, fields: Any) -> list[tuple[str, str]]:
    if not isinstance(fields, dict):
        raise wrong(argument, "an object of names and values", fields)
    found = []
    for name, value in fields.items():
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            if isinstance(item, dict | list | bytes):
                raise wrong(f"{argument}.{name}", "a text, a number, true or false, or a list of those", item)
            found.append((name, spelled(item)))
    return found


def spelled(value: Any) -> str:
    """As JavaScript writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def multipart(fields: Any, open_file: OpenFile) -> tuple[Joined, str]:
    """The body and its content type. A value is a text, bytes, `{data, name?, type?}`, `{file, name?, type?}` of the
    project's files, or a list of those."""
    if not isinstance(fields, dict):
        raise wrong("multipart", "an object of names and values", fields)
    boundary = f"m3m-{secrets.token_hex(16)}"
    parts: list[Whole | StoredFile] = []
    for name, value in fields.items():
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                head, content = part(name, item, open_file)
                parts += [Whole(f"--{boundary}\r\n{head}\r\n".encode()), content, Whole(b"\r\n")]
    parts.append(Whole(f"--{boundary}--\r\n".encode()))
    return Joined(tuple(parts)), f"multipart/form-data; boundary={boundary}"


def part(field: str, value: Any, open_file: OpenFile) -> tuple[str, Whole | StoredFile]:
    """The head of one part, and its content."""
    argument = f"multipart.{field}"
    if isinstance(value, bytes):
        return head(field, "blob", "application/octet-stream"), Whole(value)
    if not isinstance(value, dict):
        if isinstance(value, list):
            raise wrong(argument, "no list within a list", value)
        return head(field, None, None), Whole(spelled(value).encode())
    only(argument, value, ("data", "file", "name", "type"))
    name, kind = text(argument, value, "name"), text(argument, value, "type")
    path = text(argument, value, "file")
    if path is not None:
        file, size, known = open_file(path)
        file.close()
        shown = name or path.rpartition("/")[2]
        return head(field, shown, kind or known or "application/octet-stream"), StoredFile(path, size, open_file)
    data = value.get("data")
    if not isinstance(data, str | bytes):
        raise wrong(argument, "a text, bytes, {data, name, type} or {file, name, type}", value)
    content = Whole(data.encode() if isinstance(data, str) else data)
    return head(field, name, kind or (name and "application/octet-stream")), content


def text(argument: str, value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise wrong(f"{argument}.{key}", "a text", found)
    if found is not None and any(char in found for char in "\r\n\0"):
        raise wrong(f"{argument}.{key}", "a text of one line", found)
    return found


def head(field: str, name: str | None, kind: str | None) -> str:
    """As browsers write it: quotes and line ends of names are percent-encoded."""
    shown = f'Content-Disposition: form-data; name="{escaped(field)}"'
    if name is not None:
        shown += f'; filename="{escaped(name)}"'
    return shown + (f"\r\nContent-Type: {kind}\r\n" if kind else "\r\n")


def escaped(name: str) -> str:
    for char in '"\r\n':
        name = name.replace(char, quote(char, safe=""))
    return name
