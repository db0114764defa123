from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from m3m_builtins.plugins.service import PluginService, ask_arbiter
from m3m_core import Unavailable
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, client, kernel, plugin


class Supervisor:
    """Stands for the supervisor's client; counts what it was asked."""

    def __init__(self) -> None:
        self.reloads = 0
        self.is_away = False

    def reload(self) -> None:
        if self.is_away:
            raise Unavailable("The supervisor is starting.")
        self.reloads += 1


def broken() -> None:
    raise RuntimeError("no tea")


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


@pytest.fixture
def running(supervisor: Supervisor) -> Iterator[Kernel]:
    with kernel(["plugins", "projects", plugin("tea", m3m_startup=broken)], runs=supervisor) as started:
        yield started


@pytest.fixture
def renewals(running: Kernel) -> list[str]:
    """What the service asked of the fronts, in place of a signal to this test's parent."""
    asked: list[str] = []
    service: PluginService = running.host.context("plugins").service
    service.renew_fronts = lambda: asked.append("fronts")
    return asked


@pytest.fixture
def ann(running: Kernel) -> Client:
    return as_user(running, "ann@example.com", manage_users=True)


def test_the_list_has_every_plugin_with_its_reason(ann: Client) -> None:
    status, page, _ = ann.get("/api/plugins")
    assert (status, page["page"], page["total_items"]) == (200, 1, 4)
    assert [(item["name"], item["state"]) for item in page["items"]] == [
        ("auth", "on"),
        ("plugins", "on"),
        ("projects", "on"),
        ("tea", "off"),
    ]
    assert page["items"][3] == {
        "name": "tea",
        "version": "1.0.0",
        "description": "tea, made for a test",
        "source": "file",
        "state": "off",
        "reason": "m3m_startup failed: RuntimeError: no tea",
        "modules": [],
        "routes": [],
        "hooks": ["m3m_startup"],
    }


def test_the_list_has_pages(ann: Client) -> None:
    page = ann.get("/api/plugins?per_page=3&page=2").json
    assert [item["name"] for item in page["items"]] == ["tea"]
    assert page["total_pages"] == 2


def test_one_plugin(ann: Client) -> None:
    status, entry, _ = ann.get("/api/plugins/plugins")
    assert status == 200
    assert entry["source"] == "builtin"
    assert "POST /api/plugins/{plugin}/reload" in entry["routes"]


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/plugins/none"), ("POST", "/api/plugins/none/reload")])
def test_there_is_no_such_plugin(running: Kernel, renewals: list[str], method: str, path: str) -> None:
    status, refused, _ = as_user(running, root=True).request(method, path)
    assert (status, refused["code"]) == (404, "not_found")
    assert renewals == []


def test_root_reloads(running: Kernel, supervisor: Supervisor, renewals: list[str]) -> None:
    status, entry, _ = as_user(running, root=True).post("/api/plugins/tea/reload")
    assert (status, entry["name"], entry["state"]) == (202, "tea", "off")
    assert (supervisor.reloads, renewals) == (1, ["fronts"])


def test_without_the_supervisor_nothing_is_reloaded(
    running: Kernel, supervisor: Supervisor, renewals: list[str]
) -> None:
    supervisor.is_away = True
    assert as_user(running, root=True).post("/api/plugins/tea/reload").status == 503
    assert renewals == []


@pytest.mark.parametrize(
    ("who", "method", "path", "expected"),
    [
        ("guest", "GET", "/api/plugins", 401),
        ("guest", "GET", "/api/plugins/tea", 401),
        ("guest", "POST", "/api/plugins/tea/reload", 401),
        ("ann", "GET", "/api/plugins", 200),
        ("ann", "GET", "/api/plugins/tea", 200),
        ("ann", "POST", "/api/plugins/tea/reload", 403),
    ],
)
def test_who_may(
    running: Kernel, ann: Client, renewals: list[str], who: str, method: str, path: str, expected: int
) -> None:
    asking = {"guest": client(running), "ann": ann}[who]
    assert asking.request(method, path).status == expected
    assert renewals == []


def test_the_parent_of_the_front_is_asked_with_sighup() -> None:
    asked = threading.Event()
    kept = signal.signal(signal.SIGHUP, lambda *_: asked.set())
    try:
        code = "from m3m_builtins.plugins.service import ask_arbiter; ask_arbiter()"
        subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "SERVER_SOFTWARE": "gunicorn"})
        assert asked.wait(5)
    finally:
        signal.signal(signal.SIGHUP, kept)


def test_no_other_parent_is_sent_a_signal() -> None:
    with pytest.raises(Unavailable, match="Only a running server"):
        ask_arbiter()
