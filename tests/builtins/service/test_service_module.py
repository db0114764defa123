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


@pytest.mark.parametrize("phase", ["boot", "start"])
def test_an_error_ends_its_phase(phase: str) -> None:
    code = f"""service.{phase}(async () => {{ throw new Error("one") }})
        service.{phase}(() => {{ logger.info("never") }})"""
    with pytest.raises(ScriptError, match="one") as raised, run_js([*MODULES, "logger"], code):
        pass
    assert raised.value.line == 1


def test_each_function_of_shutdown_has_its_turn() -> None:
    code = """globalThis.ran = []
        service.shutdown(() => { throw new Error("one") })
        service.shutdown(async () => { await null; ran.push(1); throw new Error("two") })
        service.shutdown(() => ran.push(2))"""
    with run_js(MODULES, code) as js:
        js.engine.entry("shutdown")
        assert js.value("ran") == [1, 2]
        one, two = js.texts("error")
        assert one.startswith("service.shutdown: Error: one\n    at main.js:2:")
        assert two.startswith("service.shutdown: Error: two\n    at main.js:3:")


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
