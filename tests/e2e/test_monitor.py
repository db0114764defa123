"""What is shown is true: on every front, within a second, and after a restart of the server too."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any

import psutil
import pytest

from m3m_builtins.runtime.schemas import MonitorAnswer
from m3m_core.testing import LiveServer, live_server

from .client import Admin, Project, send, sign_up, until

TOKEN = "prometheus-reads-with-this"
CONFIG = {
    "runtime": {"timeout": "2s", "shutdown_timeout": "2s"},
    "jwt": {"expiration": "2h"},
    "plugins": {"config": {"runtime": {"metrics_token": TOKEN}}},
}
HELLO = "router.get('/hello/:name', (ctx) => ctx.params.name)"
AT_ONCE = 1.0
"""Seconds within which a change is shown."""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server(CONFIG) as running:
        yield running


@pytest.fixture(scope="module")
def admin(server: LiveServer) -> Admin:
    return sign_up(server)


class Watchers:
    """Kept-alive connections to every front."""

    def __init__(self, server: LiveServer, project: Project, admin: Admin) -> None:
        self._path = f"/api/projects/{project.slug}"
        self._headers = admin.headers
        self._connections = [HTTPConnection("127.0.0.1", server.port, timeout=10) for _ in range(12)]
        until(lambda: self.shown() and self._reach_all(server))

    def _reach_all(self, server: LiveServer) -> bool:
        ports = {connection.sock.getsockname()[1] for connection in self._connections}
        fronts = server.pids()["front"]
        found = [
            {each.raddr.port for each in psutil.Process(pid).net_connections() if each.raddr} & ports for pid in fronts
        ]
        return len(fronts) == 2 and all(found)

    def _ask(self, connection: HTTPConnection, path: str) -> Any:
        connection.request("GET", self._path + path, headers=self._headers)
        return json.loads(connection.getresponse().read())

    def shown(self) -> set[tuple[str, str]]:
        """The status of the run and of the project, as all of them tell it."""
        return {(self._ask(each, "/status")["status"], self._ask(each, "")["status"]) for each in self._connections}

    def instances(self) -> set[tuple[str, ...]]:
        return {tuple(one["state"] for one in self._ask(each, "/status")["instances"]) for each in self._connections}

    def soon(self, condition: Callable[[], bool]) -> None:
        until(condition, AT_ONCE)

    def close(self) -> None:
        for connection in self._connections:
            connection.close()


@pytest.fixture
def watchers(server: LiveServer, project: Project, admin: Admin) -> Iterator[Watchers]:
    made = Watchers(server, project, admin)
    yield made
    made.close()


def test_every_front_shows_what_happens_at_once(project: Project, watchers: Watchers) -> None:
    assert watchers.shown() == {("stopped", "stopped")}
    first = project.run(HELLO)["instances"][0]["pid"]
    watchers.soon(lambda: watchers.shown() == {("running", "running")})
    os.kill(first, signal.SIGKILL)
    watchers.soon(lambda: watchers.instances() == {("dead",)})
    until(lambda: project.status()["restarts"] == 1)
    watchers.soon(lambda: watchers.instances() == {("running",)})
    run_id = project.restart()["run_id"]
    assert project.status()["run_id"] == run_id
    watchers.soon(lambda: watchers.shown() == {("running", "running")})
    project.stop()
    watchers.soon(lambda: watchers.shown() == {("stopped", "stopped")})
    assert project.status()["source"] is None
    project.run(f"if (Date.now() > {time.time() * 1000 + 700}) null.x\n{HELLO}")
    time.sleep(0.7)
    os.kill(project.status()["instances"][0]["pid"], signal.SIGKILL)
    until(lambda: project.status()["status"] == "crashed")
    watchers.soon(lambda: watchers.shown() == {("crashed", "crashed")})


def test_a_crash_outlives_the_supervisor(server: LiveServer, project: Project) -> None:
    run_id = project.run(f"const a = 1\nif (Date.now() > {time.time() * 1000 + 700}) null.x\n{HELLO}")["run_id"]
    time.sleep(0.7)
    os.kill(project.status()["instances"][0]["pid"], signal.SIGKILL)
    until(lambda: project.ask("GET")["status"] == "crashed")
    before = project.status()
    error = before["last_error"]
    assert (error["file"], error["line"], "null" in error["message"]) == ("main.js", 2, True)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", error["at"])
    pid = server.kill("supervisor")
    until(lambda: pid not in server.pids().get("supervisor", [pid]))
    until(lambda: project.send("GET", "/status").status == 200)
    now = project.status()
    assert (now["status"], now["run_id"], now["source"]) == ("crashed", run_id, before["source"])
    assert now["last_error"] == error
    assert (project.ask("GET")["status"], project.ask("GET", "/monitor")["status"]) == ("crashed", "crashed")
    assert project.get("/hello/ann").status == 503
    project.run(HELLO)
    assert project.status()["last_error"] is None


def test_an_error_of_the_running_code_is_told(project: Project) -> None:
    project.run(f"{HELLO}\nrouter.get('/bad/:id', () => {{\n  null.x\n}})")
    assert project.status()["last_error"] is None
    assert project.get("/bad/7").status == 500
    error = until(lambda: project.status()["last_error"])
    assert (error["file"], error["line"], "null" in error["message"]) == ("main.js", 3 + HELLO.count("\n"), True)
    assert error["where"].startswith("GET /bad/:id, request ")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", error["at"])
    assert project.ask("GET", "/monitor")["last_error"] == error
    project.stop()
    assert project.status()["last_error"] is None


def test_the_monitor(project: Project) -> None:
    project.run(f"{HELLO}\nrouter.get('/bad', () => {{ throw new Error('no') }})\nschedule.every('1s', () => {{}})")
    until(lambda: project.status()["jobs"][0]["history"])
    for path in ("/hello/ann", "/hello/bob", "/bad", "/nothing"):
        project.get(path)
    project.ask("POST", "/models", {"name": "Notes", "slug": "notes", "fields": [{"key": "text", "type": "string"}]})
    project.ask("POST", "/models/notes/data", {"text": "kept"})
    project.ask("POST", "/storage/file", {"path": "a.txt", "content": "twelve bytes"})
    shown = project.ask("GET", "/monitor?slots=2")
    assert len(shown["slots"]) == 3
    assert sum(slot["requests"] for slot in shown["slots"]) == 4
    assert sum(slot["errors"] for slot in shown["slots"]) == 1
    assert (shown["by_route"][0]["route"], shown["by_route"][0]["hits"]) == ("GET /hello/:name", 2)
    assert shown["sizes"]["storage_bytes"] == 12
    assert (shown["sizes"]["storage_files"], shown["sizes"]["records"]) == (1, 1)
    assert shown["sizes"]["records_bytes"] > 0
    assert MonitorAnswer.model_validate(shown).model_dump() == shown, "the API's description is not what is told"
    assert len(project.ask("GET", "/monitor")["slots"]) == 289
    assert {project.send("GET", f"/monitor?slots={wrong}").status for wrong in ("-1", "289", "x", "%C2%B2")} == {400}


def test_figures_for_prometheus(server: LiveServer, admin: Admin, project: Project) -> None:
    project.run(HELLO)
    project.get("/hello/ann")
    project.status()
    for headers in (admin.headers, {"Authorization": f"Bearer {TOKEN}"}):
        answer = send(server, "GET", "/metrics", headers=headers)
        assert (answer.status, answer.header("content-type")) == (200, "text/plain; version=0.0.4; charset=utf-8")
        labels = f'project="{project.slug}",project_id="{project.made["id"]}"'
        assert f"m3m_project_requests_total{{{labels}}} 1\n" in answer.text
        assert f'm3m_project_request_seconds_bucket{{{labels},le="+Inf"}} 1\n' in answer.text
    for headers in ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": "Bearer "}):
        assert send(server, "GET", "/metrics", headers=headers).status == 401


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/api/projects", "/health", "/r/none/x"])
def test_a_request_without_a_host_is_refused(server: LiveServer, method: str, path: str) -> None:
    for headers, status in ((b"", b"400"), (b"Host: a\r\nHost: b\r\n", b"400")):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.connect()
        request = f"{method} {path} HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n".encode()
        connection.sock.sendall(request + headers + b"\r\n")
        assert connection.sock.recv(65536).split(b" ")[1] == status
        connection.close()
