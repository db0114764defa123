"""Services that would take all there is, and how each of them ends."""

from __future__ import annotations

from typing import NamedTuple

OK = "router.get('/ok', () => 'ok');\n"
HEAP_FULL = "out of memory.*: the JavaScript heap may hold 32 MB"


class Runaway(NamedTuple):
    """`code` runs away when `/go` is called; `logged` is a regular expression; `survives`: nothing is restarted."""

    code: str
    status: tuple[int, ...]
    logged: str
    survives: bool = False


def go(body: str) -> str:
    return f"router.get('/go', () => {{ {body} }})"


RUNAWAYS = {
    "endless loop in a handler": Runaway(
        go("while (true) {}"),
        (504,),
        r"GET /go, request \S+: stopped after 1\.\d s, the limit is 1 s; the instance ends",
    ),
    "endless loop in a timer": Runaway(
        go("setTimeout(() => { while (true) {} }, 1); return 'soon'"),
        (200,),
        "timer: stopped after .* the limit is 1 s",
    ),
    "endless loop in a promise job": Runaway(
        go("Promise.resolve().then(() => { while (true) {} }); return 'soon'"),
        (504,),
        r"GET /go, request \S+: stopped after",
    ),
    "endless loop after an await": Runaway(
        "router.get('/go', async () => { await utils.sleepAsync(1); while (true) {} })",
        (504,),
        r"timer, while GET /go, request \S+ waited: stopped after 1\.\d s, the limit is 1 s; the instance ends",
    ),
    "endless loop after a host call": Runaway(
        "router.get('/go', async () => { await storage.listAsync('/'); while (true) {} })",
        (504,),
        r"promise, while GET /go, request \S+ waited: stopped after 1\.\d s, the limit is 1 s; the instance ends",
    ),
    "endless loop in delayed work": Runaway(
        go("delayed.run(() => { while (true) {} }); return 'soon'"), (200,), r"delayed\.run: stopped after"
    ),
    "endless loop in a scheduled job": Runaway(
        go("schedule.delay(50, () => { while (true) {} }); return 'soon'"), (200,), "stopped after"
    ),
    "a host call that waits": Runaway(go("utils.sleep(60000)"), (504,), r"GET /go, request \S+: stopped after"),
    "catastrophic regular expression": Runaway(
        go(f"return /^(a+)+$/.test('{'a' * 40}!')"), (504,), r"GET /go, request \S+: stopped after"
    ),
    "unbounded recursion": Runaway(
        go("const f = (n) => f(n + 1) + 1; return f(0)"), (500,), "(stack|recursion)", survives=True
    ),
    "recursion through host calls": Runaway(
        go("const f = () => [1].map(() => JSON.stringify({ toJSON: f })); return f()"),
        (500,),
        "(stack|recursion)",
        True,
    ),
    "an answer nested too deeply": Runaway(
        go("let deep = []; for (let i = 0; i < 1e5; i++) deep = [deep]; return deep"),
        (500,),
        "call stack",
        survives=True,
    ),
    "unbounded heap": Runaway(go("const kept = []; while (true) kept.push({ a: [1, 2, 3] })"), (500,), HEAP_FULL, True),
    "unbounded heap from call to call": Runaway(
        "const kept = []; router.get('/go', () => { for (let i = 0; i < 3e6; i++) kept.push({ i }) })",
        (500,),
        HEAP_FULL,
    ),
    "one huge string": Runaway(
        go("let text = 'xxxxxxxx'; while (true) text += text"), (500,), f"({HEAP_FULL}|string)", survives=True
    ),
    "typed arrays": Runaway(
        go("const kept = []; while (true) kept.push(new Uint8Array(1 << 20).fill(1))"), (500,), HEAP_FULL, survives=True
    ),
    "a heap that is full and a loop that goes on": Runaway(
        go("const kept = []; while (true) try { kept.push([1, 2, 3]) } catch {}"), (500, 503, 504), "the instance ends"
    ),
    "too many timers": Runaway(
        go("for (let i = 0; i < 10001; i++) setTimeout(() => {}, 1e6)"), (500,), "too many timers: at most 10000", True
    ),
    "a promise that never settles": Runaway(
        go("return new Promise(() => {})"), (504,), "GET /go: no answer within 1 s", survives=True
    ),
    "a thrown monster": Runaway(
        go("const e = new Error('x'.repeat(4e6)); e.name = 'y'.repeat(4e6); throw e"), (500,), "yyyy", survives=True
    ),
    "a getter that loops": Runaway(
        go("return { get a() { while (true) {} } }"), (504,), r"GET /go, request \S+: stopped after"
    ),
}
