"""What kind of content a name promises."""

from __future__ import annotations

import mimetypes

UNKNOWN_MEDIA_TYPE = "application/octet-stream"

# The library's own table only: what a name means does not depend on the machine.
_TYPES = mimetypes.MimeTypes()
for _kind, _ending in (
    ("image/webp", ".webp"),
    ("image/avif", ".avif"),
    ("text/markdown", ".md"),
    ("text/plain", ".log"),
    ("application/yaml", ".yaml"),
    ("application/yaml", ".yml"),
    ("text/calendar", ".ics"),
    ("application/rtf", ".rtf"),
    ("application/epub+zip", ".epub"),
    ("application/x-7z-compressed", ".7z"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
    ("application/vnd.oasis.opendocument.text", ".odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    ("application/vnd.oasis.opendocument.presentation", ".odp"),
    ("font/ttf", ".ttf"),
    ("font/otf", ".otf"),
    ("font/woff", ".woff"),
    ("font/woff2", ".woff2"),
    ("audio/ogg", ".ogg"),
    ("audio/flac", ".flac"),
    ("audio/mp4", ".m4a"),
):
    _TYPES.add_type(_kind, _ending)


def media_type_of(name: str) -> str:
    """By the ending of the name."""
    kind, encoding = _TYPES.guess_type(name)
    if encoding is not None:
        return "application/gzip" if encoding == "gzip" else UNKNOWN_MEDIA_TYPE
    return kind or UNKNOWN_MEDIA_TYPE
