"""Files out of a form, written to the disk as they arrive: what is in memory never depends on how large they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import falcon
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from m3m_core import Malformed, NotFound, TooLarge, UnsupportedMedia, offload, start_offload
from m3m_core.http import chunks

from . import failures
from .drafts import Draft
from .entries import Entry
from .paths import Parts, file_parts_of, text
from .tree import Tree

MOST_FILES = 100
"""In one upload: each is an open file until the last one has arrived."""

READ = 256 * 1024
BUFFER = 4 * READ
"""Bytes that are written at once, while the next arrive."""

MOST_PIECES = 256
"""That wait to be written: each is an object, and a client may send one byte at a time."""


class Upload:
    """One form. Its files get their places when all of it is there; a form that is cut off leaves nothing behind."""

    def __init__(self, tree: Tree, folder: Parts, stack: ExitStack) -> None:
        self._tree = tree
        self._folder = folder
        self._stack = stack
        self._files: list[tuple[Draft, Parts]] = []
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._written: Callable[[], None] = lambda: None

    def begin(self, filename: str, announced: int) -> None:
        """`announced` is how many bytes are still to come at most, 0 when nobody knows."""
        if len(self._files) == MOST_FILES:
            raise TooLarge(f"Send at most {MOST_FILES} files at once.", code="too_many_files")
        parts = file_parts_of(f"{text(self._folder)}/{text(file_parts_of(filename, 'file'))}", "file")
        _refuse_folder(self._tree, parts)
        draft = self._stack.enter_context(self._tree.draft())
        draft.check_room(announced)
        self._stack.callback(self._settle)
        self._files.append((draft, parts))

    def write(self, data: bytes) -> None:
        self._pieces.append(data)
        self._waiting += len(data)
        if self._waiting >= BUFFER or len(self._pieces) == MOST_PIECES:
            self._send(self._draft.stream)

    def end(self) -> None:
        self._send(self._draft.write)
        self._written()

    @property
    def _draft(self) -> Draft:
        return self._files[-1][0]

    def _send(self, write: Callable[..., None]) -> None:
        self._written()
        self._written = start_offload(write, *self._pieces)
        self._pieces, self._waiting = [], 0

    def _settle(self) -> None:
        """Before a draft is closed nobody writes to it any more."""
        with suppress(Exception):
            self._written()

    def place(self) -> list[Entry]:
        if not self._files:
            raise Malformed("The form has no file.")
        return [offload(self._tree.place, draft, parts) for draft, parts in self._files]


def receive(req: falcon.Request, tree: Tree, folder: Parts, limit: int) -> list[Entry]:
    """All files of a request's form, in `folder`; a file of the same name is replaced.

    Raises UnsupportedMedia, Malformed, TooLarge, Invalid for a bad name.
    """
    kind, options = parse_options_header(req.content_type or "")
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise UnsupportedMedia("Send the files as a form: multipart/form-data.")
    with ExitStack() as stack:
        upload = Upload(tree, folder, stack)
        wanted = False
        for event in _events(req, options["boundary"], limit):
            if isinstance(event, MultipartSegment):
                wanted = bool(event.filename)
                if wanted:
                    upload.begin(event.filename, req.content_length or 0)
            elif wanted and event is None:
                upload.end()
            elif wanted and event is not None:
                upload.write(event)
        return upload.place()


def _events(req: falcon.Request, boundary: str, limit: int) -> Iterator[MultipartSegment | bytes | None]:
    """The beginning of each part, its content in pieces, None at its end."""
    try:
        with PushMultipartParser(boundary, max_segment_count=MOST_FILES * 2) as parser:
            for data in chunks(req, limit, READ):
                yield from parser.parse(data)
    except MultipartError as error:
        raise Malformed(f"The form cannot be read: {error}.") from None


def _refuse_folder(tree: Tree, parts: Parts) -> None:
    """At once, not when all has arrived."""
    try:
        if tree.stat(parts).is_dir:
            raise failures.is_directory()
    except NotFound:
        return
