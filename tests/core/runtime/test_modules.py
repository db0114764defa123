"""Services of several files: ES modules, CommonJS and JSON, and where in them an error stands."""

from __future__ import annotations

import logging

import gevent
import pytest

from m3m_core import ScriptError
from m3m_core.runtime.native import pointers
from m3m_core.runtime.sourcefiles import SourceFiles
from m3m_core.testing import run_js

FILES = {
    "counter.js": "export let count = 0;\nexport function up() { count++ }\nexport { count as total }",
    "default.js": "export default class Shop {}\nexport const size = 3",
    "again.js": "export * from './counter.js'; export { default as Shop } from './default.js'\n"
    "export * as all from './default.js'",
    "lib/deep/one.js": "import { two } from '../two.js'; export const one = () => 'one' + two()",
    "lib/two.js": "import { one } from './deep/one.js'; export function two() { return typeof one }",
    "lib/index.js": "export const where = 'index'",
    "even.js": "import { odd } from './odd.js'; export function even(n) { return n === 0 || odd(n - 1) }",
    "odd.js": "import { even } from './even.js'; export function odd(n) { return n !== 0 && even(n - 1) }",
    "early.js": "import { late } from './late.js'; export const early = late",
    "late.js": "import { early } from './early.js'; export const late = early",
    "slow.js": "await null; export const slow = await Promise.resolve('slow')",
    "order1.js": "globalThis.order = [1]",
    "order2.mjs": "order.push(2)",
    "common.js": "exports.name = 'common'; exports.here = __filename; exports.folder = __dirname; exports['a b'] = 1",
    "lib/function.cjs": "module.exports = function make() { return require('../common').name }",
    "cycle1.js": "exports.first = 1; exports.other = require('./cycle2').second",
    "cycle2.js": "exports.second = require('./cycle1').first + 1",
    "sloppy.js": "module.exports = { octal: 010, self: (function () { return this === globalThis })() }",
    "seeds.js": "$exports.add = (a, b) => a + b; $exports.again = () => $require('common').name",
    "umd.min.js": "!function(e,t){'object'==typeof exports&&'undefined'!=typeof module?module.exports=t():e.umd=t()}"
    "(this,function(){return{umd:1}})",
    "once.js": "globalThis.times = (globalThis.times ?? 0) + 1; module.exports = {}",
    "data.json": '{"size": 3, "list": [1, 2]}',
    "list.json": "[1]",
}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("import { count, up, total } from './counter.js'; up(); up(); out = [count, total]", [2, 2]),
        ("import * as all from './counter.js'; out = Object.keys(all)", ["count", "total", "up"]),
        ("import Shop, { size as n } from './default.js'; out = [Shop.name, n]", ["Shop", 3]),
        ("import { up, Shop, all } from './again'; up(); out = [Shop.name, all.size]", ["Shop", 3]),
        ("import { one } from './lib/deep/one'; out = one()", "onefunction"),
        ("import { where } from './lib'; out = where", "index"),
        ("import { where } from 'lib/index.js'; out = where", "index"),
        ("import { where } from '/lib/index.js'; out = where", "index"),
        ("import { even } from './even.js'; out = [even(10), even(7)]", [True, False]),
        ("const { slow } = await import('./slow.js'); out = slow", "slow"),
        ("import { slow } from './slow.js'; out = slow", "slow"),
        ("import './order1.js'; import './order2.mjs'; out = order", [1, 2]),
        ("import data, { size } from './data.json'; out = [data.list, size]", [[1, 2], 3]),
        ("import list from './list.json' with { type: 'json' }; out = list", [1]),
        ("import common, { name } from './common.js'; out = [name, common.here]", ["common", "common.js"]),
        ("import make from './lib/function.cjs'; out = make()", "common"),
        ("import umd from './umd.min.js'; out = umd.umd", 1),
        ("import './once.js'; require('./once'); const again = await import('./once.js'); out = times", 1),
        ("export const own = 1; import * as self from './main.js'; out = self.own", 1),
        ("import 'slow.js'; out = this === undefined", True),
        ("out = require('./common').name", "common"),
        ("out = [$require('seeds').add(1, 2), $require('seeds.js').again(), typeof $exports]", [3, "common", "object"]),
        ("out = require('cycle1').other", 2),
        ("const { octal, self } = require('./sloppy'); out = [octal, self]", [8, True]),
        ("out = require('./data').size", 3),
        ("out = require('./lib/function')()", "common"),
        ("import('./counter.js').then((found) => { out = found.count })", 0),
        ("const f = async () => (await import('./lib/two.js')).two(); f().then((kind) => { out = kind })", "function"),
    ],
)  # fmt: skip
def test_what_files_give_each_other(code: str, value: object) -> None:
    with run_js(
        ["service"],
        f"globalThis.out = null;\n{code}" if "import " not in code else code.replace("out =", "globalThis.out ="),
        files=FILES,
    ) as js:
        assert js.value("globalThis.out") == value


