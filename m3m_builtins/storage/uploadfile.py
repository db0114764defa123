"""One file of a form on its way to the disk."""

from __future__ import annotations

import mmap
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from m3m_core import start_offload
from m3m_core.http import BodyStream

from . import direct
from .drafts import Draft
from .paths import Parts

MEMORIES = 3
"""One is filled while two are written: what is late with one is not late with the next."""

FILL_SECONDS = 0.05
"""How long a memory is filled at most: what comes slowly is not gathered."""

GATHERED = 128 * 1024
"""Bytes that a parser's pieces become before they are written."""


class UploadFile:
    """It has its memories until `end` or `close`. The first of them is the one that is filled."""

    def __init__(self, draft: Draft, parts: Parts) -> None:
        self.draft = draft
        self.parts = parts
        self._memories = deque(direct.take() for _ in range(MEMORIES))
        self._filled = 0
        self._fd: int | None = None
        self._sent = 0
        self._writes: deque[Callable[[], None]] = deque()

    def add(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            memory = self._memories[0]
            part = rest[: len(memory) - self._filled]
            memory[self._filled : self._filled + len(part)] = part
            self._filled, rest = self._filled + len(part), rest[len(part) :]
            if self._filled >= GATHERED:
                self._send(0)

    def receive(self, body: BodyStream, end: bytes) -> bytes:
        """Take what comes up to `end` as the file's; returns that and what came behind it.

        Nothing where the body is over before. The bytes are received where the disk takes them from: to show them to a
        parser would cost several times the rest.
        """
        while size := self._fill(body):
            self._filled += size
            found = self._memories[0].find(end, 0, self._filled)
            if found >= 0:
                rest = self._memories[0][found : self._filled]
                self._filled = found
                return rest
            self._send(len(end) - 1)
        return b""

    def end(self) -> None:
        """All of it has come."""
        while self._writes:
            self._wait()
        self.draft.skip(self._sent)
        self._writes.append(start_offload(self.draft.write, self._memories[0][: self._filled]))
        self._wait()
        self.close()

    def close(self) -> None:
        """Before a draft is closed nobody writes to it any more."""
        while self._writes:
            with suppress(Exception):
                self._wait()
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
        while self._memories:
            direct.give(self._memories.pop())

    def _wait(self) -> None:
        """For the oldest write. It is forgotten when it is over, and not when only the waiting is."""
        try:
            self._writes[0]()
        except Exception:
            self._writes.popleft()
            raise
        self._writes.popleft()

    def _fill(self, body: BodyStream) -> int:
        with memoryview(self._memories[0]) as memory, memory[self._filled :] as space:
            return body.fill(space, FILL_SECONDS)

    def _send(self, keep: int) -> None:
        """Have whole blocks written, but not the last `keep` bytes: they may be the beginning of the end."""
        whole = (self._filled - keep) // direct.BLOCK * direct.BLOCK
        if whole <= 0:
            return
        if self._fd is None:
            self._fd = direct.reopen(self.draft.fd)
        if len(self._writes) == MEMORIES - 1:
            self._wait()
        full = self._memories[0]
        rest = full[whole : self._filled]
        self._memories.rotate(-1)
        self._memories[0][: len(rest)] = rest
        self._writes.append(start_offload(_write, self.draft, self._fd, full, whole, self._sent))
        self._filled = len(rest)
        self._sent += whole


def _write(draft: Draft, fd: int, full: mmap.mmap, size: int, at: int) -> None:
    draft.check_room(size)
    with memoryview(full) as memory, memory[:size] as data:
        direct.write_all(fd, data, at)
