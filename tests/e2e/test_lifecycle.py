"""From an empty folder to a service that answers, and back to nothing."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import psutil
import pytest

from m3m_core.testing import LiveServer, live_server

from .client import EMAIL, PASSWORD, Admin, Project, send, setup_link, sign_up, until

LIFE = """
let hits = 0
service.boot(() => { logger.info("boot") })
service.start(async () => { await utils.sleepAsync(1); logger.info("start") })
service.shutdown(async () => { await utils.sleepAsync(20); logger.info("shutdown after", hits) })
router.get("/hit", () => ({ hits: ++hits }))
"""
BROKEN = """
router.get("/broken", () => { return broken() })
function broken() { throw new TypeError("it broke") }
"""


# ---- the server ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fresh() -> Iterator[LiveServer]:
    """A server that nobody has signed up to."""
    with live_server() as running:
        yield running


def test_setup_link_works_once(fresh: LiveServer) -> None:
    address, token = setup_link(fresh)
    assert address == fresh.url
    page = send(fresh, "GET", f"/setup?token={token}")
    assert (page.status, page.header("content-type").partition(";")[0]) == (200, "text/html")
    body = {"token": token, "email": EMAIL, "password": PASSWORD, "name": "Root"}
    assert send(fresh, "POST", "/api/auth/setup", body | {"token": token[::-1]}).status in (401, 403)
    made = send(fresh, "POST", "/api/auth/setup", body)
    assert (made.status, made.json["user"]["is_root"]) == (201, True)
    assert send(fresh, "POST", "/api/auth/setup", body | {"email": "other@example.com"}).status in (401, 403, 409)
    second = fresh.run("new-admin", "other@example.com", PASSWORD)
    assert (second.returncode, "Traceback" in second.stderr) == (1, False)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_from_an_empty_folder_to_a_clean_stop(number: signal.Signals) -> None:
    with live_server(start=False) as running:
        began = time.monotonic()
        running.start()
        assert time.monotonic() - began < 5 * others_load()
        assert send(running, "GET", "/health").json["status"] == "ok"
        service = Project(sign_up(running), instances=2)
        service.run(LIFE)
        assert service.get("/hit").json == {"hits": 1}
        pids = running.pids()
        assert {"arbiter", "front", "supervisor", "zygote", "runner", "mongod"} == set(pids)
        family = [psutil.Process(pid) for found in pids.values() for pid in found]
        log = next((running.folder / "logs" / service.made["id"]).glob("*.log"))
        ask_to_stop(running, number)
        assert running.process is not None
        assert running.process.wait(30) == 0
        assert [process for process in family if lives(process)] == []
        assert log.read_text().count("[INFO] shutdown after") == 2
        assert "Traceback" not in running.log()


def others_load() -> float:
    """How many times longer things take on a machine that is busy with other things too; 1 on an idle one."""
    return max(1.0, os.getloadavg()[0] / len(os.sched_getaffinity(0)))


def lives(process: psutil.Process) -> bool:
    """A zombie is dead: it waits for the init process of the machine to notice."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def ask_to_stop(running: LiveServer, number: signal.Signals) -> None:
    """SIGTERM goes to the server alone; Ctrl-C reaches its whole group at once, as a terminal does it."""
    first, *others = [pid for pids in running.pids().values() for pid in pids]
    group = os.getpgid(first)
    os.kill(first, number)
    for pid in others:
        if number == signal.SIGINT and os.getpgid(pid) == group:
            os.kill(pid, number)


# ---- a project -------------------------------------------------------------------------------------------------------


def test_from_the_template_to_a_release_and_its_end(project: Project) -> None:
    unborn = project.get("/hit")
    assert (unborn.status, unborn.json["code"]) == (503, "service_not_running")
    assert project.start().json["code"] == "no_active_release"
    version = project.publish(LIFE, tag="stable")
    assert version == "0.1"

    status = project.ask("POST", "/start", {"version": version})
    assert status["status"] == "running"
    assert status["source"] == {"kind": "release", "name": "0.1", "tag": "stable", "is_stable": True}
    assert status["routes"] == [{"method": "GET", "path": "/hit"}]
    assert [instance["state"] for instance in status["instances"]] == ["running"]
    assert [project.get("/hit").json["hits"] for _ in range(3)] == [1, 2, 3]
    shown = project.ask("GET")
    assert (shown["status"], shown["active_release"], shown["running_source"]["name"]) == ("running", "0.1", "0.1")
    assert project.messages()[-2:] == ["boot", "start"]

    restarted = project.restart()
    assert restarted["run_id"] != status["run_id"]
    assert project.get("/hit").json == {"hits": 1}
    assert "shutdown after 3" not in project.messages()

    stopped = project.stop()
    assert (stopped["status"], stopped["source"], stopped["instances"]) == ("stopped", None, [])
    assert project.status() == stopped
    assert "shutdown after 1" in project.messages()
    refused = project.get("/hit")
    assert (refused.status, refused.json["code"]) == (503, "service_not_running")
    assert set(refused.json) == {"error", "code", "request_id"}
    assert project.ask("GET")["status"] == "stopped"
    assert project.stop()["status"] == "stopped"

    assert project.ask("POST", "/start")["source"]["name"] == "0.1"
    assert project.get("/hit").json == {"hits": 1}


