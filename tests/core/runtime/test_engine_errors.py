"""Errors that leave JavaScript: what was thrown, where in the service's own files, and of bounded size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core import JSModule, ScriptError
from m3m_core.runtime.sourcefiles import FIRST_LINE
from m3m_core.testing import JSRun, plugin, run_js


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js([]) as run:
        yield run


@pytest.mark.parametrize(
    ("code", "name", "message", "place"),
    [
        ("throw new TypeError('x')", "TypeError", "x", (1, 20)),
        ("\n\nthrow new Error('x')", "Error", "x", (3, 16)),
        ("\r\n\r\n  nothing()", "ReferenceError", "nothing is not defined", (3, 3)),
        ("#!/usr/bin/env node\n\nthrow new Error('x')", "Error", "x", (3, 16)),
        ("\ufeff#! x\nthrow new Error('x')", "Error", "x", (2, 16)),
        ("const a\n", "SyntaxError", None, (2, 1)),
        ("'open\n", "SyntaxError", "unexpected end of string", (1, 1)),
        ("\n" * (FIRST_LINE + 5) + "throw new Error('x')", "Error", "x", (FIRST_LINE + 6, 16)),
        ("return 1", "SyntaxError", "return not in a function", (1, 1)),
        ("'use strict'\nundeclared = 1", "ReferenceError", "undeclared is not defined", (2, 12)),
        ("const e = new Error('x'); e.name = 'Mine'; e.code = 7; throw e", "Mine", "x", (1, 20)),
        ("eval('throw new Error(`x`)')", "Error", "x", (1, 5)),
        ("({ ['odd (name\\n']() { throw new Error('x') } })['odd (name\\n']()", "Error", "x", None),
        ("throw null", "InternalError", "out of memory, or null was thrown", (0, 0)),
        ("throw undefined", "", "a value that is not an Error was thrown: undefined", (0, 0)),
        ("throw { a: 1 }", "", 'a value that is not an Error was thrown: {"a":1}', (0, 0)),
        ("throw Symbol('s')", "", "a value that is not an Error was thrown: a value that cannot be shown", (0, 0)),
        ("throw { get stack() { throw 1 } }", "", "a value that cannot be shown was thrown", (0, 0)),
        ("throw new Proxy({}, { get() { throw 1 } })", "", "a value that cannot be shown was thrown", (0, 0)),
        ("(function dig() { dig() })()", "RangeError", "Maximum call stack size exceeded", None),
        ("Error.prepareStackTrace = () => { throw 1 }\nthrow new Error('x')", "Error", "x", None),
        ("Object.prototype.toJSON = () => 5\nthrow new Error('x')", "Error", "x", (2, 16)),
        ("Object.prototype.code = { toString() { throw 1 } }\nthrow new Error('x')", "Error", "x", (2, 16)),
    ],
)
def test_errors_at_the_top_level(
    js: JSRun, code: str, name: str, message: str | None, place: tuple[int, int] | None
) -> None:
    with pytest.raises(ScriptError) as raised:
        js.run(code)
    error = raised.value
    assert error.name == name
    assert message is None or error.message.startswith(message)
    if place is not None:
        line, column = place
        assert (error.file, error.line) == (("main.js", line) if line else ("", 0))
        assert line == 0 or 0 < error.column <= column


def test_causes_codes_and_lengths(js: JSRun) -> None:
    with pytest.raises(ScriptError) as raised:
        js.run("throw Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'mine' })")
    assert raised.value.code == "mine"
    assert "caused by TypeError: inner\n    at main.js:1:" in raised.value.stack
    with pytest.raises(ScriptError) as raised:
        js.run("const e = new Error('x'.repeat(1e6)); e.name = 'n'.repeat(1e6); e.stack = 's'.repeat(1e6); throw e")
    error = raised.value
    assert error.message.endswith("x… (1000000 characters)")
    assert len(error.name) + len(error.message) + len(error.stack) < 30_000


def test_a_second_file_has_lines_of_its_own(js: JSRun) -> None:
    js.engine.evaluate("lib/one.js", "\n" * (FIRST_LINE + 10) + "globalThis.one = () => { throw new Error('one') }")
    with pytest.raises(ScriptError) as raised:
        js.engine.evaluate("two.js", "\n\none()")
    assert (raised.value.file, raised.value.line) == ("lib/one.js", FIRST_LINE + 11)
    assert "at two.js:3:" in raised.value.stack


TEA = """(host) => ({
  brew(leaf) { if (leaf !== "green") throw new TypeError("leaf is green"); return leaf },
  steep(minutes) { return new Array(minutes) },
  pour: (into) => into.cup,
  keep: (value) => host.keep(value),
  stir(fn) { try { return fn() } finally { this.done = true } },
  refuse() { throw Object.assign(new TypeError("no"), { code: "no_tea" }) },
  fail() { throw new Error("broken") },
})"""


class Kettle:
    def keep(self, value: object) -> object:
        return value


@pytest.fixture(scope="module")
def tea() -> Iterator[JSRun]:
    with run_js([plugin("tea", m3m_js_modules=lambda: [JSModule("tea", Kettle(), TEA)])]) as run:
        yield run


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("tea.brew('black')", "TypeError", "invalid_arguments"),
        ("tea.steep(-1)", "RangeError", "invalid_arguments"),
        ("tea.pour()", "TypeError", "invalid_arguments"),
        ("const a = []; a[0] = a; tea.keep(a)", "TypeError", "invalid_arguments"),
        ("[5].map(tea.brew)", "TypeError", "invalid_arguments"),
        ("tea.stir(5)", "TypeError", "invalid_arguments"),
        ("tea.refuse()", "TypeError", "no_tea"),
        ("tea.fail()", "Error", ""),
        ("tea.stir(() => null.x)", "TypeError", ""),
        ("tea.stir(() => { throw new RangeError('mine') })", "RangeError", ""),
        ("tea.keep({ toJSON() { throw new TypeError('mine') } })", "TypeError", ""),
        ("null.x", "TypeError", ""),
        ("[].map.call(null)", "TypeError", ""),
        ("const b = []; b[0] = b; JSON.stringify(b)", "TypeError", ""),
    ],
)
def test_wrong_arguments_of_a_module_have_a_code(tea: JSRun, code: str, name: str, expected: str) -> None:
    with pytest.raises(ScriptError) as raised:
        tea.run(f"{{ {code} }}")
    assert (raised.value.name, raised.value.code) == (name, expected)
