"""Answers that do not fit in one piece: files from the disk, and what the service makes piece by piece.

The router's text is "f" or "s", the mark of the route, and JSON: `s` status, `h` headers; `f` the file's path and `m`
how it is wanted, or `c` the callback that gives the next piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import orjson
from gevent.select import select
from gevent.socket import MSG_PEEK

from ..contributions import FileAnswer, ScriptError
from ..errors import Invalid, NotFound
from . import parts
from .answers import NO_BODY, Headers, head_of, meta_of
from .sizes import shown

if TYPE_CHECKING:
    from .connection import Connection

PIECE = 256 * 1024
LARGEST_PIECE = 16 * 1024 * 1024
FIRST_LETTERS = "fs"


class Rest(Protocol):
    """What follows a head. `close` is always called, also when nothing was sent."""

    def send(self, connection: Connection) -> None:
        """Raises OSError when the answer cannot be brought to its end: the connection must be cut."""

    def close(self) -> None: ...


class FileRest:
    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def send(self, connection: Connection) -> None:
        while self._left:
            data = self._file.read(min(PIECE, self._left))
            if not data:
                raise ConnectionAbortedError("the file became shorter meanwhile")
            self._left -= len(data)
            connection.line.send(data)

    def close(self) -> None:
        self._file.close()


class StreamRest:
    """Asks JavaScript for the next piece when the last one is on its way, so that a slow client slows the service."""

    def __init__(self, connection: Connection, callback: int) -> None:
        self._connection = connection
        self._callback = callback
        self._label = f"{connection}, request {connection.request.id}"
        self._is_over = False

    def send(self, connection: Connection) -> None:
        chunked = not connection.request.old
        while (piece := self._next()) is not None:
            if piece:
                connection.line.send(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
                connection.line.deadline = 0.0  # the next piece may take its time
        if chunked:
            connection.line.send(b"0\r\n\r\n")

    def _next(self) -> bytes | None:
        server = self._connection.server
        try:
            piece = server.engine.call(self._callback, "next", label=self._label, still=self._is_wanted)
            if piece is not None and len(piece) > LARGEST_PIECE:
                raise ScriptError(f"a piece of a stream has at most {shown(LARGEST_PIECE)}", name="RangeError")
        except ScriptError as error:
            if self._is_wanted():
                self._fail(error)
            raise ConnectionAbortedError("the service gave no whole answer") from None
        self._is_over = piece is None
        return piece.encode() if isinstance(piece, str) else piece

    def _is_wanted(self) -> bool:
        """Whether the client is still there, and the instance goes on."""
        server, sock = self._connection.server, self._connection.sock
        if not server.open or server.engine.exhausted:
            return False
        try:
            return not select([sock], [], [], 0)[0] or bool(sock.recv(1, MSG_PEEK))
        except (OSError, ValueError):
            return False

    def close(self) -> None:
        engine = self._connection.server.engine
        if not self._is_over and not engine.exhausted:
            try:
                engine.call(self._callback, "stop", label=self._label)
            except ScriptError as error:
                self._fail(error)

    def _fail(self, error: ScriptError) -> None:
        """The request was counted by the status that its head had, so that the failure counts by itself."""
        self._connection.server.host.fail(self._label, error)


def begin(connection: Connection, text: str) -> tuple[bytes, int, Rest | None]:
    """The head, the status, and what follows. Raises ValueError for a text that the router could not have made."""
    told = orjson.loads(text[2:])
    if text[0] == "f":
        return begin_file(connection, told)
    status, headers, _ = meta_of(told)
    rest = StreamRest(connection, int(told["c"]))
    keep, shared = connection.request.keep, connection.server.shared
    if status in NO_BODY:  # what followed its head would be read as the next answer
        rest.close()
        return head_of(status, headers, [], keep=keep, shared=shared), status, None
    framing = [] if connection.request.old else ["Transfer-Encoding: chunked"]
    return head_of(status, headers, framing, keep=keep, shared=shared), status, rest


def begin_file(connection: Connection, told: Any) -> tuple[bytes, int, Rest | None]:
    status, headers, _ = meta_of(told)
    found: FileAnswer | None
    try:
        found = connection.server.host.open_file(str(told["f"]), parts.headers(connection.request), dict(told["m"]))
    except (NotFound, Invalid):
        found, headers = no_such_file(), []
    if found is None:
        raise ScriptError("router.file needs a plugin that has files, such as storage", code="no_files")
    headers = merged(found.headers, headers)
    if found.status != 200:  # a status of the service's own is for the whole file
        status = found.status
    framing = [] if status in NO_BODY else [f"Content-Length: {found.length}"]
    head = head_of(status, headers, framing, keep=connection.request.keep, shared=connection.server.shared)
    return head, status, rest_of(connection, found, status)


def no_such_file() -> FileAnswer:
    body = orjson.dumps({"error": "There is no such file.", "code": "not_found"})
    return FileAnswer(404, [("Content-Type", "application/json")], len(body), BytesIO(body))


def rest_of(connection: Connection, found: FileAnswer, status: int) -> Rest | None:
    if found.file is None:
        return None
    if connection.request.method != "HEAD" and status not in NO_BODY:
        return FileRest(found.file, found.length)
    found.file.close()
    return None


def merged(first: Sequence[tuple[str, str]], second: Headers) -> Headers:
    """The service's own headers take the place of the file's."""
    named = {name.lower() for name, _ in second}
    return [header for header in first if header[0].lower() not in named] + second
