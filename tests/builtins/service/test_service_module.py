"""`service`: its phases in order, and what it says of the run."""

from __future__ import annotations

import pytest

from m3m_core import ScriptError
from m3m_core.testing import run_js

MODULES = ["service", "utils"]


def test_phases_run_in_order_and_one_after_the_other() -> None:
    code = """
        globalThis.order = ["top"]
        service.start(async () => { await utils.sleepAsync(5); order.push("start 1") })
        service.boot(async () => { await utils.sleepAsync(5); order.push("boot 1") })
        service.boot(() => order.push("boot 2"))
        service.start(() => order.push("start 2"))
        service.shutdown(() => order.push("shutdown 1"))
        service.shotdown(async () => { await null; order.push("shutdown 2") })
    """
    with run_js(MODULES, code) as js:
        js.engine.entry("shutdown")
        assert js.value("order") == ["top", "boot 1", "boot 2", "start 1", "start 2", "shutdown 1", "shutdown 2"]


def test_an_error_ends_its_phase() -> None:
    code = (
        "globalThis.ran = 0\nservice.shutdown(async () => { throw new Error('no') })\nservice.shutdown(() => { ran++ })"
    )
    with run_js(MODULES, code) as js:
        with pytest.raises(ScriptError, match="no") as raised:
            js.engine.entry("shutdown")
        assert (raised.value.line, js.value("ran")) == (2, 0)


def test_only_functions() -> None:
    with run_js(MODULES) as js, pytest.raises(ScriptError, match=r"service\.boot wants a function"):
        js.run("service.boot('soon')")


def test_info() -> None:
    with run_js(MODULES, instance=2) as js:
        told = js.value("service.info()")
        assert told == {"slug": "test", "version": "1.0", "runId": js.spec.run_id, "instance": 2}
        assert js.value("service === $service")


def test_a_service_without_any_code_starts() -> None:
    with run_js(MODULES, "") as js:
        assert js.engine.entry("shutdown") is None


def test_a_phase_that_is_over_takes_no_functions() -> None:
    """It would never run, and nobody would know why."""
    code = "service.boot(() => service.boot(() => service.start(() => logger.info('all three'))))"
    with run_js(["service", "logger"], code) as js:
        assert js.texts() == ["all three"]
        for phase in ("boot", "start"):
            with pytest.raises(ScriptError, match=rf"service\.{phase} comes too late") as caught:
                js.run(f"service.{phase}(() => {{}})")
            assert caught.value.code == "too_late"
        js.run("service.shutdown(() => {})")
    with run_js(["service"]) as js, pytest.raises(ScriptError, match=r"service\.start comes too late"):
        js.run("service.start(() => {})")
