"""The public test kit does what it says."""

from __future__ import annotations

from typing import Any

import pymongo
import yaml

from m3m_core import PUBLIC, Operation, Route
from m3m_core.testing import DATABASE, Answer, as_user, client, kernel, live_server, mongod, plugin, run_js


class Words:
    def on_get(self, req: Any, resp: Any) -> None:
        resp.content_type = "text/plain"
        resp.text = req.get_header("X-Word", default="none")

    def on_put(self, req: Any, resp: Any) -> None:
        resp.status = 204


def words() -> Any:
    return plugin("words", routes=[Route("/words", Words(), {"GET": Operation(PUBLIC), "PUT": Operation(PUBLIC)})])


def collection() -> Any:
    return pymongo.MongoClient[dict[str, Any]](mongod())


def test_every_kernel_begins_with_an_empty_database() -> None:
    with collection() as there:
        there[DATABASE]["kit"].insert_one({"left": "over"})
        with kernel([]) as running:
            assert running.host.entries() == []
            assert there[DATABASE]["kit"].count_documents({}) == 0


def test_plugins_come_with_what_they_require() -> None:
    with kernel(["projects"]) as running:
        assert {"auth", "projects"} <= {entry.name for entry in running.host.entries() if entry.state == "on"}
        assert "pipeline" not in {entry.name for entry in running.host.entries()}


def test_a_plugin_made_on_the_spot_may_require_installed_ones() -> None:
    with kernel([plugin("mine", requires=("auth",), m3m_startup=lambda ctx: ctx.use("auth"))]) as running:
        assert running.host.context("mine").service is running.host.context("auth").service


def test_settings_and_role() -> None:
    with kernel([], role="cli", server={"port": 4000}, jwt={"expiration": 1}) as running:
        assert (running.role, running.settings.server.port, running.settings.jwt.expiration) == ("cli", 4000, 1)
        folder = running.settings.data.path.parent
        assert folder.is_dir()
    assert not folder.exists()


def test_ready_is_called_unless_it_is_unwanted() -> None:
    calls: list[str] = []
    eager = plugin("eager", m3m_ready=lambda ctx: calls.append(ctx.name))
    with kernel([eager]):
        pass
    with kernel([eager], ready=False):
        pass
    assert calls == ["eager"]


def test_a_stand_in_for_the_supervisor() -> None:
    runs = object()
    with kernel([], runs=runs) as running:
        assert running.runs is runs


def test_the_client_reads_answers() -> None:
    with kernel([words()]) as running:
        guest = client(running)
        assert guest.get("/words")[:2] == (200, b"none")
        assert guest.with_headers(X_Word="lamp").get("/words").json == b"lamp"
        assert guest.put("/words")[:2] == (204, None)
        assert isinstance(guest.get("/nothing"), Answer)
        assert guest.get("/nothing").json["code"] == "not_found"


def test_users_are_real() -> None:
    with kernel(["auth"]) as running:
        root, ann = as_user(running, root=True), as_user(running, "ann@example.com", manage_users=True)
        assert root.get("/api/users/me").json["is_root"] is True
        assert ann.get("/api/users/me").json["permissions"]["manage_users"] is True
        assert ann.get("/api/users").status == 200
        assert as_user(running, "ann@example.com").user.id == ann.user.id
        assert client(running).get("/api/users/me").status == 401


def test_a_live_server_has_the_database_of_tests_beside_what_is_given() -> None:
    with live_server({"mongodb": {"binary": "/nowhere/mongod"}, "storage": {"keep_free": 1}}, start=False) as server:
        written = yaml.safe_load(server.config.read_text())
    assert written["mongodb"] == {"database": DATABASE, "binary": "/nowhere/mongod"}
    assert written["storage"] == {"keep_free": 1}
    assert written["server"]["port"] == server.port


def test_what_a_module_does_at_the_start_it_does_when_it_is_first_used_later_too() -> None:
    with run_js([]) as js:
        begun: list[str] = []
        js.on_start(lambda: begun.append("late"))
        js.until(lambda: begun)
