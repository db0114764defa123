"""Where processes come from: zygotes that die, that hang, that grow old."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from supervised import Bench, bench, kill, lives, log_of, until

from m3m_core.runtime import spawner

SERVICE = "let hits = 0; router.get('/', () => ++hits)"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("spawner")) as made:
        yield made


def parent(pid: int) -> int:
    found = psutil.Process(pid).parent()
    assert found is not None
    return found.pid


def test_runners_come_from_one_zygote_and_answer(own: Bench) -> None:
    specs = [own.start(SERVICE) for _ in range(3)]
    assert {parent(pid) for spec in specs for pid in own.pids(spec)} == {own.zygote()}
    assert [own.get(spec) for spec in specs] == [(200, "1")] * 3
    for spec in specs:
        own.runs.stop(spec.project_id)


def test_when_the_zygote_is_killed_its_runners_go_with_it_and_come_back(own: Bench) -> None:
    spec = own.start(SERVICE, instances=3)
    before = own.pids(spec)
    for _ in range(2):
        zygote = own.zygote()
        known = own.pids(spec)
        kill(zygote)
        until(lambda known=known: len(set(own.pids(spec)) - set(known)) == 3)  # type: ignore[misc]
        until(lambda: {one["state"] for one in own.runs.status(spec.project_id)["instances"]} == {"running"})
    assert [pid for pid in before if lives(pid)] == []
    assert own.get(spec, instance=2) == (200, "1")
    assert own.runs.status(spec.project_id)["status"] == "running"
    assert "the process ended together with the one that made it" in log_of(spec)
    own.runs.stop(spec.project_id)


def test_a_start_just_after_the_zygote_was_killed_is_made_by_the_next_one(own: Bench) -> None:
    own.runs.stop(own.start(SERVICE).project_id)
    zygote = own.zygote()
    kill(zygote)
    spec = own.start(SERVICE)
    assert own.get(spec) == (200, "1")
    own.runs.stop(spec.project_id)


def test_a_zygote_that_hangs_is_given_up_and_its_runners_go_on(own: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    old = own.start(SERVICE)
    zygote = own.zygote()
    kill(zygote, signal.SIGSTOP)
    monkeypatch.setattr(spawner, "SPAWN_TIMEOUT", 0.5)  # the fresh one has longer, until it has imported everything
    new = own.start(SERVICE)
    assert (own.get(old), own.get(new)) == ((200, "1"), (200, "1"))
    kill(zygote, signal.SIGCONT)
    for spec in (old, new):
        own.runs.stop(spec.project_id)
    until(lambda: not lives(zygote))


def test_a_renewed_zygote_makes_new_runs_and_the_old_one_stays_for_its_own(own: Bench) -> None:
    old = own.start(SERVICE)
    zygote = own.zygote()
    own.runs.reload()
    new = own.start(SERVICE)
    assert (parent(own.pids(old)[0]), parent(own.pids(new)[0]) == zygote) == (zygote, False)
    assert own.get(old) == (200, "1")
    own.runs.stop(old.project_id)
    until(lambda: not lives(zygote))
    assert own.get(new) == (200, "1")
    own.runs.stop(new.project_id)


def test_a_runner_of_a_retired_zygote_that_crashes_comes_back_from_the_new_one(own: Bench) -> None:
    spec = own.start(SERVICE)
    old = own.zygote()
    own.runs.reload()
    kill(own.pids(spec)[0])
    until(lambda: not lives(old))
    until(lambda: own.runs.status(spec.project_id)["instances"][0]["state"] == "running")
    assert parent(own.pids(spec)[0]) != old
    own.runs.stop(spec.project_id)


def test_a_zygote_without_runners_ends_when_it_is_renewed(own: Bench) -> None:
    own.runs.reload()
    idle = own.zygote()
    own.runs.reload()
    until(lambda: not lives(idle))


def test_a_plugin_that_changed_is_in_new_runs_only(tmp_path: Path) -> None:
    plugin = """
from m3m_core import *
manifest = Manifest("number", "1.0", "A number")
class Number:
    def get(self): return NUMBER
@hookimpl
def m3m_js_modules(run): return [JSModule("number", Number())]
"""
    file = tmp_path / "plugins" / "number.py"
    file.parent.mkdir()
    file.write_text(plugin.replace("NUMBER", "1"))
    service = "router.get('/', () => number.get())"
    with bench(tmp_path) as own:
        old = own.start(service)
        file.write_text(plugin.replace("NUMBER", "12"))
        own.runs.reload()
        new = own.start(service)
        assert (own.get(old), own.get(new)) == ((200, "1"), (200, "12"))


TWICE = """
from m3m_core import *
manifest = Manifest("number", "1.0", "A number")
class Health:
    def on_get(self, req, resp): ...
@hookimpl
def m3m_js_modules(run): return [JSModule("number")]
@hookimpl
def m3m_routes(): return [Route("PATH", Health(), {"GET": Operation("public")})]
"""


def test_runs_do_without_a_plugin_that_fails_where_there_is_http(tmp_path: Path) -> None:
    file = tmp_path / "plugins" / "number.py"
    file.parent.mkdir()
    file.write_text(TWICE.replace("PATH", "/api/numbers"))
    service = "router.get('/', () => typeof number)"
    with bench(tmp_path) as own:
        before = own.start(service)
        own.runs.leave_off({"number": "GET /api/numbers is taken"})
        told = own.start(service)
        own.runs.reload()
        fixed = own.start(service)
        (file.parent / "another.py").write_text(TWICE.replace("number", "another").replace("PATH", "/api/numbers"))
        own.runs.reload()
        broken = own.start(service)
        assert [own.get(spec) for spec in (before, told, fixed, broken)] == [
            (200, "object"),
            (200, "undefined"),
            (200, "object"),
            (200, "undefined"),
        ]
