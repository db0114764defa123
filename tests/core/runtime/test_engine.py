"""The door into JavaScript: values and errors that cross, promises, order, and what a service may do to its globals."""

from __future__ import annotations

import time
from collections.abc import Iterator

import gevent
import pytest

from m3m_core import JSModule, ScriptError, waits
from m3m_core.runtime.engine import Engine
from m3m_core.testing import JSRun, plugin, run_js


class Host:
    """A module with everything that can happen on the other side."""

    def __init__(self) -> None:
        self.run: JSRun | None = None

    def echo(self, value: object) -> object:
        return value

    @waits
    def slow(self, seconds: float, value: object) -> object:
        gevent.sleep(seconds)
        return value

    def call_back(self, number: int) -> object:
        assert self.run is not None
        return self.run.call(number, label="back")

    def kill(self) -> None:
        raise gevent.GreenletExit


HOST = Host()
SCRIPT = "(host, m3m) => ({ ...host, register: (fn) => m3m.callback(fn), entry: m3m.entry, cancel: m3m.release })"


def modules(run: JSRun) -> list[JSModule]:
    HOST.run = run
    return [JSModule("it", HOST, SCRIPT)]


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js([plugin("it", m3m_js_modules=modules), "webapi", "utils"], timeout=1) as run:
        yield run


# ---- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("undefined", None),
        ("null", None),
        ("[1, 2.5, -0, 1e21, 2 ** 53]", [1, 2.5, 0, 1e21, 2**53]),
        ("NaN", None),
        ("'a\\u0000b'", "a\0b"),
        ("'\\ud800'", "�"),
        ("['x\\ud800y', '\\\\\\ud800', '\\\\\\\\ud800']", ["x�y", "\\�", "\\\\ud800"]),
        ("['🌍', '\\udbff\\ud801']", ["🌍", "��"]),
        ("({ 'k\\udfff': 1 })", {"k�": 1}),
        ("new Uint8Array([0, 255])", b"\x00\xff"),
        ("({ deep: [{ bytes: new Uint8Array([1]).buffer, view: new DataView(new ArrayBuffer(2), 1) }] })",
         {"deep": [{"bytes": b"\x01", "view": b"\x00"}]}),
        ("10n ** 30n", "1" + "0" * 30),
        ("new Date(0)", "1970-01-01T00:00:00.000Z"),
        ("({ toJSON: () => [1] })", [1]),
        ("() => 1", None),
        ("({ f() {}, a: undefined })", {}),
        ("new Map([[1, 2]])", {}),
        ("Promise.resolve(5)", 5),
        ("({ then(done) { done(7) } })", 7),
        ("'é'.repeat(1_000_000).length", 1_000_000),
    ],
)  # fmt: skip
def test_values(js: JSRun, expression: str, value: object) -> None:
    assert js.value(expression) == value
    if "Promise" not in expression and "then" not in expression:
        assert js.value(f"it.echo({expression})") == value


def test_bytes_come_back_as_bytes(js: JSRun) -> None:
    assert js.value("it.echo(new Uint8Array([1, 2])) instanceof Uint8Array")
    assert js.value("it.echo({ a: new Uint8Array([1, 2]) }).a[1]") == 2


def test_what_json_cannot_say(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="circular reference"):
        js.value("(() => { const a = {}; a.a = a; return a })()")
    waiting = "(() => { const a = {}; a.a = a; return it.slowAsync(a).catch((error) => error.message) })()"
    assert js.value(waiting) == "circular reference"  # a promise that is rejected, as that of any other failure


@pytest.mark.parametrize("depth", [1000, 3000, 200_000])
@pytest.mark.parametrize("call", ["echo(", "slowAsync(0, "])
def test_what_is_nested_too_deeply(js: JSRun, depth: int, call: str) -> None:
    nested = f"let a = []; for (let i = 0; i < {depth}; i++) a = [a];"
    with pytest.raises(ScriptError, match="nested too deeply") as raised:
        js.value(f"(async () => {{ {nested} return it.{call}a) }})()")
    assert (raised.value.name, raised.value.code) == ("TypeError", "invalid_arguments")


def test_host_errors_have_a_place_in_the_service(js: JSRun) -> None:
    with pytest.raises(ScriptError) as raised:
        js.run("\nit.echo(1, 2)")
    assert (raised.value.name, raised.value.code) == ("TypeError", "invalid_arguments")
    assert (raised.value.line, raised.value.message) == (2, "it.echo: too many positional arguments")
    with pytest.raises(ScriptError, match="the module failed"):
        js.run("it.kill()")
    assert js.value("1 + 1") == 2


