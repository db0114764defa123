"""Services that change the language's own objects before they use a module, as old libraries and attackers do."""

from __future__ import annotations

import pytest

from m3m_core.testing import run_js

PROBES = """
const { keys } = Object
const PROBES = {
  crypto: () => crypto.sha256("a").slice(0, 8) === "ca978112",
  csv: () => encoding.csvParse("a,b\\n1,2")[0].b === "2",
  yaml: () => encoding.yamlParse("a: 1").a === 1,
  text: () => utils.slugify("Привет") === "privet",
  template: () => utils.template("{{a}}", { a: 1 }) === "1",
  pattern: () => utils.regexMatch("a1", "[0-9]")[0] === "1",
  date: () => utils.formatDate(0, "YYYY") === "1970",
  check: () => validator.check({ a: 1 }, { type: "object" }).valid,
  storage: () => { storage.writeJSON("a.json", { a: 1 }); return storage.readJSON("a.json").a === 1 },
  draw: () => { const c = draw.createCanvas(4, 4); c.fillRect(0, 0, 2, 2); return c.toBytes()[1] === 80 },
  jobs: () => schedule.list().length === 0,
  url: () => new URL("http://a/b?c=1").searchParams.get("c") === "1",
  clone: () => structuredClone({ a: [1] }).a[0] === 1,
  codec: () => new TextEncoder().encode("é").length === 2,
  response: () => new Response("x", { headers: { a: "b" } }).headers.get("a") === "b",
  abort: () => new AbortController().signal.aborted === false,
  form: () => { const f = new FormData(); f.append("a", "b"); return f.get("a") === "b" },
  stream: () => typeof new ReadableStream().getReader === "function",
  session: () => http.session().cookies().length === 0,
  log: () => { logger.info({ a: 1 }); console.log("%s", 1); return true },
  later: () => { delayed.run(() => {}); return true },
}
function failing() {
  const names = keys(PROBES)
  let failed = ""
  for (let i = 0; i < names.length; i++) {
    try { if (PROBES[names[i]]() !== true) failed += ` ${names[i]}` }
    catch (error) { failed += ` ${names[i]}: ${error && error.message};` }
  }
  return failed
}
router.get("/works", () => failing())
router.get("/fails", () => { failing(); throw new RangeError("on purpose") })
"""


@pytest.mark.parametrize(
    "change",
    [
        "",
        "Object.prototype.extend = function () {}; Array.prototype.last = function () { return this.at(-1) }",
        "for (const name of ['error', 'type', 'headers', 'timeout', 'method', 'code', 'then'])"
        " Object.defineProperty(Object.prototype, name, { __proto__: null, value: undefined, writable: true })",
        "Object.prototype.error = 'E'; Object.prototype.headers = { 'X-Evil': '1' }; Object.prototype.path = '/etc'",
        "Object.prototype.polluted = { proxy: 'http://attacker.example' }; String.prototype.polluted = 1",
    ],
)
def test_additions_to_prototypes_do_no_harm(change: str) -> None:
    with run_js(code=change + PROBES) as js:
        assert js.request("GET", "/works").json is None  # nothing failed: the body is empty


@pytest.mark.parametrize(
    "change",
    [
        "JSON.parse = JSON.stringify = () => { throw new Error('no') };",
        "globalThis.JSON = undefined; globalThis.Reflect = undefined; globalThis.Symbol = undefined;",
        "Array.prototype.map = Array.prototype.push = Array.prototype.concat = () => { throw new Error('no') };",
        "Array.prototype[Symbol.iterator] = function* () { for (;;) yield [1, 2] };",
        "Promise.prototype.then = () => { throw new Error('no') }; globalThis.Promise = class {};",
        "Object.freeze = Object.entries = Object.defineProperty = Object.assign = () => { throw new Error('no') };",
        "String.prototype.slice = String.prototype.replace = String.prototype.toWellFormed = () => 7;",
        "RegExp.prototype.test = RegExp.prototype.exec = () => { throw new Error('no') };",
        "globalThis.Map = globalThis.Set = globalThis.Uint8Array = globalThis.Date = class { get() { return 1 } };",
        "globalThis.Error = globalThis.TypeError = class { constructor() { throw 1 } };",
    ],
)
def test_who_breaks_the_language_breaks_only_their_own_code(change: str) -> None:
    """Whatever the modules do then: each request is answered, and each failure leaves its line."""
    with run_js(code=f"router.get('/spoil', () => {{ {change} return 'spoiled' }});{PROBES}") as js:
        assert js.request("GET", "/spoil").status == 200
        assert [js.request("GET", "/fails").status for _ in range(2)] == [500, 500]
        told = [line for line in js.texts("error") if line.startswith("GET /fails")]
        assert len(told) >= 2  # one more where the error answer cannot be written either
