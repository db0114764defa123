"""Forms with files, as services get them: one reading for `ctx.body` and for the web's `formData()`."""

from __future__ import annotations

import io
from typing import Any

MOST_FIELDS = 1000


def multipart_parts(data: bytes, content_type: str) -> list[Any]:
    """The parts in their order: `name`, `filename` (None for a field), `content_type`, `size`, `value`, `raw`.

    Raises ValueError with what is wrong.
    """
    # imported on first use: most services never see a form with files
    from multipart import MultipartError, MultipartParser, parse_options_header

    _, options = parse_options_header(content_type)
    try:
        return list(
            MultipartParser(
                io.BytesIO(data),
                options.get("boundary", ""),
                content_length=len(data),
                part_limit=MOST_FIELDS,
                memory_limit=len(data) + 1,
                spool_limit=len(data) + 1,
            )
        )
    except MultipartError as error:
        raise ValueError(str(error)) from None
