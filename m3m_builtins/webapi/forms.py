"""Forms in bodies: what `formData()` reads."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from m3m_core.forms import MOST_FIELDS, multipart_parts


def parse(data: bytes, content_type: str) -> dict[str, Any]:
    """`fields` in their order: `name` with `text`, or with `file`, `type` and `bytes`; else `error`."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
            return {"fields": [{"name": name, "text": text} for name, text in pairs]}
        if kind == "multipart/form-data":
            return {"fields": [field(part) for part in multipart_parts(data, content_type)]}
    except ValueError as error:
        return {"error": f"the body is not a form: {error}"}
    return {"error": f'the body is not a form: its type is "{kind}"' if kind else "the body is not a form"}


def field(part: Any) -> dict[str, Any]:
    if part.filename is None:
        return {"name": part.name, "text": part.value}
    return {
        "name": part.name,
        "file": part.filename,
        "type": part.content_type or "application/octet-stream",
        "bytes": part.raw,
    }
