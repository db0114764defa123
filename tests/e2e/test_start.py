"""Starts that fail, and starts, stops and restarts that meet."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from m3m_core.testing import LiveServer

from .client import Project, Reply, until

SLOW_START = "service.start(() => utils.sleepAsync(1000))\nrouter.get('/', () => 'up')"
NEVER = "service.start(() => new Promise(() => {}))"
UP = "router.get('/', () => 'up')"


@pytest.mark.parametrize(
    ("code", "message", "place"),
    [
        ("let a = 1\nlet b = = 2\n", "SyntaxError: unexpected token in expression: '='", (2, 9)),
        ("let a = 1\r\nfunction (\r\n", "SyntaxError: function name expected", (2, 10)),
        ("\ufeff#!/usr/bin/env m3m\nlet a = 'never closed\n", "SyntaxError: unexpected end of string", (2, 9)),
        ("const a = 1\n{ return a }", "SyntaxError: return not in a function", (2, 3)),
        ("\n\n  undefinedThing()", "ReferenceError: undefinedThing is not defined", (3, 3)),
        ("router.get('nowhere', () => 1)", "TypeError: a route's path is a string that begins with", (1, 8)),
        ("router.get('/', 5)", "TypeError: router: a handler of GET / is not a function", (1, 8)),
        ("const r = () => 1\nrouter.get('/', r)\nrouter.get('/', r)", "Error: router: GET / is there already", (3, 17)),
        ("schedule.cron('61 * * * *', () => {})", 'Invalid: "61 * * * *" is not a cron expression', (1, 10)),
        ("service.boot(() => {\n  throw new RangeError('boot')\n})", "RangeError: boot", (2, 13)),
        ("service.start(() => { null.x })", "TypeError: cannot read property 'x' of null", (1, 23)),
        ("service.start(async () => {\n  await null\n  throw new Error('later')\n})", "Error: later", (3, 13)),
        ("service.start(() => Promise.reject(new Error('no')))", "Error: no", (1, 40)),
        ("service.start(() => Promise.reject('no'))", "a value that is not an Error was thrown: no", (0, 0)),
        (NEVER, "TimeoutError: service.start: the promise did not settle within 3 s", (0, 0)),
        ("\n" * 120_000 + "throw new Error('far down')", "Error: far down", (120_001, 11)),
        ("(function dig() { dig() })()", "RangeError: Maximum call stack size exceeded", (0, 0)),
        ("throw new Error('x'.repeat(2_000_000))", "Error: xxx", (1, 21)),
        ("throw new Error('half \\ud800')", "Error: half �", (1, 11)),
        ("Object.prototype.toJSON = () => 1\nthrow new Error('polluted')", "Error: polluted", (2, 11)),
    ],
)
def test_code_that_does_not_start(
    project: Project, server: LiveServer, code: str, message: str, place: tuple[int, int]
) -> None:
    before = len(server.pids().get("runner", []))
    answer = project.start(version=project.publish(code))
    assert (answer.status, answer.json["code"]) == (422, "start_failed")
    details = answer.json["details"]
    assert details["message"].startswith(message)
    assert len(answer.body) < 50_000
    assert (details["line"], details["column"]) == place
    assert details["file"] == ("main.js" if place[0] else "")
    assert_nothing_runs(project, server, before)
    assert message.splitlines()[0] in project.until_logged(message)


def assert_nothing_runs(project: Project, server: LiveServer, before: int) -> None:
    status = project.status()
    assert (status["status"], status["instances"]) == ("stopped", [])
    assert project.ask("GET")["status"] == "stopped"
    assert project.get("/").status == 503
    assert until(lambda: len(server.pids().get("runner", [])) <= before)


def test_an_endless_start(project: Project, server: LiveServer) -> None:
    before = len(server.pids().get("runner", []))
    answer = project.start(version=project.publish("while (true) {}"))
    assert (answer.status, answer.json["code"]) == (422, "start_failed")
    assert "top level of main.js: stopped after" in answer.json["details"]["message"]
    assert_nothing_runs(project, server, before)


def test_good_code_after_bad(project: Project) -> None:
    good = project.publish(UP, tag="stable")
    assert project.start(version=project.publish("oops(")).status == 422
    assert project.start(version=good).status == 200
    assert project.get("/").text == "up"
    assert project.status()["last_error"] is None


@pytest.mark.parametrize(
    ("source", "status", "code"),
    [
        ({"version": "9.9"}, 404, "not_found"),
        ({"branch": "nowhere"}, 404, "not_found"),
        ({"version": "0.1", "branch": "develop"}, 422, "validation_failed"),
        ({"version": "../../x"}, 404, "not_found"),
        ({"tag": "stable"}, 422, "validation_failed"),
        ({}, 409, "no_active_release"),
    ],
)
def test_what_is_not_there_cannot_be_started(project: Project, source: dict[str, str], status: int, code: str) -> None:
    answer = project.start(**source)
    assert (answer.status, answer.json["code"]) == (status, code)


# ---- at the same time ------------------------------------------------------------------------------------------------


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    barrier = Barrier(len(calls))

    def meet(call: Callable[[], Any]) -> Any:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [job.result() for job in [pool.submit(meet, call) for call in calls]]


def test_many_starts_make_one_run(project: Project, server: LiveServer) -> None:
    version = project.publish(SLOW_START)
    before = len(server.pids().get("runner", []))
    answers: list[Reply] = at_once(*[lambda: project.start(version=version)] * 6)
    assert sorted(answer.status for answer in answers) == [200] + [409] * 5
    assert {answer.json["code"] for answer in answers if answer.status == 409} == {"already_starting"}
    assert len(server.pids()["runner"]) == before + 1
    again = project.start(version=version)
    assert (again.status, again.json["code"]) == (409, "already_running")


def test_while_it_starts(project: Project) -> None:
    version = project.publish(SLOW_START)
    with ThreadPoolExecutor() as pool:
        starting = pool.submit(project.start, version=version)
        until(lambda: project.status()["status"] == "starting")
        # fronts ask four times a second, each for itself
        early = until(lambda: (told := project.get("/")).json["code"] == "service_starting" and told)
        assert (early.status, early.json["code"], early.header("retry-after")) == (503, "service_starting", "1")
        assert project.ask("GET")["status"] == "starting"
        assert starting.result().status == 200
    assert project.get("/").text == "up"


def test_stop_during_a_start_wins(project: Project, server: LiveServer) -> None:
    version = project.publish(NEVER)
    before = len(server.pids().get("runner", []))
    with ThreadPoolExecutor() as pool:
        starting = pool.submit(project.start, version=version)
        until(lambda: project.status()["status"] == "starting")
        assert project.stop()["status"] == "stopped"
        answer = starting.result(timeout=3)
    assert (answer.status, answer.json["code"]) == (409, "start_stopped")
    assert_nothing_runs(project, server, before)


def test_stop_wins_over_a_pending_restart(project: Project) -> None:
    project.run("router.get('/', () => 'up')\nrouter.get('/spin', () => { while (true) {} })")
    assert project.get("/spin").status == 504
    until(lambda: "is restarted in" in project.until_logged("is restarted in"))
    assert project.stop()["status"] == "stopped"
    time.sleep(1.5)
    assert (project.status()["status"], project.status()["instances"]) == ("stopped", [])
    assert project.get("/").status == 503


def test_stops_and_restarts_at_once_end_in_one_state(project: Project, server: LiveServer) -> None:
    before = len(server.pids().get("runner", []))
    project.run(UP)
    answers = at_once(*[lambda: project.send("POST", "/restart")] * 3, *[lambda: project.send("POST", "/stop")] * 3)
    assert [answer.status for answer in answers[3:]] == [200] * 3
    assert {answer.status for answer in answers[:3]} <= {200, 409}
    status = project.status()
    assert status["status"] == project.ask("GET")["status"]
    if status["status"] == "stopped":
        assert_nothing_runs(project, server, before)
    else:
        assert (status["status"], len(status["instances"])) == ("running", 1)
        until(lambda: project.get("/").text == "up")  # fronts ask four times a second


def test_a_stop_wins_over_a_restart_that_is_under_way(project: Project, server: LiveServer) -> None:
    before = len(server.pids().get("runner", []))
    project.run("service.shutdown(() => utils.sleepAsync(1000))\n" + UP)
    with ThreadPoolExecutor() as pool:
        restarting = pool.submit(project.send, "POST", "/restart")
        until(lambda: project.status()["status"] == "stopping")
        assert project.stop()["status"] == "stopped"
        answer = restarting.result(timeout=5)
    assert (answer.status, answer.json["code"]) == (409, "start_stopped")
    assert_nothing_runs(project, server, before)


def test_a_slow_shutdown_is_cut_short(project: Project) -> None:
    project.run("service.shutdown(() => new Promise(() => {}))")
    began = time.monotonic()
    assert project.stop()["status"] == "stopped"
    assert 1.5 < time.monotonic() - began < 5
    assert "service.shutdown" in project.until_logged("service.shutdown")
