"""Short words for what the tests of models and records do."""

from __future__ import annotations

import json
from typing import Any

from m3m_core.testing import Answer, Client

MODELS = "/api/projects/shop/models"


def field(key: str, type_: str = "string", **more: Any) -> dict[str, Any]:
    """`options` and flags together: what is no flag is an option."""
    flags = {"label", "help", "required", "nullable", "default_value", "unique", "index", "old_key"}
    given = {name: value for name, value in more.items() if name in flags}
    return {"key": key, "type": type_, "options": {n: v for n, v in more.items() if n not in flags}} | given


def make(owner: Client, slug: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = owner.post(MODELS, json={"name": slug, "slug": slug, "fields": list(fields), **more})
    assert answer.status == 201, answer.json
    made: dict[str, Any] = answer.json
    return made


def add(owner: Client, model: str, **values: Any) -> dict[str, Any]:
    answer = owner.post(f"{MODELS}/{model}/data", json=values)
    assert answer.status == 201, answer.json
    made: dict[str, Any] = answer.json
    return made


def items(owner: Client, model: str) -> list[dict[str, Any]]:
    answer = owner.get(f"{MODELS}/{model}/data?per_page=1000")
    assert answer.status == 200, answer.json
    found: list[dict[str, Any]] = answer.json["items"]
    return found


def codes(answer: Answer) -> dict[str, str]:
    """What is wrong, by path."""
    assert answer.status == 422, answer
    return {path: error["code"] for path, error in answer.json["fields"].items()}


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def store(owner: Client, path: str, data: bytes = b"x") -> None:
    """Put a file into the project's storage."""
    head = f'--frontier\r\nContent-Disposition: form-data; name="file"; filename="{path}"\r\n\r\n'.encode()
    body, kind = head + data + b"\r\n--frontier--\r\n", "multipart/form-data; boundary=frontier"
    answer = owner.post("/api/projects/shop/storage/upload", body=body, content_type=kind)
    assert answer.status == 201, answer.json


def load(owner: Client, data: bytes | str | list[Any], query: str = "", csv: bool = False) -> Answer:
    """Import into `things`."""
    body = data if isinstance(data, bytes | str) else json.dumps(data)
    kind = "text/csv" if csv else "application/json"
    return owner.post(f"{MODELS}/things/data/import?{query}", body=body, content_type=kind)
