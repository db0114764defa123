"""What a file is by its first bytes, where they tell."""

from __future__ import annotations

import re

from m3m_core import UNKNOWN_MEDIA_TYPE, media_type_of

HEAD = 32
"""Bytes that are enough to tell."""

_KNOWN: tuple[tuple[re.Pattern[bytes], tuple[str, ...]], ...] = tuple(
    (re.compile(begin, re.DOTALL), kinds)
    for begin, kinds in (
        (rb"\x89PNG\r\n\x1a\n", ("image/png",)),
        (rb"\xff\xd8\xff", ("image/jpeg",)),
        (rb"GIF8[79]a", ("image/gif",)),
        (rb"RIFF....WEBP", ("image/webp",)),
        (rb"....ftypavi[fs]", ("image/avif",)),
        (rb"BM....\0\0\0\0", ("image/bmp",)),
        (rb"\x00\x00\x01\x00", ("image/vnd.microsoft.icon",)),
        (rb"%PDF-", ("application/pdf",)),
        (rb"\x1f\x8b", ("application/gzip",)),
        (rb"fLaC", ("audio/flac",)),
        (rb"RIFF....WAVE", ("audio/x-wav",)),
        (rb"ID3|\xff[\xfb\xf3\xf2]", ("audio/mpeg",)),
        (rb"OggS", ("audio/ogg", "video/ogg")),
        (rb"....ftypqt", ("video/quicktime",)),
        (rb"....ftyp", ("video/mp4", "audio/mp4")),
        (rb"\x1a\x45\xdf\xa3", ("video/webm", "video/x-matroska", "audio/webm")),
    )
)
"""The first that fits counts. A kind that stands here has one of its signatures, or is something else."""

_SIGNED = frozenset(kind for _, kinds in _KNOWN for kind in kinds)


def kind_of(name: str, head: bytes) -> str:
    """By the content as far as it tells, else by the ending. An ending that the content belies counts for nothing."""
    promised = media_type_of(name)
    for pattern, kinds in _KNOWN:
        if pattern.match(head):
            return promised if promised in kinds else kinds[0]
    return UNKNOWN_MEDIA_TYPE if promised in _SIGNED else promised
