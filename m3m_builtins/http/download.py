"""Answers that go into the project's files: piece by piece, seen only when they are whole."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from m3m_core import offload

from .client import Reply
from .failures import too_large
from .work import Work

if TYPE_CHECKING:
    from m3m_builtins.storage.entries import Entry
    from m3m_builtins.storage.tree import Tree

PART = 1024 * 1024
"""Bytes that are written at once."""


def save(reply: Reply, tree: Tree, parts: tuple[str, ...], limit: int, deadline: float | None) -> Entry:
    """`deadline` is monotonic. Only the network is waited for within it: what is being written is never cut off.

    Raises TooLarge (`too_large`, `disk_full`), Timeout, and what `Reply.read` does.
    """
    work, size = Work(), 0
    try:
        with tree.draft() as draft:
            while part := work.run(left(deadline), gather, reply):
                size += len(part)
                if size > limit:
                    raise too_large(limit)
                offload(draft.write, part)
            return offload(tree.place, draft, parts)
    finally:
        reply.close()


def gather(reply: Reply) -> bytes:
    part = bytearray()
    while len(part) < PART and (piece := reply.read()):
        part += piece
    return bytes(part)


def left(deadline: float | None) -> float | None:
    return None if deadline is None else max(deadline - time.monotonic(), 0.001)


def shown(entry: Any) -> dict[str, Any]:
    return {"path": entry.path, "size": entry.size}
