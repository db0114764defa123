"""Downloads: whole, in part, known already; and never as a page of the admin's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from m3m_core.testing import Client

URL = "/api/projects/shop/storage/download"
DATA = bytes(range(256)) * 4000  # several pieces
SIZE = len(DATA)


@pytest.fixture
def at(files: Path) -> str:
    (files / "docs").mkdir()
    (files / "docs/a.bin").write_bytes(DATA)
    return f"{URL}/docs/a.bin"


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=5-9", (5, 10)),
        ("bytes=10-", (10, SIZE)),
        ("bytes=-5", (SIZE - 5, SIZE)),
        (f"bytes=-{SIZE * 2}", (0, SIZE)),
        (f"bytes=0-{SIZE * 2}", (0, SIZE)),
        ("Bytes= 1 - 2", (1, 3)),
        (f"bytes={SIZE}-", 416),
        ("bytes=-0", 416),
        ("bytes=9-5", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("bytes=x-1", None),
        ("bytes=" + "9" * 30 + "-", None),
    ],
)
def test_a_range(owner: Client, at: str, asked: str, part: Any) -> None:
    answer = owner.get(at, headers={"Range": asked})
    if part == 416:
        assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{SIZE}")
    elif part is None:
        assert (answer.status, answer.json) == (200, DATA)
    else:
        start, end = part
        assert (answer.status, answer.json) == (206, DATA[start:end])
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{SIZE}"
        assert answer.headers["content-length"] == str(end - start)


def test_an_empty_file_has_no_ranges(owner: Client, files: Path) -> None:
    (files / "empty").touch()
    answer = owner.get(f"{URL}/empty", headers={"Range": "bytes=0-"})
    assert (answer.status, answer.json, answer.headers["content-length"]) == (200, None, "0")


def test_head(owner: Client, at: str) -> None:
    answer = owner.head(at, headers={"Range": "bytes=0-1"})
    assert (answer.status, answer.json, answer.headers["content-length"]) == (200, None, str(SIZE))
    assert answer.headers["accept-ranges"] == "bytes"


def test_what_is_known_is_not_sent_again(owner: Client, at: str, files: Path) -> None:
    first = owner.get(at).headers
    for known in (
        {"If-None-Match": first["etag"]},
        {"If-None-Match": f'"x", {first["etag"]}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": first["last-modified"]},
    ):
        answer = owner.get(at, headers=known)
        assert (answer.status, answer.json, answer.headers["etag"]) == (304, None, first["etag"])
    assert owner.get(at, headers={"If-None-Match": '"x"', "If-Modified-Since": first["last-modified"]}).status == 200
    before = (files / "docs/a.bin").stat()
    (files / "docs/b.bin").write_bytes(DATA[::-1])
    os.utime(files / "docs/b.bin", ns=(before.st_mtime_ns, before.st_mtime_ns))
    (files / "docs/b.bin").replace(files / "docs/a.bin")  # the same size and time, and still not the same
    assert owner.get(at, headers={"If-None-Match": first["etag"]}).json == DATA[::-1]


def test_the_rest_of_another_file_is_never_sent(owner: Client, at: str) -> None:
    first = owner.get(at).headers
    asked = {"Range": "bytes=5-9"}
    for same in (first["etag"], first["last-modified"]):
        assert owner.get(at, headers=asked | {"If-Range": same}).status == 206
    for other in ('"x"', f"W/{first['etag']}", "Sun, 06 Nov 1994 08:49:37 GMT", "nonsense"):
        assert owner.get(at, headers=asked | {"If-Range": other}).status == 200


@pytest.mark.parametrize(
    ("name", "kind", "inline"),
    [
        ("a.png", "image/png", True),
        ("a.jpg", "image/jpeg", True),
        ("a.mp4", "video/mp4", True),
        ("a.mp3", "audio/mpeg", True),
        ("a.pdf", "application/pdf", True),
        ("a.txt", "text/plain; charset=utf-8", True),
        ("a.json", "application/json; charset=utf-8", True),
        ("a.html", "application/octet-stream", False),
        ("a.HTM", "application/octet-stream", False),
        ("a.xhtml", "application/octet-stream", False),
        ("a.svg", "image/svg+xml", False),
        ("a.xml", "application/octet-stream", False),
        ("a.js", "application/octet-stream", False),
        ("a.mjs", "application/octet-stream", False),
        ("a.css", "application/octet-stream", False),
        ("a.wasm", "application/octet-stream", False),
        ("a.swf", "application/octet-stream", False),
        ("a.html.gz", "application/octet-stream", False),
        ("a", "application/octet-stream", False),
    ],
)
def test_no_file_can_act_on_the_admins_origin(
    owner: Client, guest: Client, files: Path, name: str, kind: str, inline: bool
) -> None:
    (files / name).write_text('"<script>alert(1)</script>"')
    link = owner.post("/api/projects/shop/storage/link", json={"path": name}).json["url"]
    for answer, policy in (
        (owner.get(f"{URL}/{name}"), "same-origin"),
        (guest.get("/" + link.split("/", 3)[3]), "cross-origin"),
    ):
        assert answer.status == 200
        assert answer.headers["content-type"] == kind
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == policy
        assert answer.headers["content-disposition"].split(";")[0] == ("inline" if inline else "attachment")
        security = answer.headers["content-security-policy"]
        assert "default-src 'none'" in security
        assert "script-src" not in security
        assert security.startswith("sandbox;") or kind == "application/pdf"
    assert owner.get(f"{URL}/{name}?download=true").headers["content-disposition"].startswith("attachment")


def test_a_name_in_any_script_is_kept(owner: Client, files: Path) -> None:
    (files / 'Отчёт "май".bin').touch()
    shown = owner.get(f"{URL}/Отчёт%20%22май%22.bin").headers["content-disposition"]
    assert "filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%22%D0%BC%D0%B0%D0%B9%22.bin" in shown


@pytest.mark.parametrize(("path", "status"), [("nothing", 404), ("docs", 422), ("docs/a.bin/x", 404), ("", 422)])
def test_what_is_no_file(owner: Client, at: str, path: str, status: int) -> None:
    assert owner.get(f"{URL}/{path}").status == status