# ---- globals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "const it = 5; if (it !== 5) throw new Error()",
        "let it = 5, $utils = 6; class URL {}; if ($it.echo(it) !== 5) throw new Error()",
        "var it = 5; if (it !== 5 || $it.echo(1) !== 1) throw new Error()",
        "function it() { return 5 }; if (it() !== 5) throw new Error()",
        "it = 5; if (it !== 5) throw new Error()",
        "delete globalThis.it; if (typeof it !== 'undefined') throw new Error()",
        "if (it !== it || $it !== it) throw new Error()",
        "for (const name in globalThis) if (name !== 'performance') throw new Error(name)",
        "for (const name of Object.getOwnPropertyNames(globalThis)) if (/__|host/.test(name)) throw new Error(name)",
    ],
)
def test_names_of_modules_are_not_reserved(js: JSRun, code: str) -> None:
    js.run(code)


# ---- promises and order ----------------------------------------------------------------------------------------------


def test_waiting_calls_let_others_in_and_holding_ones_do_not(js: JSRun) -> None:
    began = time.monotonic()
    assert js.value("Promise.all(Array.from({ length: 10 }, (_, i) => it.slowAsync(0.05, i)))") == list(range(10))
    assert time.monotonic() - began < 0.3
    held = gevent.spawn(js.value, "it.slow(0.1, 'held')")
    gevent.sleep(0.02)
    began = time.monotonic()
    assert js.value("1") == 1
    assert time.monotonic() - began > 0.05
    assert held.get() == "held"


def test_a_failed_waiting_call_rejects(js: JSRun) -> None:
    told = js.value("it.slowAsync().catch((error) => error.message)")
    assert told == "it.slow: missing a required argument: 'seconds'"


def test_a_promise_that_never_settles(js: JSRun) -> None:
    with pytest.raises(ScriptError, match=r"the promise did not settle within 1 s") as raised:
        js.value("new Promise(() => {})")
    assert raised.value.code == "timeout"


def test_a_busy_instance_turns_callers_away_but_keeps_timers_and_promises(js: JSRun) -> None:
    js.run("""
        globalThis.ran = []
        setTimeout(() => ran.push("timer"), 20)
        it.slowAsync(0.05, "promise").then((value) => ran.push(value))
    """)
    holder = gevent.spawn(js.value, "it.slow(1.2, 1)")
    gevent.sleep(0.01)
    with pytest.raises(ScriptError, match="the instance was busy for too long"):
        js.value("1")
    holder.join()
    js.until(lambda: js.value("ran.length") == 2)
    assert sorted(js.value("ran")) == ["promise", "timer"]


def test_a_host_function_must_not_call_back(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="the module failed"):
        js.run("it.callBack(it.register(() => 1))")
    assert js.value("1") == 1


def test_callbacks(js: JSRun) -> None:
    number = js.value("it.register(async (a, b) => { await null; return [a, b] })")
    assert js.call(number, 1, b"x", label="test") == [1, b"x"]
    failing = js.value("it.register(() => { throw new RangeError('no') })")
    with pytest.raises(ScriptError, match="no"):
        js.call(failing, label="test")
    js.value(f"it.cancel({number})")
    assert js.call(number, label="test") is None


@pytest.mark.parametrize("filled", range(0, 4000, 500))
def test_memory_runs_out(js: JSRun, filled: int) -> None:
    """Wherever in the engine it ends: at a value, at the error for it, or at the words of that."""
    js.run(f"globalThis.filling = 'x'.repeat({filled}) + Date.now()")
    with pytest.raises(ScriptError, match="out of memory"):
        js.value("(() => { globalThis.all = []; while (true) all.push(new Array(1000).fill(1.5)) })()")
    assert js.engine.exhausted
    assert ("error", "out of memory") in js.lines


def test_one_huge_wish_for_memory_is_an_ordinary_error(js: JSRun) -> None:
    with pytest.raises(ScriptError):
        js.value("new Uint8Array(500_000_000)")
    assert not js.engine.exhausted
    assert js.value("1") == 1


def test_without_a_router_there_is_no_route(js: JSRun) -> None:
    answer = js.request("GET", "/x")
    assert (answer.status, answer.json["code"]) == (404, "no_route")


def test_an_engine_alone() -> None:
    """What is running is known from outside, for whoever watches."""

    class Silent:
        def __getattr__(self, name: str) -> object:
            return lambda *_: None

    engine = Engine(memory_limit=16_000_000, timeout=1)
    engine.attach(Silent(), {})  # type: ignore[arg-type]
    assert (engine.entered, engine.memory() > 0) == (0.0, True)
    engine.evaluate("a.js", "globalThis.a = 1")
    assert engine.entry("nobody gave this one") is None
    assert engine.entered == 0.0