@pytest.mark.parametrize(
    ("code", "name", "message", "place"),
    [
        ("\nimport { a } from './nope.js'", "Error", 'there is no file "./nope.js" for main.js', ("main.js", 2, 19)),
        ("import { Hono } from 'hono'", "Error", "put packages into one file with a bundler", ("main.js", 1, 22)),
        ("import '../main.js'", "Error", 'there is no file "../main.js"', ("main.js", 1, 8)),
        ("\n\nimport {\n  size,\n  nope } from './lib'", "SyntaxError", "Could not find export", ("main.js", 4, 3)),
        ("import './a.js'", "SyntaxError", "unexpected token", ("a.js", 2, 11)),
        ("import './lib/b.js'", "TypeError", "broken", ("lib/b.js", 3, 20)),
        ("import { b } from './c.js';\n\nb()", "Error", "from c", ("c.js", 2, 36)),
        ("require('./d')", "Error", "from d", ("d.js", 2, 17)),
        ("require('./nope')", "Error", 'there is no file "./nope" for main.js', ("main.js", 1, 1)),
        ("require('./c')", "SyntaxError", "loaded with import, not with require", ("c.js", 1, 1)),
        ("import './bad.json'", "SyntaxError", "bad.json is not JSON", ("bad.json", 2, 2)),
        ("import { early } from './early.js'", "ReferenceError", "early is not initialized", ("late.js", 1, None)),
        ("import x from './c.js'\nconst y = ;", "SyntaxError", "unexpected token", ("main.js", 2, 11)),
        ("const y = ;\nexport default 1", "SyntaxError", "unexpected token", ("main.js", 1, 11)),
        ("export default 1\n\nawait Promise.reject(new Error('top'))", "Error", "top", ("main.js", 3, 26)),
        ("JSON.parse('{')", "SyntaxError", "Expected property name", ("main.js", 1, None)),
    ],
)  # fmt: skip
def test_where_it_went_wrong(code: str, name: str, message: str, place: tuple[str, int, int | None]) -> None:
    files = {
        **FILES,
        "a.js": "export const a = 1\nconst b = ;",
        "lib/b.js": "// a comment\n\nthrow new TypeError('broken'); export const b = 1",
        "c.js": "export const one = 1\nexport const b = () => { throw new Error('from c') }",
        "d.js": "exports.one = 1\nthrow new Error('from d')",
        "bad.json": "{\n",
    }
    with pytest.raises(ScriptError) as raised, run_js(["service"], code, files=files):
        pass
    error = raised.value
    assert error.name == name
    assert message in error.message
    file, line, column = place
    assert (error.file, error.line) == (file, line)
    assert column is None or 0 < error.column <= column


def test_the_stack_goes_through_files() -> None:
    files = {
        "a.js": "import { b } from './lib/b.js'\nexport const a = () => b()",
        "lib/b.js": "export function b() {\n\n  return require('common')() }",
        "common.js": "module.exports = function common() {\n throw new Error('deep') }",
    }
    with pytest.raises(ScriptError) as raised, run_js(["service"], "import { a } from './a.js'\n a()", files=files):
        pass
    places = ["common (common.js:2:", "b (lib/b.js:3:", "a (a.js:2:", "main.js:2:"]
    lines = raised.value.stack.splitlines()
    assert [place in line for place, line in zip(places, lines, strict=True)] == [True] * 4


def test_a_script_is_no_module_and_keeps_its_globals() -> None:
    with run_js(["service"], "var loose = 010; this.mine = loose", files={"a.js": "import '../main.js'"}) as js:
        assert js.value("[loose, mine, typeof require]") == [8, 8, "function"]
        with pytest.raises(ScriptError, match=r'there is no file "../main.js" for a.js'):
            js.value("import('./a.js')")


def test_a_file_may_wait_while_others_go_on() -> None:
    files = {"late.js": "const { sleep } = utils; sleep(20); exports.done = true"}
    with run_js(["service", "utils"], "export const later = () => import('./late.js')", files=files) as js:
        seen: list[int] = []
        gevent.spawn(seen.append, 1)
        assert js.value("import('./late.js').then((found) => found.done)") is True
        assert seen == [1]


def test_names_that_are_properties_of_objects() -> None:
    files = {"constructor.js": "export default 'c'", "__proto__.js": "exports.p = 'p'"}
    with run_js(
        ["service"],
        "import c from './constructor'; import { p } from './__proto__'; globalThis.out = c + p",
        files=files,
    ) as js:
        assert js.value("out") == "cp"


def test_an_engine_of_an_unknown_build_is_refused() -> None:
    with pytest.raises(RuntimeError, match="this build of quickjs-ng is not one that M3M knows"):
        pointers(object())


@pytest.mark.parametrize("name", ["\\ud800", "./\\udfff.js", "\\ud800/../b.js"])
def test_a_name_that_is_no_text_is_an_error(name: str) -> None:
    with run_js([], files={"a.js": "", "common.js": "exports['\\ud800'] = 1; exports.b = 2"}) as js:
        told = f"import('{name}').then(() => 'loaded', (error) => error instanceof Error && error.message)"
        assert js.value(told).startswith("there is no file ")
        assert js.value("import('./common.js').then((all) => [all.b, all.default['\\ud800']])") == [2, 1]


@pytest.mark.parametrize("step", ["resolve", "is_module", "text"])
def test_a_loader_that_fails_is_an_error_of_the_import(
    step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with run_js([], files={"a.js": "export const a = 1"}) as js, monkeypatch.context() as broken:
        broken.setattr(SourceFiles, step, fail)
        with caplog.at_level(logging.ERROR):
            told = js.value("import('./a.js').then(() => 'loaded', (error) => error.message)")
        assert told == "a file could not be loaded"
        assert "ZeroDivisionError" in caplog.text
        broken.undo()
        assert js.value("1 + 1") == 2
