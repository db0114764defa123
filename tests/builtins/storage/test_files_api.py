"""Folders and text files over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from test_paths import BAD

from m3m_core.kernel import Kernel
from m3m_core.testing import Answer, Client

URL = "/api/projects/shop/storage"
MB = 1024 * 1024


def names(answer: Answer) -> list[str]:
    return [entry["name"] for entry in answer.json["items"]]


def test_a_new_project_has_no_files(owner: Client, shop: str) -> None:
    assert owner.get(URL).json == {"items": [], "page": 1, "per_page": 30, "total_items": 0, "total_pages": 0}
    assert owner.get(URL, params={"path": "docs"}).status == 404


def test_folders_and_files(owner: Client, files: Path) -> None:
    made = owner.post(f"{URL}/mkdir", json={"path": "/docs/deep/"})
    assert made.status == 201
    assert made.json | {"updated_at": ""} == {
        "name": "deep", "path": "docs/deep", "size": 0, "is_dir": True, "mime": None, "updated_at": "",
    }  # fmt: skip
    assert owner.post(f"{URL}/mkdir", json={"path": "docs"}).json["code"] == "exists"
    made = owner.post(f"{URL}/file", json={"path": "docs/a.txt", "content": "Привет"})
    assert (made.status, made.json["size"], made.json["mime"]) == (201, 12, "text/plain")
    assert (files / "docs/a.txt").read_text() == "Привет"
    assert names(owner.get(URL, params={"path": "docs"})) == ["deep", "a.txt"]
    page = owner.get(URL, params={"path": "docs", "per_page": 1, "page": 2})
    assert (names(page), page.json["total_items"]) == (["a.txt"], 2)


def test_a_text_is_edited(owner: Client, files: Path) -> None:
    text = {"path": "a/b c%2f.md", "content": "one\r\ntwo\n"}
    assert owner.post(f"{URL}/file", json=text).status == 201
    assert owner.post(f"{URL}/file", json=text).json["code"] == "exists"
    at = f"{URL}/file/{quote(text['path'])}"
    assert owner.get(at).json["content"] == "one\r\ntwo\n"
    assert owner.put(at, json={"content": ""}).json["size"] == 0
    assert owner.get(at).json["content"] == ""
    assert owner.put(f"{URL}/file/a/new", json={"content": ""}).status == 404
    assert owner.put(f"{URL}/file/a", json={"content": ""}).json["code"] == "is_directory"


def test_an_edit_is_only_of_the_text_that_was_seen(owner: Client, files: Path) -> None:
    at = f"{URL}/file/a.txt"
    owner.post(f"{URL}/file", json={"path": "a.txt", "content": "one"})
    seen = owner.get(at).headers["etag"]
    (files / "a.txt").write_text("two")
    late = owner.put(at, json={"content": "mine"}, headers={"If-Match": seen})
    assert (late.status, late.json["code"], (files / "a.txt").read_text()) == (409, "file_changed", "two")
    now = owner.get(at).headers["etag"]
    saved = owner.put(at, json={"content": "mine"}, headers={"If-Match": f'"x", {now}'})
    assert (saved.status, owner.get(at).headers["etag"]) == (200, saved.headers["etag"])
    assert owner.put(at, json={"content": "any"}, headers={"If-Match": "*"}).status == 200
    (files / "a.txt").unlink()
    assert owner.put(at, json={"content": "mine"}, headers={"If-Match": now}).status == 404


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"\xff\xfe", 415, "not_text"),
        (b"a\0b", 415, "not_text"),
        (b"\xed\xa0\x80", 415, "not_text"),
        (b"x" * (2 * MB + 1), 413, "too_large"),
        (b"x" * (2 * MB), 200, None),
        ("\ufeffBOM".encode(), 200, None),
    ],
)
def test_what_is_text(owner: Client, files: Path, data: bytes, status: int, code: str | None) -> None:
    (files / "a").write_bytes(data)
    answer = owner.get(f"{URL}/file/a")
    assert (answer.status, answer.json.get("code")) == (status, code)


def test_a_text_has_a_largest_size(owner: Client, files: Path) -> None:
    most = "я" * MB
    assert owner.post(f"{URL}/file", json={"path": "a", "content": most}).status == 201
    for answer in (
        owner.post(f"{URL}/file", json={"path": "b", "content": most + "x"}),
        owner.put(f"{URL}/file/a", json={"content": most + "x"}),
    ):
        assert (answer.status, answer.json["code"]) == (413, "too_large")
    assert [path.name for path in files.iterdir()] == ["a"]


def test_rename(owner: Client, files: Path) -> None:
    owner.post(f"{URL}/file", json={"path": "a.txt", "content": "x"})
    moved = owner.put(f"{URL}/rename", json={"from": "a.txt", "to": "docs/b.txt"})
    assert (moved.status, moved.json["path"]) == (200, "docs/b.txt")
    owner.post(f"{URL}/file", json={"path": "c", "content": ""})
    assert owner.put(f"{URL}/rename", json={"from": "c", "to": "docs/b.txt"}).json["code"] == "exists"
    assert owner.put(f"{URL}/rename", json={"from": "docs", "to": "docs/in"}).json["code"] == "bad_path"
    assert owner.put(f"{URL}/rename", json={"from": "gone", "to": "x"}).status == 404
    assert set(owner.put(f"{URL}/rename", json={"source": "c"}).json["fields"]) == {"from", "to", "source"}


def test_delete(owner: Client, files: Path) -> None:
    for path in ("link/a", "docs/deep/b", "mkdir"):
        owner.post(f"{URL}/file", json={"path": path, "content": ""})
    assert owner.delete(f"{URL}/docs").status == 204
    assert owner.delete(f"{URL}/docs").status == 404
    assert owner.delete(f"{URL}/mkdir").status == 405
    assert owner.delete(URL, params={"path": "mkdir"}).status == 204
    assert owner.delete(f"{URL}/link/a").status == 404  # that is a link of this token
    assert owner.delete(URL, params={"path": "link/a"}).status == 204
    assert [path.name for path in files.iterdir()] == ["link"]
    assert owner.delete(URL).json["code"] == "bad_path"
    assert owner.delete(f"{URL}/").json["code"] == "bad_path"


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "list": lambda client, path: client.get(URL, params={"path": path}),
    "delete": lambda client, path: client.delete(f"{URL}/x/{quote(path, safe='')}"),
    "delete by query": lambda client, path: client.delete(URL, params={"path": path}),
    "mkdir": lambda client, path: client.post(f"{URL}/mkdir", json={"path": path}),
    "create": lambda client, path: client.post(f"{URL}/file", json={"path": path, "content": ""}),
    "read": lambda client, path: client.get(f"{URL}/file/x/{quote(path, safe='')}"),
    "write": lambda client, path: client.put(f"{URL}/file/x/{quote(path, safe='')}", json={"content": ""}),
    "download": lambda client, path: client.get(f"{URL}/download/x/{quote(path, safe='')}"),
    "thumb": lambda client, path: client.get(f"{URL}/thumb/x/{quote(path, safe='')}"),
    "rename": lambda client, path: client.put(f"{URL}/rename", json={"from": path, "to": "x"}),
    "rename to": lambda client, path: client.put(f"{URL}/rename", json={"from": "docs", "to": path}),
    "link": lambda client, path: client.post(f"{URL}/link", json={"path": path}),
    "zip": lambda client, path: client.post(f"{URL}/zip", json={"paths": [path], "to": "x"}),
    "zip to": lambda client, path: client.post(f"{URL}/zip", json={"paths": ["docs"], "to": path}),
    "unzip to": lambda client, path: client.post(f"{URL}/unzip", json={"path": "docs", "to": path}),
}


@pytest.mark.parametrize("call", CALLS)
def test_no_path_leads_out(owner: Client, files: Path, running: Kernel, call: str) -> None:
    (files / "docs").mkdir()
    before = sorted(running.settings.storage.path.rglob("*"))
    for path in BAD:
        if "\ud800" in path:
            continue
        answer = CALLS[call](owner, path)
        assert answer.status in (400, 404, 422), path
        assert (
            answer.status != 422
            or "bad_path" in (answer.json["code"], *answer.json.get("fields", {}))
            or (answer.json["fields"])
        )
        assert str(running.settings.storage.path) not in str(answer.json)
    assert [path for path in sorted(running.settings.storage.path.rglob("*")) if path.name != "tmp"] == before


@pytest.mark.parametrize("path", ["%2e%2e/%2e%2e/x", "..%2f..%2fx", "a/..%5c..%5cx", "%2e%2e%00"])
def test_encoded_addresses_do_not_lead_out_either(owner: Client, files: Path, path: str) -> None:
    for kind in ("download", "file", "thumb"):
        assert owner.get(f"{URL}/{kind}/{path}").status in (400, 404, 422)


def test_double_encoding_is_decoded_once(owner: Client, files: Path) -> None:
    (files / "%2e%2e").mkdir()
    (files / "%2e%2e/x").write_text("inside")
    assert owner.get(f"{URL}/download/%252e%252e/x").json == b"inside"


def test_a_deleted_project_leaves_nothing(owner: Client, files: Path, running: Kernel) -> None:
    owner.post(f"{URL}/file", json={"path": "docs/a.txt", "content": "x"})
    owner.post(f"{URL}/link", json={"path": "docs/a.txt"})
    assert owner.delete("/api/projects/shop").status == 204
    assert list(running.settings.storage.path.iterdir()) == []
    assert running.db.get()["storage_links"].count_documents({}) == 0


def test_another_projects_files_are_out_of_reach(owner: Client, files: Path) -> None:
    other = owner.post("/api/projects", json={"name": "Other", "slug": "other"}).json["id"]
    (files / "secret.txt").write_text("x")
    for path in (f"../../{files.parent.name}/storage/secret.txt", f"/{files.parent.name}/storage/secret.txt"):
        assert owner.get(f"/api/projects/{other}/storage/download/{quote(path)}").status in (404, 422)
    assert owner.get(f"/api/projects/{other}/storage/download/secret.txt").status == 404
