"""How each kind of content may be shown by a browser."""

from __future__ import annotations

import re

from m3m_core import UNKNOWN_MEDIA_TYPE

IMAGES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/vnd.microsoft.icon"}
)
SOUND_AND_PICTURE = frozenset(
    {"audio/mpeg", "audio/ogg", "audio/x-wav", "audio/flac", "audio/mp4", "video/mp4", "video/webm", "video/quicktime"}
)
TEXTS = frozenset({"text/plain", "text/csv", "text/markdown", "application/json"})
PDF = "application/pdf"
SVG = "image/svg+xml"

INLINE = IMAGES | SOUND_AND_PICTURE | TEXTS | {PDF}
"""What a browser shows and cannot be made to act by; everything else is only for saving."""


SANDBOX = (
    "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
"""A policy that gives an opaque origin without scripts, whatever a browser takes the file for."""

_LIVE = re.compile(r"html|xml|xsl", re.IGNORECASE)


def is_live(kind: str) -> bool:
    """Whether a browser runs scripts that are in content of this type, when it is opened by itself."""
    return _LIVE.search(kind) is not None


def served_as(kind: str) -> str:
    """The Content-Type to answer with: nothing that runs is called by its name, so no page can load it as a script.

    An SVG is: `<img>` shows it, and there it cannot act.
    """
    if kind in TEXTS:
        return f"{kind}; charset=utf-8"
    return kind if kind in INLINE or kind == SVG else UNKNOWN_MEDIA_TYPE
