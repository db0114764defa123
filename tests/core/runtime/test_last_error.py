"""The last error of a status: of a start, of a death, or else of the code while it runs."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from played import NO_GAINS, Play
from supervised import Bench, kill, until

from m3m_core import RunSpec, ScriptError
from m3m_core.runtime import errortexts
from m3m_core.runtime.figures import describe
from m3m_core.runtime.newest import NewestFailure

CODE = """
function broken(text) {
  throw new TypeError(text)
}
router.get('/', () => 'hello')
router.get('/users/:id', (ctx) => broken(ctx.params.id))
router.get('/later', async () => { await null; broken('later') })
router.get('/job', () => { schedule.delay(1, () => broken('job'), { name: 'tidy' }); return 1 })
router.get('/delayed', () => { delayed.run(() => broken('delayed')); return 1 })
router.get('/timer', () => { setTimeout(() => broken('timer'), 1); return 1 })
router.get('/rejected', () => { Promise.reject(new TypeError('rejected')); return 1 })
router.get('/told', () => { throw router.error(503, 'not now') })
router.get('/long', () => broken('x'.repeat(1e6)))
router.get('/value', () => { throw 'just a text' })
"""


def last_error(made: Bench, project: str) -> dict[str, Any] | None:
    error: dict[str, Any] | None = made.runs.status(project)["last_error"]
    return error


@pytest.fixture
def service(shared: Bench) -> Iterator[RunSpec]:
    spec = shared.start(CODE)
    yield spec
    shared.runs.stop(spec.project_id)


@pytest.mark.parametrize(
    ("path", "where", "text", "line"),
    [
        ("/users/7", "GET /users/:id, request ", "7", 3),
        ("/later", "GET /later, request ", "later", 3),
        ("/job", "schedule tidy", "job", 3),
        ("/delayed", "delayed.run", "delayed", 3),
        ("/timer", "timer", "timer", 3),
        ("/rejected", "unhandled rejection", "rejected", 11),
    ],
)
def test_the_newest_failure_of_the_code(
    shared: Bench, service: RunSpec, path: str, where: str, text: str, line: int
) -> None:
    assert last_error(shared, service.project_id) is None
    shared.get(service, "/long")
    shared.get(service, path)
    wanted = f"TypeError: {text}"
    error = until(lambda: (found := last_error(shared, service.project_id)) and found["message"] == wanted and found)
    assert error["where"].startswith(where)
    assert (error["file"], error["line"]) == ("main.js", line)
    assert f"main.js:{line}:{error['column']}" in error["stack"]
    assert shared.runs.status(service.project_id)["started_at"] <= error["at"]
    assert last_error(shared, service.project_id) == error  # told once, kept until a newer one comes


def test_what_a_service_answers_on_purpose_is_no_failure(shared: Bench, service: RunSpec) -> None:
    assert [shared.get(service, path)[0] for path in ("/", "/told", "/none")] == [200, 503, 404]
    assert last_error(shared, service.project_id) is None


def test_however_long_it_is_it_stays_small(shared: Bench, service: RunSpec) -> None:
    shared.get(service, "/long")
    error = until(lambda: last_error(shared, service.project_id))
    assert error["message"].startswith("TypeError: xxx")
    assert len(error["message"]) < errortexts.LONGEST_MESSAGE + 50


def test_all_parts_are_cut_and_told_once() -> None:
    newest = NewestFailure(memory_limit=2**25)
    newest.keep("older", ScriptError("older"))
    newest.keep("w" * 10**5, ScriptError("m" * 10**5, stack="s" * 10**5))
    told = newest.take()
    assert told is not None
    assert (told["where"][0], told["message"][:8], told["stack"][0]) == ("w", "Error: m", "s")
    assert len(orjson.dumps(told)) < 25_000
    assert newest.take() is None


def test_one_without_a_place(shared: Bench, service: RunSpec) -> None:
    shared.get(service, "/value")
    error = until(lambda: last_error(shared, service.project_id))
    assert (error["message"], error["line"]) == ("a value that is not an Error was thrown: just a text", 0)


def test_it_is_gone_with_its_run(shared: Bench) -> None:
    spec = shared.start(CODE)
    shared.get(spec, "/users/7")
    until(lambda: last_error(shared, spec.project_id))
    shared.runs.stop(spec.project_id)
    assert last_error(shared, spec.project_id) is None
    shared.runs.start(spec)
    assert last_error(shared, spec.project_id) is None
    shared.runs.stop(spec.project_id)


def test_a_death_is_shown_until_the_code_fails_again(shared: Bench, service: RunSpec) -> None:
    shared.get(service, "/users/7")
    (pid,) = shared.pids(service)
    kill(pid, signal.SIGKILL)
    until(lambda: shared.pids(service) not in ([], [pid]))
    until(lambda: shared.runs.status(service.project_id)["instances"][0]["state"] == "running")
    error = last_error(shared, service.project_id)
    assert error is not None
    assert error["message"] == "the process was killed by SIGKILL"
    shared.get(service, "/users/8")
    until(lambda: (last_error(shared, service.project_id) or {})["message"] == "TypeError: 8")


FIRST, SECOND, THIRD = (f"2026-01-01T00:00:0{second}.000Z" for second in range(3))


@pytest.mark.parametrize(
    ("death", "failures", "shown"),
    [
        (None, [None], None),
        (None, [FIRST, None, THIRD, SECOND], THIRD),
        (FIRST, [None], "death"),
        (FIRST, [], "death"),
        (FIRST, [SECOND, THIRD], THIRD),
        (SECOND, [FIRST, THIRD], THIRD),
        (THIRD, [FIRST, SECOND], "death"),
        (SECOND, [SECOND], "death"),
    ],
)
def test_the_newest_by_time(
    play: Callable[..., Play], death: str | None, failures: list[str | None], shown: str | None
) -> None:
    made = play(instances=max(len(failures), 1)).started()
    for process, at in zip(made.spawner.processes, failures, strict=False):
        figures = {"lag_ms": 0.0, "heap_bytes": 0, "gains": NO_GAINS, "reports": {}}
        process.say("sample", sample=figures | {"failure": at and {"message": at, "at": at}})
        process.say("sample", sample=figures | {"failure": None})  # told once
    made.run.error = death and {"message": "death", "at": death}
    told = describe(made.run)["last_error"]
    assert (told and told["message"]) == shown
