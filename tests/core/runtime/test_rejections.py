"""Promises that are rejected while nobody handles them: one line of the log each, in the user's own file and line."""

from __future__ import annotations

import pytest

from m3m_core.testing import run_js

FAIL = "async function fail(text) {\n  throw new Error(text)\n}\n"


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("fail('one')", ["Error: one\n    at fail (main.js:2:"]),
        ("Promise.reject(new TypeError('two'))", ["TypeError: two\n    at main.js:4:"]),
        ("Promise.reject(5)", ["a value that is not an Error was thrown: 5"]),
        ("fail('a'); fail('b')", ["Error: a", "Error: b"]),
        ("fail('x').catch(() => {})", []),
        ("fail('x').then(() => 1, () => 2)", []),
        ("fail('x').then(() => 1)", ["Error: x"]),
        ("fail('x').finally(() => 1)", ["Error: x"]),
        ("(async () => { try { await fail('x') } catch {} })()", []),
        ("(async () => { await null; await null; await fail('x') })()", ["Error: x"]),
        ("const kept = fail('x'); Promise.resolve().then(() => kept.catch(() => {}))", []),
        ("Promise.all([fail('x'), fail('y')]).catch(() => {})", []),
        ("Promise.allSettled([fail('x')])", []),
        ("new Promise(() => { throw new Error('in') })", ["Error: in\n    at main.js:4:"]),
        ("import('./nope.js')", ['Error: there is no file "./nope.js"']),
        ("Promise.reject({ get stack() { throw 1 } })", ["a value that cannot be shown was thrown"]),
        ("Map.prototype.set = Map.prototype.forEach = Map.prototype.clear = null; fail('x')", ["Error: x"]),
    ],
)
def test_what_is_told(code: str, lines: list[str]) -> None:
    with run_js([], FAIL + code) as js:
        texts = js.texts("error")
        assert len(texts) == len(lines)
        for text, line in zip(texts, lines, strict=True):
            assert line in text
            assert text.startswith("unhandled rejection: ")


def test_a_host_call_that_nobody_awaits() -> None:
    with run_js(["utils"], "\nutils.sleepAsync(1).then(() => missing())") as js:
        js.until(lambda: js.texts("error"))
        assert "ReferenceError: missing is not defined\n    at main.js:2:" in js.texts("error")[0]


def test_a_flood_is_bounded() -> None:
    with run_js([], "for (let i = 0; i < 1000; i++) Promise.reject(i)") as js:
        texts = js.texts("error")
        assert len(texts) == 101
        assert texts[-1] == "unhandled rejection: 900 more at the same time"


def test_each_is_told_once() -> None:
    with run_js([], "globalThis.kept = Promise.reject(new Error('x'))") as js:
        assert len(js.texts("error")) == 1
        assert js.value("kept.catch(() => 'later')") == "later"
        assert js.value("kept.then(() => 1, () => 2)") == 2
        assert len(js.texts("error")) == 1
