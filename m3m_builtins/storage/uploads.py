"""Files out of a form, written to the disk as they arrive: what is in memory never depends on how large they are."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack

import falcon
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from m3m_core import Malformed, NotFound, TooLarge, UnsupportedMedia, offload
from m3m_core.http import BodyStream

from . import failures
from .entries import Entry
from .paths import Parts, file_parts_of, text
from .tree import Tree
from .uploadfile import UploadFile

MOST_FILES = 100
"""In one upload: each is an open file until the last one has arrived."""

READ = 64 * 1024


class Upload:
    """One form. Its files get their places when all of it is there; a form that is cut off leaves nothing behind.

    `file` is the one whose content comes. `announced` is how many bytes come at most, 0 when nobody knows.
    """

    def __init__(self, tree: Tree, folder: Parts, announced: int, stack: ExitStack) -> None:
        self.file: UploadFile | None = None
        self._tree = tree
        self._folder = folder
        self._announced = announced
        self._stack = stack
        self._files: list[UploadFile] = []

    def take(self, events: Iterable[MultipartSegment | bytes | None]) -> None:
        """The beginning of each part, its content in pieces, None at its end."""
        for event in events:
            if isinstance(event, MultipartSegment):
                self.file = self._begin(event.filename) if event.filename else None
            elif self.file is None:
                continue  # a field that is no file
            elif event is None:
                self.file.end()
                self.file = None
            else:
                self.file.add(event)

    def _begin(self, filename: str) -> UploadFile:
        if len(self._files) == MOST_FILES:
            raise TooLarge(f"Send at most {MOST_FILES} files at once.", code="too_many_files")
        parts = file_parts_of(f"{text(self._folder)}/{text(file_parts_of(filename, 'file'))}", "file")
        _refuse_folder(self._tree, parts)
        draft = self._stack.enter_context(self._tree.draft())
        draft.check_room(self._announced)
        file = UploadFile(draft, parts)
        self._stack.callback(file.close)
        self._files.append(file)
        return file

    def place(self) -> list[Entry]:
        if not self._files:
            raise Malformed("The form has no file.")
        return [offload(self._tree.place, file.draft, file.parts) for file in self._files]


def receive(req: falcon.Request, tree: Tree, folder: Parts, limit: int) -> list[Entry]:
    """All files of a request's form, in `folder`; a file of the same name is replaced.

    Raises UnsupportedMedia, Malformed, TooLarge, Invalid for a bad name.
    """
    kind, options = parse_options_header(req.content_type or "")
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise UnsupportedMedia("Send the files as a form: multipart/form-data.")
    with ExitStack() as stack:
        upload = Upload(tree, folder, req.content_length or 0, stack)
        _read(BodyStream(req, limit), options["boundary"], upload)
        return upload.place()


def _read(body: BodyStream, boundary: str, upload: Upload) -> None:
    """The parser reads what is around the files. The content of a file that it has begun goes past it."""
    try:
        with PushMultipartParser(boundary, max_segment_count=MOST_FILES * 2) as parser:
            end = b"\r\n--" + parser.boundary
            while data := body.read(READ):
                upload.take(parser.parse(data))
                while upload.file is not None and _is_taken(data, end):
                    data = upload.file.receive(body, end)
                    upload.take(parser.parse(data))
    except MultipartError as error:
        raise Malformed(f"The form cannot be read: {error}.") from None


def _is_taken(data: bytes, end: bytes) -> bool:
    """Whether the parser has kept nothing back: it does so with what may become `end` and the two bytes behind it."""
    return len(data) > len(end) and b"\r" not in data[-len(end) - 1 :]


def _refuse_folder(tree: Tree, parts: Parts) -> None:
    """At once, not when all has arrived."""
    try:
        if tree.stat(parts).is_dir:
            raise failures.is_directory()
    except NotFound:
        return
