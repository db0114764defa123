"""Which errors of a start are the code's own: they would come again, and a crashed instance is not restarted."""

from __future__ import annotations

import gevent
import pytest
from mongoengine.connection import ConnectionFailure
from pymongo.errors import ExecutionTimeout, ServerSelectionTimeoutError

from m3m_core import Invalid, JSModule, ScriptError, Timeout, TooMany, Unavailable, waits
from m3m_core.runtime.errortexts import is_final
from m3m_core.testing import plugin, run_js

FAILURES = {
    "database": ServerSelectionTimeoutError(),
    "first use of the database": ConnectionFailure("Cannot connect to database default"),
    "full": TooMany("full"),
    "disk": OSError(5, "input/output error"),
    "bug": RuntimeError("ours"),
    "net": Unavailable("refused", code="connect_failed"),
    "slow": Timeout("slow"),
    "slow query": ExecutionTimeout("operation exceeded time limit", 50),
    "wrong": Invalid("wrong"),
}


class Failing:
    @waits
    def fail(self, how: str) -> None:
        gevent.sleep(0)
        raise FAILURES[how]


@pytest.mark.parametrize(
    ("code", "final"),
    [
        *((f"failing.fail('{how}')", how == "wrong") for how in FAILURES),
        *((f"service.boot(() => failing.failAsync('{how}'))", how == "wrong") for how in FAILURES),
        *((f"service.start(async () => {{ await failing.failAsync('{how}') }})", how == "wrong") for how in FAILURES),
        ("try { failing.fail('net') } catch (cause) { throw new Error('no orders', { cause }) }", False),
        ("try { failing.fail('wrong') } catch (cause) { throw new Error('no orders', { cause }) }", True),
        ("service.start(() => new Promise(() => {}))", False),
        ("service.start(() => fetch('http://127.0.0.1:1'))", False),
        ("service.start(async () => { await fetch('http://127.0.0.1:1', { signal: AbortSignal.abort() }) })", True),
        ("http.get('http://127.0.0.1:1')", False),
        ("http.get('nowhere')", True),
        ("throw new Error('mine')", True),
        ("throw null", False),
        ("undefinedThing()", True),
        ("const a = = 1", True),
    ],
)
def test_what_passes_by_itself_is_not_final(code: str, final: bool) -> None:
    failing = plugin("failing", m3m_js_modules=lambda: [JSModule("failing", Failing())])
    with pytest.raises(ScriptError) as caught, run_js([failing, "service", "http", "webapi"], code, timeout=1):
        pass
    assert is_final(caught.value) is final, caught.value.message


def test_a_query_that_the_database_breaks_off_is_told_as_that() -> None:
    failing = plugin("failing", m3m_js_modules=lambda: [JSModule("failing", Failing())])
    with run_js([failing], "") as run:
        told = run.value(
            "(() => { try { failing.fail('slow query') } catch (e) { return [e.name, e.code, e.message] } })()"
        )
    assert told == ["Timeout", "query_timeout", "the query took too long"]
