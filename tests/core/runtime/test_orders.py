"""A runner obeys its supervisor, whatever its code makes of itself and whatever one order comes to."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any, cast

import gevent
import pytest
from supervised import Bench, log_of, until

from m3m_core.runtime.runner import Runner

FORGED = """
service.shutdown(() => logger.info("closing"))
router.get("/", () => "hello")
router.get("/:digits", (ctx) => {
  const error = new Error("forged")
  error.stack = `    at f (main.js:${"9".repeat(+ctx.params.digits)}:1)\\n`
  throw error
})
"""


@pytest.mark.parametrize("digits", [18, 20, 4000, 5000])
def test_a_forged_stack_changes_nothing(shared: Bench, digits: int) -> None:
    spec = shared.start(FORGED)
    assert shared.get(spec, f"/{digits}")[0] == 500
    error = until(lambda: shared.runs.status(spec.project_id)["last_error"])
    assert (error["message"], error["line"]) == ("Error: forged", 0)
    assert shared.get(spec) == (200, "hello")
    until(lambda: shared.runs.status(spec.project_id)["requests"] == 2)
    with gevent.Timeout(5):
        next(iter(shared.runs._runs[spec.project_id].instances.values())).notify("tea")
    shared.runs.stop(spec.project_id)
    assert "closing" in log_of(spec)


def test_an_order_that_fails_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    obeyed: list[str] = []

    def obey(message: dict[str, Any]) -> None:
        obeyed.append(message["op"])
        if message["op"] == "sample":
            raise TypeError("a figure that is none")

    runner = SimpleNamespace(_orders=iter([{"op": "sample"}, {"op": "stop"}]), _obey=obey, _is_stopping=True)
    with caplog.at_level(logging.ERROR):
        Runner._listen_to_supervisor(cast(Runner, runner))
    assert obeyed == ["sample", "stop"]
    assert "order sample failed" in caplog.text
