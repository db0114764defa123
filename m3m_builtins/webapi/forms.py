"""Forms in bodies: what `formData()` reads."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import parse_qsl

MOST_FIELDS = 1000


def parse(data: bytes, content_type: str) -> dict[str, Any]:
    """`fields` in their order: `name` with `text`, or with `file`, `type` and `bytes`; else `error`."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
            return {"fields": [{"name": name, "text": text} for name, text in pairs]}
        if kind == "multipart/form-data":
            return {"fields": multipart(data, content_type)}
    except ValueError as error:
        return {"error": f"the body is not a form: {error}"}
    return {"error": f'the body is not a form: its type is "{kind}"' if kind else "the body is not a form"}


def multipart(data: bytes, content_type: str) -> list[dict[str, Any]]:
    """Raises ValueError."""
    # imported on first use: most services never see a form with files
    from multipart import MultipartError, MultipartParser, parse_options_header

    _, options = parse_options_header(content_type)
    try:
        parser = MultipartParser(
            io.BytesIO(data),
            options.get("boundary", ""),
            content_length=len(data),
            part_limit=MOST_FIELDS,
            memory_limit=len(data) + 1,
            spool_limit=len(data) + 1,
        )
        return [field(part) for part in parser]
    except MultipartError as error:
        raise ValueError(str(error)) from None


def field(part: Any) -> dict[str, Any]:
    if part.filename is None:
        return {"name": part.name, "text": part.value}
    return {
        "name": part.name,
        "file": part.filename,
        "type": part.content_type or "application/octet-stream",
        "bytes": part.raw,
    }
