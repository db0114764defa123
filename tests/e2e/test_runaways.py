"""Services that would take all there is: each ends by its limit, and its neighbours notice nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from m3m_core.testing import LiveServer, live_server

from .calls import Call, quiet
from .client import Admin, Project, sign_up, until
from .runaways import HEAP_FULL, OK, RUNAWAYS, Runaway, go

pytestmark = pytest.mark.slow

CONFIG = {
    "runtime": {"timeout": "1s", "shutdown_timeout": "1s", "memory_limit": "32MB", "log_limit": "512KB"},
    "jwt": {"expiration": "2h"},
}
LOG_LIMIT = 512 * 1024
LONGEST = 10.0
"""Seconds that a caller may wait for an answer, ten times the limit of a handler: the machine may be busy."""


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server(CONFIG) as running:
        yield running


@pytest.fixture(scope="module")
def admin(server: LiveServer) -> Admin:
    return sign_up(server)


@pytest.fixture(scope="module")
def neighbour(admin: Admin) -> Project:
    made = Project(admin)
    made.run(OK)
    return made


def is_back(project: Project) -> bool:
    return project.get("/ok").status == 200


@pytest.mark.parametrize("runaway", RUNAWAYS.values(), ids=RUNAWAYS)
def test_it_ends_by_its_limit(project: Project, neighbour: Project, runaway: Runaway) -> None:
    project.run(OK + runaway.code)
    with quiet(neighbour):
        caller = Call(lambda: project.get("/go"))
        time.sleep(0.1)
        behind = [Call(lambda: project.get("/ok")) for _ in range(3)]
        assert caller.wait() in runaway.status
        assert {call.wait() for call in behind} <= {200, 500, 503, 504}
        assert max(call.seconds for call in (caller, *behind)) < LONGEST
        message = until(lambda: next((text for text in project.messages() if re.search(runaway.logged, text)), ""))
        assert len(message) < 100_000
        until(lambda: is_back(project))
    assert (project.status()["restarts"] == 0) == runaway.survives
    assert project.status()["status"] == "running"


def test_a_queue_longer_than_the_system_holds_is_answered_too(project: Project) -> None:
    project.run(OK + go("while (true) {}"))
    calls = [Call(lambda: project.get("/go"))]
    time.sleep(0.1)
    calls += [Call(lambda: project.get("/ok")) for _ in range(60)]
    assert {call.wait() for call in calls} <= {200, 503, 504}
    assert max(call.seconds for call in calls) < LONGEST
    until(lambda: is_back(project))


@pytest.mark.parametrize(
    ("code", "logged"),
    [
        ("while (true) {}", "top level of main.js: stopped after"),
        ("service.boot(() => { while (true) {} })", "service.boot: stopped after"),
        ("service.start(() => { while (true) {} })", "service.start: stopped after"),
        ("service.start(() => new Promise(() => {}))", "service.start: the promise did not settle within 1 s"),
        ("const kept = []; while (true) kept.push({})", HEAP_FULL),
        ("(function f() { f() })()", "(?i)stack"),
    ],
)
def test_what_runs_away_at_the_start_does_not_start(
    project: Project, neighbour: Project, code: str, logged: str
) -> None:
    version = project.publish(OK + code)
    with quiet(neighbour):
        answer = project.start(version=version)
    assert (answer.status, answer.json["code"]) == (422, "start_failed")
    assert re.search(logged, answer.json["error"])
    assert any(re.search(logged, message) for message in project.messages())
    assert project.status()["instances"] == []
    assert project.ask("GET")["status"] == "stopped"
    project.run(OK)
    assert is_back(project)


def test_a_shutdown_that_loops_ends_within_its_limit(project: Project, neighbour: Project) -> None:
    project.run(OK + "service.shutdown(() => { while (true) {} })")
    began = time.monotonic()
    with quiet(neighbour):
        assert project.stop()["status"] == "stopped"
    assert time.monotonic() - began < LONGEST
    assert any("service.shutdown: stopped after 1" in message for message in project.messages())


def test_ten_thousand_timers_are_allowed_and_others_get_their_turn(project: Project) -> None:
    project.run(
        OK + "let fired = 0; const ids = [];"
        "router.get('/go', () => { for (let i = 0; i < 10000; i++) ids.push(setInterval(() => fired++, 1)) });"
        "router.get('/fired', () => fired);"
        "router.get('/clear', () => { ids.forEach(clearInterval); setTimeout(() => {}, 1) })"
    )
    assert project.get("/go").status == 204
    until(lambda: project.get("/fired").json > 10_000)
    assert project.get("/clear").status == 204
    assert project.status()["restarts"] == 0
    assert is_back(project)


@pytest.mark.parametrize(
    "busy",
    [
        "(function again() { setTimeout(again, 0) })()",
        "(function again() { delayed.run(again) })()",
        "(async () => { while (true) await utils.sleepAsync(0) })()",
        "for (let i = 0; i < 1000; i++) setInterval(() => JSON.stringify(Object.keys(globalThis)), 1)",
    ],
)
def test_who_is_always_busy_still_takes_requests(project: Project, busy: str) -> None:
    project.run(OK + busy)
    calls = [Call(lambda: project.get("/ok")) for _ in range(5)]
    assert [call.wait() for call in calls] == [200] * 5
    assert max(call.seconds for call in calls) < 2
    assert project.stop()["status"] == "stopped"
    assert project.status()["restarts"] == 0


def test_the_error_of_one_timer_too_many_has_a_code(project: Project) -> None:
    project.run(
        OK + "router.get('/go', () => { try { while (true) setTimeout(() => {}, 1e6) } "
        "catch (error) { return [error.name, error.code] } })"
    )
    assert project.get("/go").json == ["RangeError", "too_many_timers"]


def test_a_flood_stays_within_its_limit_and_says_what_was_dropped(
    project: Project, neighbour: Project, server: LiveServer
) -> None:
    project.run(OK + "let n = 0; router.get('/go', () => { while (true) logger.info('flood', n++, 'x'.repeat(200)) })")
    folder = server.folder / "logs" / project.made["id"]
    biggest = 0
    with quiet(neighbour):
        caller = Call(lambda: project.get("/go"))
        while caller.status == -1:
            biggest = max(biggest, size_of(folder))
            time.sleep(0.01)
    assert caller.wait() == 504
    assert LOG_LIMIT // 2 < biggest <= LOG_LIMIT
    texts = project.messages()
    assert any("older lines were dropped: the log of a run holds at most 512 KB" in text for text in texts)
    numbers = [int(text.split()[1]) for text in texts if text.startswith("flood")]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))  # to the last line before the end
    last = next(position for position, text in enumerate(texts) if ": stopped after" in text)
    assert texts[last - 1] == f"flood {numbers[-1]} {'x' * 200}"
    assert not any(text.startswith("flood") for text in texts[last:])
    until(lambda: is_back(project))


def size_of(folder: Path) -> int:
    total = 0
    for path in folder.glob("*.log*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue  # it was just moved
    return total


def test_the_last_words_before_a_crash_are_in_the_log(project: Project) -> None:
    project.run(OK + go("logger.info('one'); logger.warn('two'); const kept = []; while (true) kept.push({})"))
    assert project.get("/go").status == 500
    until(lambda: any(re.search(HEAP_FULL, text) for text in project.messages()))
    assert [text for text in project.messages() if text in ("one", "two") or "heap" in text][:2] == ["one", "two"]


POLLUTED = (
    "Object.prototype.s = 500; Object.prototype.toJSON = () => 'polluted';"
    "Object.prototype.get = Object.prototype.set = () => { throw new Error('polluted') };"
    "Array.prototype.push = Map.prototype.get = String.prototype.slice = () => { throw new Error('polluted') };"
    "JSON.stringify = JSON.parse = Promise.prototype.then = () => { throw new Error('polluted') };"
)
LOOPING = "Object.defineProperty(Object.prototype, 'then', { get() { while (true) {} } });"


def test_polluted_prototypes_stay_in_their_service(project: Project, neighbour: Project) -> None:
    project.run(OK + POLLUTED + LOOPING)
    with quiet(neighbour):
        assert {Call(lambda: project.get("/ok")).wait() for _ in range(3)} == {500}
    assert re.search(r"GET /ok, request \S+: Error: polluted\n    at main\.js:2:", project.until_logged("polluted"))
    assert (project.status()["status"], project.status()["restarts"]) == ("running", 0)
    project.stop()
    project.run(OK)
    assert is_back(project)


def test_a_service_whose_prototypes_loop_is_well_again_by_itself(project: Project, neighbour: Project) -> None:
    project.run(OK + go(f"{POLLUTED}{LOOPING} return {{}}"))
    with quiet(neighbour):
        assert project.get("/go").status == 504
        until(lambda: is_back(project))
    assert project.until_logged(": stopped after 1").startswith("GET /go, request ")
    assert (project.status()["status"], project.status()["restarts"]) == ("running", 1)
