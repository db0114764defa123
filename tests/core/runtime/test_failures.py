"""Whatever fails in a service leaves one line of the log: what it was, and the stack in the service's own file."""

from __future__ import annotations

from contextlib import suppress
from http.client import IncompleteRead

import pytest

from m3m_core.testing import run_js

PLUGINS = ["router", "schedule", "delayed", "webapi", "utils", "service"]
BROKEN = "function broken() {\n  throw new TypeError('broken')\n}\n"


@pytest.mark.parametrize(
    ("code", "label", "line"),
    [
        ("router.get('/', () => broken())", "GET /, request test-1", 4),
        ("router.get('/', async () => { await null; broken() })", "GET /, request test-1", 4),
        ("router.get('/', async () => {\n await utils.sleepAsync('x') })", "GET /, request test-1", 5),
        ("router.use(() => broken()); router.get('/', () => 1)", "GET /, request test-1", 4),
        ("router.use(async (ctx, next) => { await next() }); router.get('/', () => broken())", "GET /, request", 4),
        ("router.get('/', () => { broken() }, () => 1)", "GET /, request test-1", 4),
        ("router.get('/', () => router.stream(async function* () { broken() }))", "GET /, request test-1", 4),
        ("router.get('/', () => router.stream(async (out) => { broken() }))", "GET /, request test-1", 4),
        ("router.mount(async () => broken())", "ALL /*path, request test-1", 4),
        ("router.get('/', () => ({ toJSON: broken }))", "GET /, request test-1", 4),
        ("router.get('/', () => { (async () => broken())(); return 1 })", "unhandled rejection", 4),
        ("router.get('/', () => { Promise.reject(new TypeError('broken')); return 1 })", "unhandled rejection", 4),
        ("setTimeout(broken, 1)", "timer", 2),
        ("setTimeout(async () => { await null; broken() }, 1)", "timer", 4),
        ("const id = setInterval(() => { clearInterval(id); broken() }, 1)", "timer", 4),
        ("queueMicrotask(() => broken())", "microtask", 4),
        ("Promise.resolve().then(() => broken())", "unhandled rejection", 4),
        ("(async () => { await null; broken() })()", "unhandled rejection", 4),
        ("delayed.run(() => broken())", "delayed.run", 4),
        ("delayed.run(async () => { await utils.sleepAsync(1); broken() })", "delayed.run", 4),
        ("schedule.delay(1, () => broken())", "schedule ", 4),
        ("schedule.delay(1, async () => { await null; broken() }, { name: 'mine' })", "schedule mine", 4),
        ("new EventTarget().addEventListener('x', 1) ?? setTimeout(() => broken())", "timer", 4),
    ],
)  # fmt: skip
def test_one_line_for_each(code: str, label: str, line: int) -> None:
    with run_js(PLUGINS, BROKEN + code) as js:
        if "router." in code:
            with suppress(IncompleteRead):  # a stream that fails is cut
                js.request("GET", "/")
        js.until(lambda: js.texts("error"))
        js.value("utils.sleepAsync(5)")
        errors = js.texts("error")
        assert len(errors) == 1, errors
        assert errors[0].startswith(label)
        assert ("TypeError: broken" in errors[0]) or "sleepAsync" in code
        assert f"main.js:{line}:" in errors[0] or "broken (main.js:2:" in errors[0]
