"""Public links."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from m3m_builtins.storage.documents import Link
from m3m_core import now
from m3m_core.kernel import Kernel
from m3m_core.testing import Answer, Client

URL = "/api/projects/shop/storage/link"


@pytest.fixture(autouse=True)
def _report(files: Path) -> None:
    (files / "docs").mkdir()
    (files / "docs/report 1.txt").write_text("hello")


def make(owner: Client, **body: object) -> Answer:
    return owner.post(URL, json={"path": "docs/report 1.txt"} | body)


def test_a_link_is_for_everybody_who_has_it(owner: Client, guest: Client, running: Kernel) -> None:
    made = make(owner)
    assert made.status == 201
    assert made.json["url"].startswith("http://127.0.0.1:3000/api/storage/public/")
    assert (made.json["expires_at"], made.json["path"]) == (None, "docs/report 1.txt")
    path = urlsplit(made.json["url"]).path
    assert guest.get(path).json == b"hello"
    assert guest.get(path, headers={"Range": "bytes=1-2"}).json == b"el"
    assert guest.head(path).headers["content-length"] == "5"
    token = path.split("/")[-2]
    assert token not in str(list(running.db.get()["storage_links"].find()))
    for wrong in (path + "x", path.replace("report", "other"), f"/api/storage/public/{'x' * 43}/report%201.txt"):
        assert guest.get(wrong).status == 404


def test_links_are_listed_newest_first_without_addresses(owner: Client) -> None:
    ids = [make(owner).json["id"] for _ in range(3)]
    listed = owner.get(URL, params={"per_page": 2}).json
    assert ([item["id"] for item in listed["items"]], listed["total_items"]) == (ids[:0:-1], 3)
    assert set(listed["items"][0]) == {"id", "path", "created_at", "expires_at"}


@pytest.mark.parametrize("name", ["token", "id"])
def test_a_revoked_link_is_refused_at_once(owner: Client, guest: Client, name: str) -> None:
    made = make(owner).json
    path = urlsplit(made["url"]).path
    known = made["id"] if name == "id" else path.split("/")[-2]
    assert owner.delete(f"{URL}/{known}").status == 204
    assert owner.delete(f"{URL}/{known}").status == 404
    assert guest.get(path).status == 404


def test_another_projects_link_cannot_be_revoked(owner: Client, guest: Client) -> None:
    made = make(owner).json
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    for known in (made["id"], made["url"].split("/")[-2]):
        assert owner.delete(f"/api/projects/other/storage/link/{known}").status == 404
    assert guest.get(urlsplit(made["url"]).path).status == 200


def test_a_link_expires(owner: Client, guest: Client) -> None:
    made = make(owner, expires_in=60).json
    path = urlsplit(made["url"]).path
    assert guest.get(path).status == 200
    Link.objects(id=made["id"]).update(set__expires_at=now() - timedelta(seconds=1))
    assert guest.get(path).status == 404
    assert owner.get(URL).json["items"] == []


def test_a_link_leads_to_what_is_at_its_path(owner: Client, guest: Client, files: Path) -> None:
    path = urlsplit(make(owner).json["url"]).path
    (files / "docs/report 1.txt").unlink()
    answer = guest.get(path)
    assert (answer.status, answer.json["error"]) == (404, "There is no such link.")
    (files / "docs/report 1.txt").write_text("new")
    assert guest.get(path).json == b"new"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"path": "nothing"}, 404),
        ({"path": "docs"}, 422),
        ({"path": ""}, 422),
        ({"expires_in": 0}, 422),
        ({"expires_in": -5}, 422),
        ({"expires_in": 10**10}, 422),
        ({"expires_in": "1h"}, 422),
    ],
)
def test_wrong_links(owner: Client, body: dict[str, object], status: int) -> None:
    assert make(owner, **body).status == status
