"""Services that would take all there is: each ends by its limit, and its neighbours notice nothing."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

import pytest

from m3m_core.testing import LiveServer, live_server

from .client import Admin, Project, Reply, sign_up, until

CONFIG = {
    "runtime": {"timeout": "1s", "shutdown_timeout": "1s", "memory_limit": "32MB", "log_limit": "512KB"},
    "jwt": {"expiration": "2h"},
}
LOG_LIMIT = 512 * 1024
LONGEST = 10.0
"""Seconds that a caller may wait for an answer, ten times the limit of a handler: the machine may be busy."""

OK = "router.get('/ok', () => 'ok');\n"
HEAP_FULL = "out of memory.*: the JavaScript heap may hold 32 MB"


class Runaway(NamedTuple):
    """`code` runs away when `/go` is called; `logged` is a regular expression; `survives`: nothing is restarted."""

    code: str
    status: tuple[int, ...]
    logged: str
    survives: bool = False


def go(body: str) -> str:
    return f"router.get('/go', () => {{ {body} }})"


RUNAWAYS = {
    "endless loop in a handler": Runaway(
        go("while (true) {}"), (504,), r"GET /go: stopped after 1\.\d s, the limit is 1 s; the instance ends"
    ),
    "endless loop in a timer": Runaway(
        go("setTimeout(() => { while (true) {} }, 1); return 'soon'"),
        (200,),
        "timer: stopped after .* the limit is 1 s",
    ),
    "endless loop in a promise job": Runaway(
        go("Promise.resolve().then(() => { while (true) {} }); return 'soon'"), (504, 200), "stopped after .* the limit"
    ),
    "endless loop after an await": Runaway(
        "router.get('/go', async () => { await utils.sleepAsync(1); while (true) {} })", (503, 504), "stopped after"
    ),
    "endless loop in delayed work": Runaway(
        go("delayed.run(() => { while (true) {} }); return 'soon'"), (200,), r"delayed\.run: stopped after"
    ),
    "endless loop in a scheduled job": Runaway(
        go("schedule.delay(50, () => { while (true) {} }); return 'soon'"), (200,), "stopped after"
    ),
    "a host call that waits": Runaway(go("utils.sleep(60000)"), (504,), "GET /go: stopped after"),
    "catastrophic regular expression": Runaway(
        go(f"return /^(a+)+$/.test('{'a' * 40}!')"), (504,), "GET /go: stopped after"
    ),
    "unbounded recursion": Runaway(
        go("const f = (n) => f(n + 1) + 1; return f(0)"), (500,), "(stack|recursion)", survives=True
    ),
    "recursion through host calls": Runaway(
        go("const f = () => [1].map(() => JSON.stringify({ toJSON: f })); return f()"),
        (500,),
        "(stack|recursion)",
        True,
    ),
    "unbounded heap": Runaway(go("const kept = []; while (true) kept.push({ a: [1, 2, 3] })"), (500,), HEAP_FULL, True),
    "unbounded heap from call to call": Runaway(
        "const kept = []; router.get('/go', () => { for (let i = 0; i < 3e6; i++) kept.push({ i }) })",
        (500,),
        HEAP_FULL,
    ),
    "one huge string": Runaway(
        go("let text = 'xxxxxxxx'; while (true) text += text"), (500,), f"({HEAP_FULL}|string)", survives=True
    ),
    "typed arrays": Runaway(
        go("const kept = []; while (true) kept.push(new Uint8Array(1 << 20).fill(1))"), (500,), HEAP_FULL, survives=True
    ),
    "a heap that is full and a loop that goes on": Runaway(
        go("const kept = []; while (true) try { kept.push([1, 2, 3]) } catch {}"), (500, 503, 504), "the instance ends"
    ),
    "too many timers": Runaway(
        go("for (let i = 0; i < 10001; i++) setTimeout(() => {}, 1e6)"), (500,), "too many timers: at most 10000", True
    ),
    "a promise that never settles": Runaway(
        go("return new Promise(() => {})"), (504,), "GET /go: no answer within 1 s", survives=True
    ),
    "a thrown monster": Runaway(
        go("const e = new Error('x'.repeat(4e6)); e.name = 'y'.repeat(4e6); throw e"), (500,), "yyyy", survives=True
    ),
    "a getter that loops": Runaway(go("return { get a() { while (true) {} } }"), (504,), "GET /go: stopped after"),
}


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


class Call:
    """A request in a thread of its own. `status` is 0 when the connection was closed without an answer."""

    def __init__(self, ask: Callable[[], Reply]) -> None:
        self.status = -1
        self.seconds = 0.0
        self._ask = ask
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        began = time.monotonic()
        try:
            self.status = self._ask().status
        except (OSError, HTTPException):
            self.status = 0
        self.seconds = time.monotonic() - began

    def wait(self) -> int:
        self._thread.join(60)
        assert not self._thread.is_alive(), "the caller hangs"
        return self.status


@contextmanager
def quiet(neighbour: Project) -> Iterator[None]:
    """The neighbour answers all the time."""
    ended = threading.Event()
    answers: list[tuple[int, float]] = []

    def ask() -> None:
        while not answers or not ended.wait(0.05):
            call = Call(lambda: neighbour.get("/ok"))
            answers.append((call.wait(), call.seconds))

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert answers
    assert {status for status, _ in answers} == {200}
    assert max(seconds for _, seconds in answers) < 2


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
    last = next(position for position, text in enumerate(texts) if "GET /go: stopped after" in text)
    assert texts[last - 1].startswith(f"flood {numbers[-1]} ")
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


def test_polluted_prototypes_stay_in_their_service(project: Project, neighbour: Project) -> None:
    project.run(
        OK + "Object.prototype.s = 500; Object.prototype.toJSON = () => 'polluted';"
        "Object.prototype.get = Object.prototype.set = () => { throw new Error('polluted') };"
        "Object.defineProperty(Object.prototype, 'then', { get() { while (true) {} } });"
        "Array.prototype.push = Map.prototype.get = String.prototype.slice = () => { throw new Error('polluted') };"
        "JSON.stringify = JSON.parse = Promise.prototype.then = () => { throw new Error('polluted') };"
    )
    with quiet(neighbour):
        answers = [Call(lambda: project.get("/ok")) for _ in range(3)]
        assert {call.wait() for call in answers} <= {200, 500, 503, 504}
        assert max(call.seconds for call in answers) < LONGEST
    assert project.status()["status"] in ("running", "crashed")
    assert project.stop()["status"] in ("stopped", "crashed")
    project.run(OK)
    assert is_back(project)
