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
    ],
)
def test_mistakes(js: JSRun, expression: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(expression)
