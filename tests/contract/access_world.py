"""Somebody of every kind, and something of every kind to ask for: what the access table is tried on."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import Any

from PIL import Image

from m3m_builtins.auth.documents import Avatar
from m3m_builtins.auth.sessions import Sessions
from m3m_core.kernel import Kernel
from m3m_core.settings import JWT, Seconds
from m3m_core.testing import Client, as_user, client

STOPPED = {"status": "stopped", "source": None, "run_id": None}


class Runs:
    """Stands in for the supervisor: does nothing, successfully."""

    def start(self, _spec: object) -> dict[str, Any]:
        return STOPPED

    def stop(self, _project_id: str) -> dict[str, Any]:
        return STOPPED

    def status(self, _project_id: str) -> dict[str, Any]:
        return STOPPED

    def monitor(self, _project_id: str, _slots: int) -> dict[str, Any]:
        return STOPPED

    def figures(self) -> dict[str, Any]:
        machine = dict.fromkeys(
            ("cpu_percent", "memory_bytes", "memory_total_bytes", "disk_bytes", "disk_total_bytes"), 0
        )
        return {"host": machine, "supervisor": {"memory_bytes": 0, "cpu_seconds": 0}, "projects": []}

    def forget(self, _project_id: str) -> None:
        pass

    def ping(self) -> bool:
        return True

    def notify(self, _project_id: str, _topic: str) -> None:
        pass

    def reload(self) -> None:
        pass


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (2, 2)).save(data, "PNG")
    return data.getvalue()


PICTURE = picture()


class World:
    """A project of a person, with one member, beside another's; and everybody who may ask for something."""

    def __init__(self, running: Kernel) -> None:
        self._running = running
        self._db = running.db.get()
        root = as_user(running, root=True)
        owner = as_user(running, "owner@example.com", create_projects=True)
        outsider = as_user(running, "outsider@example.com", create_projects=True)
        member, target, blocked = (as_user(running, f"{name}@example.com") for name in ("member", "target", "blocked"))
        self.project = self._project(owner, "shop", "draft", releases=2)
        self._other = self._project(outsider, "other", "theirs", releases=3)
        self._data(root, owner, "shop", "sales", "LIMIT")
        self._data(root, outsider, "other", "theirs", "THEIRS")
        owner.post("/api/projects/shop/members", json={"user_id": member.user.id})
        outsider.post("/api/projects/other/members", json={"user_id": target.user.id})
        granted = as_user(running, "granted@example.com", project_access=[self.project])
        guest = client(running)
        self.clients: dict[str, Client] = {
            "guest": guest,
            "expired": guest.with_headers(Authorization=f"Bearer {self._expired_token(owner)}"),
            "blocked": blocked,
            "outsider": outsider,
            "granted": granted,
            "member": member,
            "owner": owner,
            "root": root,
            "key": guest.with_headers(X_API_Key=owner.get("/api/projects/shop").json["api_key"]),
            "foreign_key": guest.with_headers(X_API_Key=outsider.get("/api/projects/other").json["api_key"]),
        }
        Avatar(id=target.user.id, digest="x", image=b"x").save()
        refresh = running.host.context("auth").service.tokens_for(target.user).refresh_token
        here = {"project": "shop", "plugin": "projects", "refresh_token": refresh}
        here |= {"goal": "sales", "key": "LIMIT"}
        self.names = here | {"branch": "draft", "version": "0.2", "user": target.user.id, "member": member.user.id}
        self.foreign_names = here | {"branch": "theirs", "version": "0.3", "user": target.user.id}
        self.foreign_names |= {"goal": "theirs", "key": "THEIRS"}
        root.post(f"/api/users/{blocked.user.id}/block")
        self._write_files()
        self.names |= self._record(owner, "shop", "things")
        self.foreign_names |= self._record(outsider, "other", "theirs")
        self.foreign_ids = self._ids(outsider, "other")
        self.names |= self._link(owner, "shop", "a.txt")
        self.foreign_names |= self._link(outsider, "other", "theirs.txt")
        self._documents = {name: list(self._db[name].find()) for name in self._db.list_collection_names()}
        self._write_log()

    def restore(self) -> None:
        """Undo what a request changed."""
        for name in {*self._db.list_collection_names(), *self._documents}:
            self._db[name].delete_many({})
            if self._documents.get(name):
                self._db[name].insert_many(self._documents[name])
        self._write_log()
        self._write_files()

    def _project(self, owner: Client, slug: str, branch: str, releases: int) -> str:
        project_id: str = owner.post("/api/projects", json={"name": slug, "slug": slug}).json["id"]
        below = f"/api/projects/{slug}/pipeline"
        owner.post(f"{below}/branches", json={"name": branch})
        for _ in range(releases):
            owner.post(f"{below}/releases", json={"branch": branch, "bump": "minor", "tag": "stable"})
        owner.post(f"{below}/releases/0.1/activate")
        return project_id

    def _data(self, root: Client, owner: Client, project: str, goal: str, key: str) -> None:
        """A goal of the project and a global one of the same slug, which it may add to; a variable."""
        below = f"/api/projects/{project}"
        body = {"name": goal, "slug": goal, "type": "counter"}
        owner.post(f"{below}/goals", json=body)
        root.post("/api/goals", json=body | {"allowed_projects": [owner.get(below).json["id"]]})
        owner.post(f"{below}/env", json={"key": key, "type": "string", "value": "old"})

    def _record(self, owner: Client, project: str, model: str) -> dict[str, str]:
        """A model with a record."""
        below = f"/api/projects/{project}/models"
        owner.post(below, json={"name": model, "slug": model, "fields": [{"key": "title", "type": "string"}]})
        return {"model": model, "record": owner.post(f"{below}/{model}/data", json={}).json["id"]}

    def _ids(self, owner: Client, project: str) -> dict[str, str]:
        """Of what has a slug, too."""
        below = f"/api/projects/{project}"
        (goal,), (model,) = (owner.get(f"{below}/{kind}").json["items"] for kind in ("goals", "models"))
        return {"goal": goal["id"], "model": model["id"]}

    def _link(self, owner: Client, project: str, path: str) -> dict[str, str]:
        """A file and a public link to it."""
        url = owner.post(f"/api/projects/{project}/storage/link", json={"path": path}).json["url"]
        return {"path": path, "filename": path, "token": url.split("/")[-2]}

    def _expired_token(self, owner: Client) -> str:
        auth = self._running.host.context("auth").service
        return Sessions(JWT(expiration=Seconds(-1)), auth.sessions._secret).open(owner.user).token

    def _write_files(self) -> None:
        for project, name in ((self.project, "a.txt"), (self._other, "theirs.txt")):
            folder = self._running.settings.storage.path / project / "storage"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            (folder / name).write_text("hello")
            (folder / "a.png").write_bytes(PICTURE)
            with zipfile.ZipFile(folder / "a.zip", "w") as archive:
                archive.writestr("packed.txt", "hello")

    def _write_log(self) -> None:
        folder = self._running.settings.logging.path / self.project
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "1.log").write_text("[2026-11-22T10:15:30.123Z] [INFO] hello\n")
