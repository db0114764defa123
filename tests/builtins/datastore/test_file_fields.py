"""Fields that name files: bound to the project's storage, by the API and by a service alike."""

from __future__ import annotations

from typing import Any

import pytest
from worlds import MODELS, add, codes, field, make, store

from m3m_core import ScriptError
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, run_js

DATA = f"{MODELS}/things/data"
STORAGE = "/api/projects/shop/storage"
PNG = b"\x89PNG\r\n\x1a\n rest"

# options, the file's name and content, what is wrong
CASES: list[tuple[dict[str, Any], str, bytes | None, str | None]] = [
    ({}, "a.txt", b"", None),
    ({}, "a.txt", None, "file_not_found"),
    ({}, "folder", None, "file_not_found"),
    ({"max_size": 3}, "a.txt", b"abc", None),
    ({"max_size": 3}, "a.txt", b"abcd", "too_large"),
    ({"mime": ["image/png"]}, "a.png", PNG, None),
    ({"mime": ["image/*"]}, "a.PNG", PNG, None),
    ({"mime": ["image/*"]}, "a.png", b"<script>", "mime_not_allowed"),
    ({"mime": ["image/png"]}, "a.png", b"GIF89a", "mime_not_allowed"),
    ({"mime": ["image/*"]}, "a.png", b"GIF89a", None),
    ({"mime": ["text/*"]}, "a.txt", b"%PDF-1.7", "mime_not_allowed"),
    ({"mime": ["application/pdf"]}, "a.pdf", b"%PDF-1.7", None),
    ({"mime": ["text/csv"]}, "a.csv", b"a,b", None),
    ({"mime": ["application/zip"]}, "a.zip", b"PK\x03\x04", None),
    ({"mime": ["video/mp4"]}, "a.mp4", b"\0\0\0\x18ftypmp42", None),
    ({"mime": ["audio/*"]}, "a.m4a", b"\0\0\0\x18ftypM4A ", None),
    ({"mime": ["image/*"]}, "a.png", None, "file_not_found"),
]


@pytest.mark.parametrize(("options", "name", "data", "code"), CASES)
def test_what_a_field_takes(
    running: Kernel, owner: Client, options: dict[str, Any], name: str, data: bytes | None, code: str | None
) -> None:
    store(owner, "folder/x")
    if data is not None:
        store(owner, name, data)
    make(owner, "things", field("one", "file", **options), field("all", "file", multiple=True, **options))
    operations = [{"op": "create", "data": {"one": name, "all": [name]}}]
    answers = [
        owner.post(DATA, json={"one": name, "all": [name]}),
        owner.post(f"{DATA}/batch", json={"operations": operations}),
        owner.put(f"{DATA}/{add(owner, 'things')['id']}", json={"one": name}),
    ]
    for answer, prefix in zip(answers, ("", "operations.0.data.", ""), strict=True):
        if code is None:
            assert answer.status < 300, answer.json
        else:
            assert codes(answer)[f"{prefix}one"] == code
    with run_js(within=running, project_id=owner.project_id) as js:  # type: ignore[attr-defined]
        call = f"database.things.insert({{one: {name!r}}}).one"
        if code is None:
            assert js.value(call) == name
        else:
            with pytest.raises(ScriptError) as caught:
                js.value(call)
            assert caught.value.code == "validation_failed"


def test_a_record_keeps_the_names_that_it_has(owner: Client) -> None:
    store(owner, "a.txt")
    make(owner, "things", field("f", "file"), field("n", "number"))
    made = add(owner, "things", f="a.txt")
    other = add(owner, "things")
    assert owner.delete(f"{STORAGE}/a.txt").status == 204
    assert owner.put(f"{DATA}/{made['id']}", json=made | {"n": 1}).status == 200
    operations = [{"op": "update", "id": made["id"], "data": {"f": "a.txt"}}]
    assert owner.post(f"{DATA}/batch", json={"operations": operations}).status == 200
    assert codes(owner.put(f"{DATA}/{other['id']}", json={"f": "a.txt"})) == {"f": "file_not_found"}


def test_an_import_names_the_rows(owner: Client) -> None:
    store(owner, "a.txt")
    make(owner, "things", field("f", "file"))
    answer = owner.post(f"{DATA}/import", json=[{"f": "a.txt"}, {"f": "b.txt"}])
    assert (answer.status, answer.json["code"]) == (422, "wrong_rows")
    assert [(each["row"], each["fields"]["f"]["code"]) for each in answer.json["details"]["errors"]] == [
        (2, "file_not_found")
    ]


def test_files_of_others_are_not_there(running: Kernel, owner: Client) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    owner.post("/api/projects/other/storage/file", json={"path": "secret.txt", "content": "x"})
    make(owner, "things", field("f", "file"))
    assert codes(owner.post(DATA, json={"f": "secret.txt"})) == {"f": "file_not_found"}
