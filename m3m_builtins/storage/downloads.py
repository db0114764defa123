"""Files as answers: whole or in part, and so that what is in them cannot act in the name of the admin's pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import falcon

from m3m_core import UNKNOWN_MEDIA_TYPE

from . import media, ranges
from .entries import Entry
from .paths import Parts
from .tree import Tree

PIECE = 256 * 1024

PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Browsers refuse to show a PDF in a sandbox; their viewer is one itself."""


class Piecewise:
    """A part of an open file; it is closed with the answer, also when the client leaves early."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file = file
        self._left = end - start
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self._left and (data := self._file.read(min(PIECE, self._left))):
            self._left -= len(data)
            yield data

    def close(self) -> None:
        self._file.close()


def send(
    req: falcon.Request, resp: falcon.Response, tree: Tree, parts: Parts, *, save: bool, public: bool = False
) -> None:
    """Answer with a file: 200, 206, 304 or 416. `save` asks browsers to do that rather than to show it."""
    file, entry = tree.open(parts)
    try:
        _describe(resp, entry, save=save, public=public)
        if _is_known(req, entry):
            resp.status = falcon.HTTP_304
        else:
            _send_content(req, resp, file, entry)
    finally:
        if resp.stream is None:
            file.close()


def _send_content(req: falcon.Request, resp: falcon.Response, file: BinaryIO, entry: Entry) -> None:
    start, end = 0, entry.size
    try:
        part = ranges.wanted(req.get_header("Range"), req.get_header("If-Range"), entry)
    except ranges.UnsatisfiableError:
        raise falcon.HTTPRangeNotSatisfiable(entry.size) from None
    if part is not None and req.method == "GET":
        start, end = part
        resp.status = falcon.HTTP_206
        resp.set_header("Content-Range", f"bytes {start}-{end - 1}/{entry.size}")
    resp.content_type = media.served_as(entry.mime or UNKNOWN_MEDIA_TYPE)
    resp.content_length = end - start
    if req.method != "HEAD":
        resp.stream = Piecewise(file, start, end)


def _describe(resp: falcon.Response, entry: Entry, *, save: bool, public: bool) -> None:
    kind = entry.mime or UNKNOWN_MEDIA_TYPE
    if save or kind not in media.INLINE:
        resp.downloadable_as = entry.name
    else:
        resp.viewable_as = entry.name
    resp.etag = entry.etag
    resp.last_modified = entry.updated_at
    resp.accept_ranges = "bytes"
    resp.cache_control = ["no-cache"] if public else ["private", "no-cache"]
    resp.set_header("Content-Security-Policy", PDF_POLICY if kind == media.PDF else media.SANDBOX)
    resp.set_header("Cross-Origin-Resource-Policy", "cross-origin" if public else "same-origin")
    resp.set_header("X-Content-Type-Options", "nosniff")


def _is_known(req: falcon.Request, entry: Entry) -> bool:
    """Whether the client has this very content already."""
    tags = req.if_none_match
    if tags is not None:
        return any(tag in ("*", entry.etag) for tag in tags)
    since = req.if_modified_since
    return since is not None and entry.updated_at.replace(microsecond=0) <= since
