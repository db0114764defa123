"""Files of projects that are no more."""

from __future__ import annotations

import pytest

from m3m_builtins.storage.documents import Link
from m3m_builtins.storage.service import StorageService
from m3m_core.kernel import Kernel
from m3m_core.testing import Client

URL = "/api/projects/{}/storage"
FOREIGN = "f" * 24
"""A project that the database does not know, such as one of a backup whose records are put back later."""


def test_what_a_deletion_missed_goes_with_the_next_start(
    running: Kernel, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = running.settings.storage.path
    ids = {}
    for slug in ("gone", "kept"):
        ids[slug] = owner.post("/api/projects", json={"name": slug, "slug": slug}).json["id"]
        assert owner.post(URL.format(slug) + "/file", json={"path": "a.txt", "content": "x"}).status == 201
        assert owner.post(URL.format(slug) + "/link", json={"path": "a.txt"}).status == 201
    (base / FOREIGN / "storage").mkdir(parents=True)
    (base / "lost+found").mkdir()
    with monkeypatch.context() as off:
        off.setattr(StorageService, "forget_project", lambda self, project_id: None)
        assert owner.delete("/api/projects/gone").status == 204
    assert (base / ids["gone"] / "storage/a.txt").exists()
    running.host.each("m3m_ready")
    assert {path.name for path in base.iterdir()} == {ids["kept"], FOREIGN, "lost+found"}
    assert (base / ids["kept"] / "storage/a.txt").exists()
    assert [link.project_id for link in Link.objects] == [ids["kept"]]
