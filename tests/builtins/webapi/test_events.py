"""Event, EventTarget, AbortController, AbortSignal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js(["webapi", "logger"], "globalThis.bus = new EventTarget(); globalThis.seen = []") as run:
        yield run


SEE = "const see = () => { seen.push(1) }, fire = (options) => bus.dispatchEvent(new Event('a', options))\n"
SEE += "const custom = (detail) => new CustomEvent('b', {detail})\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("bus.addEventListener('a', (e) => seen.push(e.type, e.target === bus)); fire()", ["a", True]),
        ("bus.addEventListener('a', see); bus.addEventListener('a', see); fire()", [1]),
        ("bus.addEventListener('a', see, {once: true}); fire(); fire()", [1]),
        ("bus.addEventListener('a', see); bus.removeEventListener('a', see); fire()", []),
        ("bus.addEventListener('a', {handleEvent(e) { seen.push(this === e.target, e.type) }}); fire()", [False, "a"]),
        ("bus.addEventListener('a', function () { seen.push(this === bus) }); fire()", [True]),
        ("bus.addEventListener('a', (e) => e.stopImmediatePropagation()); bus.addEventListener('a', see); fire()", []),
        (
            "bus.addEventListener('a', (e) => e.preventDefault()); seen.push(fire({cancelable: true}), fire())",
            [False, True],
        ),
        (
            "bus.addEventListener('b', (b) => seen.push(b.detail)); bus.dispatchEvent(custom(7))",
            [7],
        ),
        ("const c = new AbortController(); bus.addEventListener('a', see, c); c.abort(); fire()", []),
        ("bus.addEventListener('a', null); fire()", []),
        ("bus.addEventListener('a', (e) => e.stopPropagation()); bus.addEventListener('a', see); fire()", [1]),
        ("bus.addEventListener('a', (e) => seen.push(e.bubbles)); fire({bubbles: true}); fire()", [True, False]),
    ],
)
def test_listeners(js: JSRun, code: str, expected: list[Any]) -> None:
    js.run(SEE + code)
    assert js.value("seen") == expected


def test_a_listener_that_throws_does_not_stop_the_others(js: JSRun) -> None:
    js.run("bus.addEventListener('a', () => { throw new Error('bad') }); bus.addEventListener('a', () => seen.push(1))")
    js.run("bus.dispatchEvent(new Event('a'))")
    assert js.value("seen") == [1]
    assert js.texts("error")[0].startswith('listener of "a": Error: bad')


def test_abort(js: JSRun) -> None:
    js.run("""
      globalThis.controller = new AbortController()
      controller.signal.onabort = (event) => seen.push(event.type)
      controller.signal.addEventListener("abort", () => seen.push(controller.signal.reason.name))
      controller.abort(); controller.abort("again")
    """)
    assert js.value("seen") == ["abort", "AbortError"]
    assert js.value("controller.signal.aborted")
    with pytest.raises(ScriptError, match="This operation was aborted") as caught:
        js.value("controller.signal.throwIfAborted()")
    assert caught.value.name == "AbortError"


def test_signals_that_are_made_ready(js: JSRun) -> None:
    assert js.value("[AbortSignal.abort('why').reason, AbortSignal.abort().reason.name]") == ["why", "AbortError"]
    js.run("globalThis.late = AbortSignal.timeout(5); late.throwIfAborted()")
    js.until(lambda: js.value("late.aborted"))
    assert js.value("late.reason.name") == "TimeoutError"


@pytest.mark.parametrize(
    "make",
    [
        "AbortSignal.timeout(30000)",
        "AbortSignal.any([forEver.signal, AbortSignal.timeout(30000)])",
        "new Request('http://a.example', { signal: AbortSignal.timeout(30000) })",
        "(() => { const signal = AbortSignal.timeout(30000), fn = () => {}\n"
        "signal.addEventListener('abort', fn); signal.removeEventListener('abort', fn) })()",
    ],
)
def test_signals_that_nobody_holds_take_no_timer(js: JSRun, make: str) -> None:
    js.run("globalThis.forEver = new AbortController()")
    for _ in range(3):
        js.run(f"for (let i = 0; i < 9000; i++) {make}")  # of 10,000 timers
        js.run("")


@pytest.mark.parametrize(
    "code",
    [
        "AbortSignal.timeout(5).addEventListener('abort', (event) => seen.push(event.target.reason.name))",
        "AbortSignal.timeout(5).onabort = (event) => seen.push(event.target.reason.name)",
        "AbortSignal.any([AbortSignal.timeout(5)]).onabort = (event) => seen.push(event.target.reason.name)",
        "AbortSignal.any([AbortSignal.any([AbortSignal.timeout(5), new AbortController().signal])])"
        ".addEventListener('abort', (event) => seen.push(event.target.reason.name), { once: true })",
        "globalThis.kept = AbortSignal.any([AbortSignal.timeout(5)]); "
        "setTimeout(() => seen.push(kept.reason.name), 30)",
    ],
)
def test_signals_that_are_awaited_are_kept(js: JSRun, code: str) -> None:
    js.run(code)
    js.until(lambda: js.value("seen.length"))
    assert js.value("seen") == ["TimeoutError"]


def test_any_follows_the_first(js: JSRun) -> None:
    js.run(
        "globalThis.a = new AbortController(); globalThis.b = new AbortController(); "
        "globalThis.joined = AbortSignal.any([a.signal, b.signal])"
    )
    assert js.value("joined.aborted") is False
    assert js.value("(a.abort('first'), [joined.aborted, joined.reason])") == [True, "first"]
    assert js.value("AbortSignal.any([AbortSignal.abort('x')]).reason") == "x"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("new AbortSignal()", "make a signal with new AbortController"),
        ("bus.dispatchEvent({type: 'a'})", "dispatchEvent wants an Event"),
        ("new Event()", "Event wants a type"),
        ("AbortSignal.timeout()", "wants a number of milliseconds"),
        ("AbortSignal.timeout(-1)", "wants a number of milliseconds"),
    ],
)
def test_mistakes(js: JSRun, expression: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(expression)
