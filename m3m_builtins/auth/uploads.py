"""A picture out of a request: the raw body, or the first file of a form."""

from __future__ import annotations

from io import BytesIO

import falcon
from falcon.media import MultipartFormHandler

from m3m_core import Malformed, TooLarge, UnsupportedMedia
from m3m_core.http import read

from .avatars import LARGEST_FILE

FORM_OVERHEAD = 64 * 1024
"""Bytes that boundaries and other fields of a form may take beside the file."""


def picture(req: falcon.Request) -> bytes:
    """Raises TooLarge, Malformed, UnsupportedMedia."""
    kind = (req.content_type or "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        data = _first_file(read(req, LARGEST_FILE + FORM_OVERHEAD), req.content_type or "")
    elif kind.startswith("image/") or kind == "application/octet-stream":
        data = read(req, LARGEST_FILE)
    else:
        raise UnsupportedMedia("Send the picture itself, or a form (multipart/form-data) with it as a file.")
    if len(data) > LARGEST_FILE:
        raise TooLarge(f"The picture is larger than {LARGEST_FILE} bytes.")
    return data


def _first_file(body: bytes, content_type: str) -> bytes:
    handler = MultipartFormHandler()
    handler.parse_options.max_body_part_buffer_size = LARGEST_FILE + FORM_OVERHEAD
    for part in handler.deserialize(BytesIO(body), content_type, len(body)):
        if part.filename is not None:
            return bytes(part.get_data())
    raise Malformed("The form has no file.")