def test_the_template_runs_as_it_is(project: Project) -> None:
    status = project.ask("POST", "/start", {"branch": "develop"})
    assert status["source"] == {"kind": "branch", "name": "develop", "tag": "", "is_stable": False}
    assert len(status["jobs"]) == 1
    assert project.get("/hello/Zo%C3%AB").json == {"message": "Hello, Zoë!"}


def test_only_a_debug_run_shows_its_stack(project: Project) -> None:
    project.debug(BROKEN)
    answer = project.get("/broken")
    assert answer.status == 500
    assert answer.json["message"] == "TypeError: it broke"
    assert answer.json["stack"].splitlines()[0].strip() == "at broken (main.js:3:31)"
    logged = project.until_logged("it broke")
    assert answer.json["request_id"] in logged
    assert "at broken (main.js:3:31)" in logged
    assert project.ask("GET")["running_source"] == {"kind": "branch", "name": "develop", "tag": ""}

    project.stop()
    project.run(BROKEN)
    answer = project.get("/broken")
    assert (answer.status, set(answer.json)) == (500, {"error", "code", "request_id"})


def test_a_restarted_branch_runs_its_newest_code(project: Project) -> None:
    project.debug("router.get('/', () => 'first')")
    project.write("router.get('/', () => 'second')")
    assert project.get("/").text == "first"
    assert project.restart()["source"]["name"] == "develop"
    assert project.get("/").text == "second"
    project.stop()
    assert project.restart()["source"]["kind"] == "branch"


def test_a_release_runs_its_own_code(project: Project) -> None:
    first = project.publish("router.get('/', () => 'one')")
    second = project.publish("router.get('/', () => 'two')")
    project.ask("POST", "/start", {"version": first})
    assert project.get("/").text == "one"
    project.stop()
    project.ask("POST", "/start", {"version": second})
    assert project.get("/").text == "two"


def test_delete_ends_the_run_and_removes_its_log(admin: Admin, server: LiveServer) -> None:
    gone = Project(admin)
    pid = gone.run(LIFE)["instances"][0]["pid"]
    folder = server.folder / "logs" / gone.made["id"]
    assert gone.get("/hit").status == 200
    assert folder.is_dir()
    assert gone.send("DELETE").status == 204
    assert not folder.exists()
    assert not psutil.pid_exists(pid)
    assert gone.get("/hit").status == 503
    assert gone.send("GET", "/status").status == 404


def test_a_new_slug_moves_the_service(project: Project) -> None:
    project.run("router.get('/', () => service.info().slug)")
    old, new = project.slug, f"{project.slug}-new"
    assert project.send("PUT", "", {"slug": new}).status == 409
    project.stop()
    project.ask("PUT", "", {"slug": new})
    project.slug = new
    project.ask("POST", "/start")
    assert project.get("/").text == new
    project.slug = old
    assert project.get("/").status == 503
    project.slug = new


# ---- instances -------------------------------------------------------------------------------------------------------


def test_instances_take_turns_and_the_first_has_the_jobs(admin: Admin) -> None:
    many = Project(admin, instances=3)
    try:
        status = many.run("""
            let jobs = 0
            schedule.every("100ms", () => { jobs++ })
            router.get("/", () => ({ instance: service.info().instance, jobs }))
        """)
        assert len(status["instances"]) == 3
        assert len({instance["pid"] for instance in status["instances"]}) == 3
        assert len(status["jobs"]) == 1
        until(lambda: many.get("/").json["jobs"] > 1)
        seen = [many.get("/").json for _ in range(60)]
        assert {answer["instance"] for answer in seen} == {0, 1, 2}
        counts = [sum(answer["instance"] == number for answer in seen) for number in range(3)]
        assert min(counts) >= 10
        assert {answer["jobs"] for answer in seen if answer["instance"]} == {0}
    finally:
        many.send("DELETE")
