"""What is too much for the engine itself: an ordinary error with a code, and the instance lives on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js

DEEP = "let deep = []; for (let i = 0; i < 1e5; i++) deep = [deep];"
STACK = ["RangeError", "Maximum call stack size exceeded", "stack_overflow"]
PATTERN = ["SyntaxError", "stack overflow", "regexp_too_deep"]


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js([]) as run:
        yield run


def value(js: JSRun, code: str) -> object:
    """What the code, a function's body in the service's own file, returns."""
    js.run(f"globalThis.found = (() => {{ {code} }})()")
    return js.value("found")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("const f = () => f() + 1; f()", STACK),
        ("new (class A { constructor() { new A() } })()", STACK),
        ("({ get a() { return this.a } }).a", STACK),
        ("String({ toString() { return `${this}` } })", STACK),
        ("+{ valueOf() { return +this } }", STACK),
        ("const f = () => [2, 1].sort(f); f()", STACK),
        ("const f = () => 'x'.replace('x', f); f()", STACK),
        ("const f = () => JSON.stringify({ toJSON: f }); f()", STACK),
        ("const f = () => JSON.parse('[1]', f); f()", STACK),
        ("function* g() { yield* g() } [...g()]", STACK),
        ("let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x", STACK),
        ("const p = new Proxy({}, {}); Object.setPrototypeOf(p, p); p.x", STACK),
        ("let a = []; for (let i = 0; i < 3000; i++) a = [a]; String(a)", STACK),
        (f"{DEEP} String(deep)", STACK),
        (f"{DEEP} deep.flat(Infinity)", STACK),
        (f"{DEEP} JSON.stringify(deep)", STACK),
        ("JSON.parse('['.repeat(1e5) + ']'.repeat(1e5))", STACK),
        ("JSON.parse('{\"a\":'.repeat(1e5))", STACK),
        ("eval('('.repeat(1e5))", STACK),
        ("new Function('['.repeat(1e5))", STACK),
        ("new RegExp('(?:'.repeat(1e5) + ')'.repeat(1e5))", PATTERN),
        ("new RegExp('['.repeat(1e5) + ']'.repeat(1e5), 'v')", PATTERN),
        (
            "/^(?:a|b)*$/.test('ab'.repeat(1e6))",
            ["InternalError", "out of memory in regexp execution", "regexp_too_deep"],
        ),
    ],
)
def test_too_much_is_an_error_with_a_code(js: JSRun, code: str, expected: list[str]) -> None:
    seen = "[error instanceof Error, typeof error.stack, error.name, error.message, error.code]"
    assert value(js, f"try {{ {code} }} catch (error) {{ return {seen} }}") == [True, "string", *expected]
    assert js.value("1 + 1") == 2


def test_it_is_told_with_its_code_when_nobody_catches_it(js: JSRun) -> None:
    with pytest.raises(ScriptError) as raised:
        js.run("(function dig() { dig() })()")
    assert (raised.value.name, raised.value.code) == ("RangeError", "stack_overflow")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("return new RangeError('x').code", None),
        ("const e = new RangeError('x'); e.code = 'mine'; return [e.code, Object.keys(e)]", ["mine", ["code"]]),
        ("class Mine extends RangeError { code = 'own' } return new Mine().code", "own"),
        ("return Object.assign(new RangeError('x'), { code: 'given' }).code", "given"),
        ("const s = new RangeError('x'); s.stack = 'mine'; return s.stack", "mine"),
        ("return 'stack' in Object.create(Error.prototype)", True),
        ("return Object.create(Error.prototype).stack", None),
    ],
)
def test_errors_of_a_service_keep_what_it_gives_them(js: JSRun, code: str, expected: object) -> None:
    assert value(js, code) == expected
