"""What `logger` and `console` write to the run's log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core.testing import JSRun, run_js

KB = 1024


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js(["logger"]) as run:
        yield run


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ("'plain', 'texts'", "plain texts"),
        ("", ""),
        ("1, -0, NaN, true, null, undefined", "1 0 NaN true null undefined"),
        ("12n, Symbol('s')", "12n Symbol(s)"),
        ("{a: 1, b: 'x', c: [1, {d: null}], e: undefined}", '{"a":1,"b":"x","c":[1,{"d":null}],"e":undefined}'),
        ("new Date(0), [new Date(NaN)]", '"1970-01-01T00:00:00.000Z" [[Invalid Date]]'),
        ("new Map([['a', {b: 1}]]), new Set([1, 'x'])", 'Map(1) {"a" => {"b":1}} Set(2) {1,"x"}'),
        ("/x+/gi, function work() {}, () => 1, class Shop {}", "/x+/gi [Function: work] [Function] [Function: Shop]"),
        ("new Uint8Array([1, 2]), new ArrayBuffer(3)", "Uint8Array(2) [1,2] [ArrayBuffer: 3 bytes]"),
        ("new DataView(new ArrayBuffer(3)), Promise.resolve()", "[DataView: 3 bytes] [Promise]"),
        ("{error: new TypeError('bad')}, [new Error('')]", '{"error":[TypeError: bad]} [[Error]]'),
        ("{toJSON() { return {shown: true} }}", '{"shown":true}'),
        ("Object.create(null), new (class A { x = 1 })()", '{} {"x":1}'),
        (
            "(() => { const a = {n: 1}; a.self = a; return [a, a] })()",
            '[{"n":1,"self":[Circular]},{"n":1,"self":[Circular]}]',
        ),
        ("{get bad() { throw new Error('no') }}", '{"bad":[cannot be shown: no]'),
        ("new Proxy({}, {ownKeys() { throw new Error('shut') }})", "[cannot be shown: shut]"),
        ("'%s', 'stays'", "%s stays"),
    ],
)
def test_values_as_text(js: JSRun, values: str, text: str) -> None:
    js.value(f"logger.info({values})")
    assert js.lines == [("info", text)]


@pytest.mark.parametrize("level", ["debug", "info", "warn", "error"])
@pytest.mark.parametrize("name", ["logger", "$logger", "console"])
def test_levels(js: JSRun, name: str, level: str) -> None:
    js.value(f"{name}.{level}('text', 1)")
    assert js.lines == [(level, "text 1")]


def test_methods_work_on_their_own(js: JSRun) -> None:
    js.run("const { warn } = logger; warn('a'); [1].forEach(console.log)")
    assert js.lines == [("warn", "a"), ("info", "1 0 [1]")]


def test_an_error_has_its_stack_and_causes(js: JSRun) -> None:
    js.run("function inner() { throw new TypeError('deep') }\ntry { inner() } catch (cause) {\n"
           "logger.error('failed:', new Error('outer', { cause })) }")  # fmt: skip
    assert js.lines == [
        (
            "error",
            "failed: Error: outer\n    at main.js:3:29\n  caused by TypeError: deep\n"
            "    at inner (main.js:1:30)\n    at main.js:2:7",
        )
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("'x'.repeat(20000)", "x" * 16 * KB + "… [cut at 16 KB]"),
        ("['x'.repeat(20000)]", '["' + "x" * (16 * KB - 2) + "… [cut at 16 KB]"),
        ("'a'.repeat(9000), 'b'.repeat(9000)", ("a" * 9000 + " " + "b" * 9000)[: 16 * KB] + "… [cut at 16 KB]"),
    ],
)
def test_long_lines_are_cut(js: JSRun, code: str, text: str) -> None:
    js.value(f"logger.info({code})")
    assert js.lines == [("info", text)]


def test_large_structures_cost_no_more_than_what_is_shown(js: JSRun) -> None:
    js.run("logger.info(Array.from({length: 100000}, (_, i) => ({i})))")
    js.run("let deep = []; for (let i = 0; i < 5000; i++) deep = [deep]; logger.info(deep)")
    assert [len(text) for text in js.texts()] == [16 * KB + len("… [cut at 16 KB]"), 47]
    assert "[Array]" in js.texts()[1]


def test_control_characters_cannot_reach_the_file(js: JSRun) -> None:
    js.value(r"logger.info('one\r\ntwo\rthree\tfour \x1b[31mred\x00 \u2028 \x85 \ud800.')")
    assert js.texts() == ["one\ntwo\nthree\tfour \\u001b[31mred\\u0000 \\u2028 \\u0085 \ufffd."]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ("'%s is %d and %i', 'Ann', 41.5, 41.5", "Ann is 41.5 and 41"),
        ("'%f %j %o %O', '1.5x', {a: 1}, [1], 'x'", '1.5 {"a":1} [1] "x"'),
        ("'100%% %c-', 'color: red'", "100% -"),
        ("'%s %s', 'one'", "one %s"),
        ("'%s', 'one', 'two', {}", "one two {}"),
        ("'100%'", "100%"),
        ("'%d', Symbol('x')", "NaN"),
    ],
)
def test_console_fills_in_places(js: JSRun, values: str, text: str) -> None:
    js.value(f"console.log({values})")
    assert js.texts() == [text]


def test_console_counts_and_asserts(js: JSRun) -> None:
    js.run("console.count(); console.count('a'); console.count(); console.countReset(); console.count()")
    js.run("console.assert(true, 'fine'); console.assert(0); console.assert(null, 'why:', {a: 1})")
    assert js.lines == [
        ("info", "default: 1"),
        ("info", "a: 1"),
        ("info", "default: 2"),
        ("info", "default: 1"),
        ("error", "Assertion failed"),
        ("error", 'Assertion failed: why: {"a":1}'),
    ]


def test_console_clocks(js: JSRun) -> None:
    js.run("console.time('a'); console.time('a'); console.timeLog('a', 1); console.timeEnd('a'); console.timeEnd('a')")
    warned, logged, ended, missing = js.texts()
    assert warned == "Timer 'a' already exists"
    assert logged.startswith("a: ")
    assert logged.endswith(" ms 1")
    assert ended.endswith(" ms")
    assert missing == "Timer 'a' does not exist"


def test_console_groups_indent(js: JSRun) -> None:
    js.run("console.group('a'); console.log('one\\ntwo'); console.groupCollapsed(); logger.info('deep')")
    js.run("console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('out')")
    assert js.texts() == ["a", "  one\n  two", "    deep", "out"]


def test_console_table_aligns_columns(js: JSRun) -> None:
    js.run(
        "console.table([{id: 1, name: 'Ann'}, {id: 20, x: true}]); console.table({a: 1, b: {c: 2}}); console.table('x')"
    )
    js.run("console.table([{id: 1, name: 'Ann'}], ['name'])")
    assert js.texts() == [
        '(index) | id | name  | x\n--------|----|-------|-----\n0       | 1  | "Ann" |\n1       | 20 |       | true',
        "(index) | c | Values\n--------|---|-------\na       |   | 1\nb       | 2 |",
        "x",
        '(index) | name\n--------|------\n0       | "Ann"',
    ]


def test_console_trace_shows_where(js: JSRun) -> None:
    js.run("function here() { console.trace('why', 1) }\nhere()")
    assert js.lines == [("debug", "Trace: why 1\n    at here (main.js:1:27)\n    at main.js:2:1")]


def test_polluted_prototypes_do_not_disturb_it(js: JSRun) -> None:
    js.run("""
      logger.info("before")
      for (const name of ["get", "set", "value", "toJSON", "name", "stack"]) Object.prototype[name] = "polluted"
      Array.prototype.push = Array.prototype.join = String.prototype.replace = Map.prototype.get = null
      JSON.stringify = null
      logger.info("after", { a: [1, "x"] }, new Map([[1, 2]]), new Date(0))
      logger.error(new Error("bad"))
      console.count("c")
    """)
    assert js.texts()[1] == 'after {"a":[1,"x"]} Map(1) {1 => 2} "1970-01-01T00:00:00.000Z"'
    assert js.texts()[2].startswith("Error: bad\n    at main.js:7:")
    assert js.texts()[3] == "c: 1"
