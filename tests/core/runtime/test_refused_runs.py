"""Runs that may not be: under a slug that answers for another project, and those that a plugin objects to."""

from __future__ import annotations

from functools import partial

import gevent
import pytest
from supervised import Bench, attempt, kill, log_of, until

HELLO = "router.get('/', () => 'hello')"
SLOW = "service.start(async () => { await utils.sleepAsync(300) }); " + HELLO
SLOW_BOTH = "service.shutdown(async () => { await utils.sleepAsync(300) }); " + SLOW


def test_a_slug_answers_for_one_project_at_a_time(shared: Bench) -> None:
    """Fronts know services by their slugs alone."""
    spec = shared.spec(SLOW_BOTH, instances=2)
    rival = shared.spec("router.get('/', () => 'rival')", slug=spec.slug)
    operations = [partial(shared.runs.start, rival), partial(shared.runs.restart, rival)]

    def check_refused() -> None:
        assert [attempt(operation) for operation in operations] == ["slug_in_use"] * 2
        assert "answers as" in shared.runs.start_many([rival])[rival.project_id]

    starting = gevent.spawn(shared.runs.start, spec)
    until(lambda: shared.runs.status(spec.project_id)["status"] == "starting")
    check_refused()
    starting.get()
    kill(shared.pids(spec)[0])
    check_refused()
    until(lambda: shared.runs.status(spec.project_id)["restarts"])
    check_refused()
    stopping = gevent.spawn(shared.runs.stop, spec.project_id)
    until(lambda: shared.runs.status(spec.project_id)["status"] == "stopping")
    check_refused()
    stopping.get()
    shared.runs.start(rival)
    assert shared.get(rival) == (200, "rival")
    assert attempt(partial(shared.runs.start, spec)) == "slug_in_use"
    shared.runs.stop(rival.project_id)


@pytest.mark.parametrize("many", [False, True])
def test_a_run_that_may_not_be_is_stopped_before_it_takes_requests(
    shared: Bench, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    spec = shared.spec("service.start(() => logger.info('started')); " + HELLO)
    monkeypatch.setattr(shared, "objection", "its project is gone")
    if many:
        assert "stopped before" in shared.runs.start_many([spec])[spec.project_id]
    else:
        assert attempt(partial(shared.runs.start, spec)) == "start_stopped"
    assert shared.statuses(spec) == ["starting", "stopped"]
    assert "started" not in log_of(spec)


def test_a_run_is_stopped_as_soon_as_it_may_not_go_on(shared: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = shared.spec(SLOW)
    starting = gevent.spawn(shared.runs.start, spec)
    until(lambda: shared.statuses(spec) == ["starting"])
    monkeypatch.setattr(shared, "objection", "its project is gone")
    starting.get()
    until(lambda: shared.runs.status(spec.project_id)["status"] == "stopped")
