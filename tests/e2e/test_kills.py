"""SIGKILL to every kind of process, under load: it heals by itself, nobody hangs, and the database tells the truth."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import psutil
import pytest

from m3m_core.testing import LiveServer, live_server

from .client import Admin, Project, sign_in, sign_up, until

pytestmark = pytest.mark.slow

CONFIG = {"runtime": {"timeout": "5s", "shutdown_timeout": "2s"}, "jwt": {"expiration": "2h"}}
HELLO = "router.get('/', () => service.info().instance)"
LONGEST = 15.0
"""Seconds that any caller may wait, on a machine that is busy with other things too."""

HEALED = 20.0
"""Seconds until all is well again."""

CALLERS, MOST_CALLS = 4, 3000


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server(CONFIG) as running:
        yield running


@pytest.fixture(scope="module")
def admin(server: LiveServer) -> Admin:
    return sign_up(server)


class Load:
    """Clients that call services all the time. Of `statuses`, 0 is a connection that was closed without an answer."""

    def __init__(self, *projects: Project) -> None:
        self.statuses: dict[str, set[int]] = {project.slug: set() for project in projects}
        self.longest = 0.0
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._call, args=(projects,)) for _ in range(CALLERS)]

    def _call(self, projects: tuple[Project, ...]) -> None:
        for number in range(MOST_CALLS):
            if self._ended.wait(0.005):
                return
            project = projects[number % len(projects)]
            began = time.monotonic()
            try:
                status = project.get("/").status
            except (OSError, HTTPException):
                status = 0
            self.statuses[project.slug].add(status)
            self.longest = max(self.longest, time.monotonic() - began)

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a caller hangs"


@contextmanager
def load(*projects: Project) -> Iterator[Load]:
    made = Load(*projects)
    made.begin()
    try:
        yield made
    finally:
        made.end()
    assert made.longest < LONGEST


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def every(server: LiveServer) -> set[int]:
    return {pid for pids in server.pids().values() for pid in pids}


def is_well(server: LiveServer, *projects: Project) -> bool:
    try:
        return server.request("GET", "/health").status == 200 and all(runs(project) for project in projects)
    except (OSError, HTTPException):
        return False


def runs(project: Project) -> bool:
    status = project.send("GET", "/status")
    if status.status != 200 or status.json["status"] != "running" or project.get("/").status != 200:
        return False
    return {instance["state"] for instance in status.json["instances"]} == {"running"}


def counts(server: LiveServer) -> dict[str, int]:
    return {kind: len(pids) for kind, pids in server.pids().items()}


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("runner", signal.SIGKILL),
        ("front", signal.SIGKILL),
        ("zygote", signal.SIGKILL),
        ("supervisor", signal.SIGKILL),
        ("supervisor", signal.SIGTERM),
        ("mongod", signal.SIGKILL),
    ],
)
def test_what_is_killed_under_load_comes_back(
    server: LiveServer, admin: Admin, kind: str, number: signal.Signals
) -> None:
    release, debug = Project(admin, instances=2), Project(admin)
    version = release.publish(HELLO)
    release.start(version=version)
    debug.debug(HELLO)
    until(lambda: is_well(server, release, debug))
    before, family = counts(server), every(server)
    with load(release, debug) as calls:
        time.sleep(0.2)
        began = time.monotonic()
        pid = server.kill(kind, number)
        until(lambda: pid not in server.pids().get(kind, [pid]) and is_well(server, release, debug), HEALED)
        assert time.monotonic() - began < HEALED
        until(lambda: counts(server) == before)
        time.sleep(0.1)
    statuses = calls.statuses[release.slug] | calls.statuses[debug.slug]
    assert 200 in statuses
    assert statuses <= ({200} if kind == "mongod" else {200, 0, 503})
    assert [pid for pid in family - every(server) if lives(pid)] == []
    for project, source in ((release, ("release", version)), (debug, ("branch", "develop"))):
        until(lambda project=project: project.ask("GET")["status"] == "running")  # type: ignore[misc]
        stored = project.ask("GET")
        assert (stored["running_source"]["kind"], stored["running_source"]["name"]) == source
        project.send("DELETE")


def test_while_the_database_is_away_the_api_says_so_and_services_go_on(server: LiveServer, admin: Admin) -> None:
    project = Project(admin)
    project.run(HELLO)
    os.kill(pid := server.pids()["mongod"][0], signal.SIGSTOP)
    try:
        began = time.monotonic()
        answer = admin.send("GET", "/projects")
        assert time.monotonic() - began < LONGEST
        assert (answer.status, answer.json["code"]) == (503, "database_unavailable")
        assert project.get("/").status == 200
    finally:
        os.kill(pid, signal.SIGKILL)
    os.kill(runner := server.pids()["runner"][0], signal.SIGKILL)
    until(lambda: not lives(runner))
    until(lambda: is_well(server, project), HEALED)
    assert project.status()["restarts"] == 1
    project.send("DELETE")


def test_a_state_that_the_database_missed_reaches_it_later(server: LiveServer, admin: Admin) -> None:
    """The code fails at a restart while there is no database: the project is crashed, and is shown as crashed."""
    project = Project(admin)
    project.run(f"if (Date.now() > {int(time.time() * 1000) + 3000}) throw new Error('too late')\n{HELLO}")
    time.sleep(3)
    runner = project.status()["instances"][0]["pid"]
    os.kill(database := server.pids()["mongod"][0], signal.SIGSTOP)
    os.kill(runner, signal.SIGKILL)
    time.sleep(2.5)
    os.kill(database, signal.SIGKILL)
    until(lambda: is_well(server), HEALED)
    until(lambda: project.ask("GET")["status"] == "crashed", HEALED)
    status = project.status()
    assert (status["status"], status["instances"], status["restarts"]) == ("crashed", [], 1)
    assert "too late" in status["last_error"]["message"]
    assert project.until_logged("not restarted: the code itself fails to start")
    assert project.get("/").status == 503
    project.send("DELETE")


def test_a_service_that_needs_the_database_to_start_comes_back_with_it(server: LiveServer, admin: Admin) -> None:
    project = Project(admin)
    project.ask("POST", "/models", {"name": "Orders", "slug": "orders", "fields": []})
    project.run("service.start(() => { logger.info(`${database.orders.count()} orders`) })\n" + HELLO)
    runner = project.status()["instances"][0]["pid"]
    os.kill(database := server.pids()["mongod"][0], signal.SIGSTOP)
    try:
        os.kill(runner, signal.SIGKILL)
        log = server.folder / "logs" / project.made["id"]
        until(lambda: "start: Unavailable: the database is not available" in text_of(log))
    finally:
        os.kill(database, signal.SIGCONT)
    until(lambda: is_well(server, project), HEALED)
    assert project.messages().count("0 orders") == 2
    assert not any("not restarted" in message for message in project.messages())
    project.send("DELETE")


def text_of(folder: Path) -> str:
    """All that logs in a folder say: while there is no database, the API cannot be asked for it."""
    return "".join(path.read_text() for path in folder.glob("*.log"))


def test_stop_wins_over_a_restart_even_when_the_supervisor_dies(server: LiveServer, admin: Admin) -> None:
    project = Project(admin)
    project.run("service.shutdown(() => utils.sleep(1500))\n" + HELLO)
    stopping = threading.Thread(target=lambda: project.send("POST", "/stop"))
    stopping.start()
    until(lambda: project.ask("GET")["status"] == "stopping")
    server.kill("supervisor")
    stopping.join(30)
    until(lambda: is_well(server), HEALED)
    until(lambda: project.ask("GET")["status"] == "stopped", HEALED)
    assert project.status()["status"] == "stopped"
    assert project.get("/").status == 503
    project.send("DELETE")


def test_when_all_is_killed_a_new_server_tells_the_truth() -> None:
    with live_server(CONFIG) as own:
        admin = sign_up(own)
        auto, by_hand, debug = (Project(admin, auto_start=auto_start) for auto_start in (True, False, True))
        version = auto.publish(HELLO)
        auto.start(version=version)
        by_hand.run(HELLO)
        debug.debug(HELLO)
        family = every(own)
        with load(auto, by_hand, debug):
            time.sleep(0.2)
            for pid in family:
                os.kill(pid, signal.SIGKILL)
        assert own.process is not None
        own.process.wait()
        until(lambda: not any(lives(pid) for pid in family))
        own.start()
        admin = sign_in(own)
        for project in (auto, by_hand, debug):
            project._admin = admin
        until(lambda: is_well(own, auto), HEALED)
        shown = [project.ask("GET") for project in (auto, by_hand, debug)]
        assert [one["status"] for one in shown] == ["running", "stopped", "stopped"]
        assert [one["running_source"] and one["running_source"]["name"] for one in shown] == [version, None, None]
        assert [project.get("/").status for project in (by_hand, debug)] == [503, 503]
        assert counts(own)["runner"] == 1


def test_when_the_first_process_is_killed_all_others_go() -> None:
    with live_server(CONFIG) as own:
        project = Project(sign_up(own), instances=2)
        project.run("service.shutdown(() => { logger.info('closing') })\n" + HELLO)
        family = every(own)
        with load(project):
            own.kill("arbiter")
            until(lambda: not any(lives(pid) for pid in family), HEALED)
        assert own.process is not None
        own.process.wait()
        log = next((own.folder / "logs" / project.made["id"]).glob("*.log"))
        assert log.read_text().count("closing") == 2
