"""What `router` refuses when a route is written, what it reports, and how it bears changes of the language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js

MODULES = ["router", "service", "logger", "webapi", "utils"]


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js(MODULES) as run:
        yield run


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("router.get('no-slash', () => 1)", 'a route\'s path is a string that begins with "/", not "no-slash"'),
        ("router.get(/x/, () => 1)", "a route's path is a string"),
        ("router.get()", "a route's path is a string"),
        ("router.get('/' + 'x'.repeat(1000), () => 1)", "a route's path has at most 1000 characters, not 1001"),
        ("router.get('/')", "router: GET / has no handler"),
        ("router.get('/', 'text')", "router: a handler of GET / is not a function"),
        ("router.get('/', () => 1, [null])", "router: a handler of GET / is not a function"),
        ("router.get('/a', () => 1).get('/a/', () => 1)", "router: GET /a/ is there already"),
        ("router.get('/:a', () => 1).get('/:b', () => 1)", "router: GET /:b is there already"),
        ("router.get('/*all/x', () => 1)", 'router: /*all/x: "*all" must be the last segment'),
        ("router.get('/:', () => 1)", 'router: /:: a parameter needs a name, such as ":id"'),
        ("router.get('/:id/x/:id', () => 1)", 'router: /:id/x/:id has two parameters "id"'),
        ("router.get('/%zz', () => 1)", "the path is not properly encoded"),
        ("router.use()", "router.use wants a function"),
        ("router.use('/x')", "router.use wants a function"),
        ("router.use('/x', 5)", "router.use wants a function"),
        ("router.group('x', () => {})", "a route's path is a string"),
        ("router.cors({ credentials: true })", "router.cors: credentials are for named origins only"),
        ("router.cors({ origin: true })", "router.cors: origin wants a string or an array of strings"),
        ("router.cors({ origin: ['https://a.b', /x/] })", "router.cors: origin wants a string or an array of strings"),
        ("router.cors({ methods: {} })", "router.cors: methods wants a string or an array of strings"),
        ("router.cors({ headers: 5 })", "router.cors: headers wants a string or an array of strings"),
        ("router.cors({ exposeHeaders: null })", "router.cors: exposeHeaders wants a string or an array of strings"),
        ("router.cors({ maxAge: '60' })", "router.cors: maxAge wants a number of seconds"),
        ("router.cors({ maxAge: -1 })", "router.cors: maxAge wants a number of seconds"),
        ("router.cors({ maxAge: Infinity })", "router.cors: maxAge wants a number of seconds"),
        ("router.response('200', 'x')", "a status is 200 to 599, not 200"),
        ("router.response(100)", "a status is 200 to 599, not 100"),
        ("router.error(99)", "a status is 200 to 599, not 99"),
        ("router.redirect()", 'router.redirect wants an address: router.redirect("/login")'),
        ("router.redirect({})", 'router.redirect wants an address: router.redirect("/login")'),
        ("router.redirect('/', 200)", "a redirect has a status of 300 to 399, not 200"),
        ("router.json(() => 1)", "JSON cannot say what the handler returned: function"),
    ],
)
def test_wrong_input_throws_at_once(js: JSRun, code: str, message: str) -> None:
    with pytest.raises(ScriptError) as raised:
        js.run(f"\n{code}")
    assert raised.value.message.startswith(message)
    assert (raised.value.file, raised.value.line) == ("main.js", 2)


def test_routes_are_reported(js: JSRun) -> None:
    js.run("""
        router.get("/", () => 1).post("/a/:id", () => 1)
        router.group("/v1", (v1) => v1.group("/", (same) => same.delete("/x/*rest", () => 1).all("/", () => 1)))
    """)
    assert js.reports["routes"]() == [
        {"method": "GET", "path": "/"},
        {"method": "POST", "path": "/a/:id"},
        {"method": "DELETE", "path": "/v1/x/*rest"},
        {"method": "ALL", "path": "/v1"},
    ]


def test_a_group_that_throws_leaves_no_prefix_behind(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="halfway"):
        js.run("router.group('/half', () => { throw new Error('halfway') })")
    js.run("router.get('/whole', () => 1)")
    assert js.request("GET", "/whole").status == 200


def test_routes_may_come_later(js: JSRun) -> None:
    js.run("router.get('/grow', () => { router.get('/grown', () => 'grown') })")
    assert js.request("GET", "/grown").status == 404
    assert js.request("GET", "/grow").status == 204
    assert js.request("GET", "/grown").json == b"grown"


def test_the_context_after_the_answer(js: JSRun) -> None:
    js.run("""
        globalThis.told = []
        router.post("/", (ctx) => {
          const early = ctx.header("x-early")
          setTimeout(() => {
            told.push(early, ctx.method, ctx.header("x-early"))
            try { ctx.body } catch (error) { told.push(error.message) }
          }, 5)
        })
    """)
    assert js.request("POST", "/", body=b"x", headers={"X-Early": "read"}).status == 204
    js.until(lambda: js.value("told.length"))
    late = "the request is answered already: read what you need of it before"
    assert js.value("told") == ["read", "POST", "read", late]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("{ maxAge: 'soon' }", "cookie a: maxAge is a number of seconds, not soon"),
        ("{ expires: 'soon' }", "cookie a: expires is not a date: soon"),
        ("{ path: '/;x' }", 'cookie a: "/;x" cannot be its Path'),
        ("{ domain: 'a\\nb' }", 'cookie a: "a\\nb" cannot be its Domain'),
        ("{ httponly: false }", 'ctx.cookie has no option "httponly"; it has maxAge, expires, path'),
        ("{ sameSite: 'Lax; Secure' }", 'cookie a: "Lax; Secure" cannot be its SameSite'),
    ],
)
def test_cookies_that_cannot_be(js: JSRun, options: str, message: str) -> None:
    js.run(f"router.get('/', (ctx) => {{ ctx.cookie('a', 'b', {options}) }})")
    assert js.request("GET", "/").status == 500
    assert message in js.texts("error")[0]


def test_dates_of_cookies(js: JSRun) -> None:
    js.run("router.get('/', (ctx) => { ctx.cookie('a', 'b', { expires: new Date(0), httpOnly: false }) })")
    expected = "a=b; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax"
    assert js.request("GET", "/").headers["set-cookie"] == expected


# ---- a service that changes the language -----------------------------------------------------------------------------

ROUTES = """
router.get("/hello/:name", (ctx) => ({ hello: ctx.params.name, q: ctx.query.q }))
router.get("/async", async () => { await null; return "later" })
router.get("/fail", () => { throw new RangeError("on purpose") })
router.post("/body", (ctx) => ctx.body)
"""
HARMLESS = [
    "Array.prototype.map = () => { throw new Error('mine') }",
    "Array.prototype.forEach = null; Array.prototype.reduce = null",
    "JSON.stringify = () => 'mine'; JSON.parse = () => 'mine'",
    "Promise.prototype.then = () => {}",
    "Promise.prototype.then = null; Promise.prototype.catch = null; Promise.resolve = null",
    "globalThis.Promise = class {}",
    "Object.prototype.x = 'polluted'",
    "Object.prototype.then = 5; Object.prototype.status = 1; Object.prototype.code = 2; Object.prototype.sent = []",
    "Object.prototype.get = () => 1; Object.prototype.set = () => 1; Object.prototype.value = 1",
    "Object.prototype.writable = false; Object.prototype.h = 1; Object.prototype.b = 1",
    "Object.defineProperty(Object.prototype, 'name', { set() { throw new Error('mine') }, get() { return 'mine' } })",
    "Object.keys = null; Object.defineProperty = null; Object.create = null; Object.freeze = null",
    "Map.prototype.get = null; Map.prototype.set = null; Set.prototype.add = null",
    "Function.prototype.call = null; Function.prototype.apply = null; Reflect.apply = null",
    "Error.prepareStackTrace = null; Error.stackTraceLimit = 0",
    "globalThis.Error = null; globalThis.TypeError = null; globalThis.eval = null; globalThis.Reflect = null",
    "Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(Function.prototype)",
    "delete globalThis.JSON; delete globalThis.Object; delete globalThis.Array; delete globalThis.Promise",
]
BREAKING = [
    "Array.prototype.push = () => { throw new Error('mine') }",
    "Array.prototype[Symbol.iterator] = null",
    "String.prototype.split = null",
    "Object.prototype.toJSON = () => undefined",
]


@pytest.mark.parametrize("change", HARMLESS)
@pytest.mark.parametrize("code", ["{change}\n{routes}", "{routes}\n{change}"], ids=["before", "after"])
def test_changes_that_do_no_harm(js: JSRun, change: str, code: str) -> None:
    js.run(code.format(change=change, routes=ROUTES))
    assert js.request("GET", "/hello/ann?q=1").json == {"hello": "ann", "q": "1"}
    assert js.request("GET", "/async").json == b"later"
    assert js.request("POST", "/body", json={"a": [1]}).json == {"a": [1]}
    assert js.request("GET", "/nowhere").status == 404
    assert js.request("GET", "/fail").status == 500
    assert "RangeError: on purpose" in js.texts("error")[0]


@pytest.mark.parametrize("change", BREAKING)
def test_changes_that_break_the_service_break_nothing_else(js: JSRun, change: str) -> None:
    """Every request still has an answer, and the log still says what is wrong."""
    js.run(f"{ROUTES}\n{change}")
    for method, path in (("GET", "/hello/ann"), ("GET", "/async"), ("GET", "/fail"), ("POST", "/body")):
        assert js.request(method, path).status in (200, 204, 500)
    assert js.texts("error")
