"""fetch: requests and answers as on the web, streams, and the end of what is no longer wanted."""

from __future__ import annotations

import time
from typing import Any

import pytest
from answering import Server

from m3m_builtins.http.jsfetch import MOST_OPEN
from m3m_core import ScriptError
from m3m_core.testing import JSRun


def steps(js: JSRun, code: str) -> Any:
    return js.value(f"(async () => {{ {code} }})()")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "const r = await fetch(base); return [r.ok, r.status, r.statusText, r.type, r.redirected, r.bodyUsed]",
            [True, 200, "OK", "basic", False, False],
        ),
        ("return (await fetch(base + '/a b?x#y')).url.slice(base.length)", "/a%20b?x"),
        ("return (await fetch(new URL('/x', base))).json().then((told) => told.path)", "/x"),
        ("return (await fetch(base + '/status?code=404')).ok", False),
        ("return (await fetch(base + '/status?code=204')).body", None),
        (
            """
            const r = await fetch(base + "/status?code=200", { method: "HEAD" })
            return [r.body, r.headers.get("content-length")]
            """,
            [None, "11"],
        ),
        ("return [...(await fetch(base + '/cookies?set=a=1|b=2')).headers.getSetCookie()]", ["a=1", "b=2"]),
        ("return (await fetch(base + '/zipped')).text()", "сжато"),
        ("return (await fetch(base + '/zipped')).headers.get('content-encoding')", None),
        ("return (await fetch(base + '/drip?pieces=3&wait=0')).headers.get('transfer-encoding')", None),
        ("return (await fetch(base + '/drip?pieces=3&wait=0')).text()", "000000000100002"),
        ("return (await fetch(base + '/big?size=1000000')).bytes().then((bytes) => bytes.length)", 1_000_000),
        ("return (await fetch(base + '/big?size=300')).blob().then((blob) => [blob.size, blob.type])", [300, ""]),
        (
            "const r = await fetch(base + '/redirect?to=/end'); return [r.redirected, r.url.slice(base.length)]",
            [True, "/end"],
        ),
        (
            """
            const r = await fetch(base + "/redirect?to=/end", { redirect: "manual" })
            return [r.status, r.headers.get("location")]
            """,
            [302, "/end"],
        ),
        (
            """
            const r = await fetch(base + "/big?size=100000"), c = r.clone()
            return [(await r.bytes()).length, (await c.bytes()).length, c.url === r.url, c.type]
            """,
            [100000, 100000, True, "basic"],
        ),
        (
            "const r = await fetch(base); return [r instanceof Response, r.constructor.name, String(r)]",
            [True, "Response", "[object Response]"],
        ),
        ("return (await fetch('data:text/plain;charset=utf-8,h%C3%A9llo%20w')).text()", "héllo w"),
        (
            "const r = await fetch('data:;base64,AQID'); return [r.headers.get('content-type'), [...await r.bytes()]]",
            ["text/plain;charset=US-ASCII", [1, 2, 3]],
        ),
        ("const r = await fetch('data:image/png;base64,AQ ID#x'); return r.headers.get('content-type')", "image/png"),
    ],
)
def test_answers(js: JSRun, code: str, expected: Any) -> None:
    assert steps(js, code) == expected


@pytest.mark.parametrize(
    ("init", "method", "headers", "body"),
    [
        (
            "{method: 'POST', body: 'ё'}",
            "POST",
            {"content-type": "text/plain;charset=UTF-8", "content-length": "2"},
            "ё",
        ),
        ("{method: 'put', body: new Uint8Array([255])}", "PUT", {"content-length": "1"}, b"\xff"),
        (
            "{method: 'POST', body: new URLSearchParams({a: 'b c'})}",
            "POST",
            {"content-type": "application/x-www-form-urlencoded;charset=UTF-8"},
            "a=b+c",
        ),
        ("{method: 'POST', body: new Blob(['x'], {type: 'text/csv'})}", "POST", {"content-type": "text/csv"}, "x"),
        (
            "{method: 'POST', body: ReadableStream.from([new Uint8Array([65]), new Uint8Array([66])])}",
            "POST",
            {"content-length": "2"},
            "AB",
        ),
        ("{method: 'POST'}", "POST", {"content-length": "0"}, ""),
        (
            "{headers: {'X-A': '1', Connection: 'close', Host: 'other', 'Transfer-Encoding': 'chunked'}}",
            "GET",
            {"x-a": "1"},
            "",
        ),
        ("new Request(base, {method: 'PATCH', body: '{}'})", "PATCH", {}, "{}"),
    ],
)
def test_what_is_sent(
    js: JSRun, server: Server, init: str, method: str, headers: dict[str, str], body: str | bytes
) -> None:
    call = f"fetch({init})" if init.startswith("new Request") else f"fetch(base, {init})"
    told = steps(js, f"return (await {call}).json()")
    sent = body if isinstance(body, bytes) else body.encode()
    assert (told["method"], told["body"].encode("latin-1")) == (method, sent)
    assert headers.items() <= told["headers"].items()
    assert told["headers"]["host"] == f"127.0.0.1:{server.port}"
    assert "transfer-encoding" not in told["headers"]


def test_a_form(js: JSRun) -> None:
    code = """
      const form = new FormData()
      form.append("name", "Ann\\nLee")
      form.append("file", new File(["a,b"], 'x"y.csv', { type: "text/csv" }))
      const { headers, body } = await (await fetch(base, { method: "POST", body: form })).json()
      const back = await new Response(body, { headers: { "Content-Type": headers["content-type"] } }).formData()
      const file = back.get("file")
      return [back.get("name"), file.type, await file.text(), body.includes('filename="x%22y.csv"')]
    """
    assert steps(js, code) == ["Ann\r\nLee", "text/csv", "a,b", True]


@pytest.mark.parametrize(
    ("code", "error", "wanted"),
    [
        ("await fetch('http://nobody.invalid/')", "dns_failed", "fetch failed: nobody.invalid: no address is known"),
        ("await fetch('http://127.0.0.1:1/')", "connect_failed", "Connection refused"),
        ("await fetch(base + '/garbage')", "broken_answer", "or is not HTTP"),
        ("await fetch('ftp://example.com/')", "bad_url", "only http and https"),
        ("await fetch('blob:x')", "bad_url", "only http and https"),
        ("await fetch('data:nothing')", "invalid_arguments", "this data: URL cannot be read"),
        ("await fetch('/path')", "ERR_INVALID_URL", "is not a URL"),
        ("await fetch(base + '/loop')", "too_many_redirects", "more than 20 redirects"),
        ("await fetch(base + '/redirect?to=/', {redirect: 'error'})", "redirected", "does not allow it"),
        ("await (await fetch(base + '/cut-chunks')).text()", "broken_answer", "broke off"),
        ("await (await fetch(base + '/endless')).text()", "too_large", "read its stream piece by piece"),
        ("await fetch(base, {signal: 5})", "invalid_arguments", "signal is an AbortSignal"),
    ],
)
def test_failures(js: JSRun, code: str, error: str, wanted: str) -> None:
    with pytest.raises(ScriptError) as caught:
        steps(js, code)
    assert caught.value.name == ("RangeError" if error == "too_large" else "TypeError")
    assert caught.value.code == error
    assert wanted in caught.value.message


def test_a_body_comes_piece_by_piece(js: JSRun) -> None:
    code = """
      const times = [], texts = []
      const { body } = await fetch(base + "/drip?pieces=4&wait=0.05")
      for await (const piece of body.pipeThrough(new TextDecoderStream())) {
        times.push(performance.now()); texts.push(piece)
      }
      return [texts.join(","), times.at(-1) - times[0] > 80]
    """
    assert steps(js, code) == ["00000,00001,00002,00003", True]


def test_bodies_that_come_slowly_keep_no_other_call_waiting(js: JSRun) -> None:
    code = """
      const answers = []
      for (let i = 0; i < 12; i++) answers.push(await fetch(base + "/drip?pieces=2&wait=2"))
      const texts = answers.map((answer) => answer.text().catch(() => {}))
      await new Promise((done) => setTimeout(done, 200)) // their first pieces are there
      const since = performance.now()
      await http.getAsync(base)
      const took = performance.now() - since
      await Promise.all(texts)
      return took
    """
    assert steps(js, code) < 1500


@pytest.mark.parametrize("phase", ["head", "body"])
@pytest.mark.parametrize("how", ["controller", "timeout", "any"])
def test_abort_closes_the_connection(js: JSRun, server: Server, phase: str, how: str) -> None:
    server.gone.clear()
    js.run(f"""
      globalThis.controller = new AbortController()
      globalThis.signal = {{
        controller: controller.signal,
        timeout: AbortSignal.timeout(60),
        any: AbortSignal.any([controller.signal, AbortSignal.timeout(9999)]),
      }}["{how}"]
      if ("{how}" !== "timeout") setTimeout(() => controller.abort(), 60)
    """)
    started = time.monotonic()
    path = "/slow?seconds=3" if phase == "head" else "/drip"
    with pytest.raises(ScriptError) as caught:
        steps(js, f"await (await fetch(base + '{path}', {{signal}})).text()")
    assert caught.value.name == ("TimeoutError" if how == "timeout" else "AbortError")
    assert time.monotonic() - started < 1
    if phase == "body":
        assert server.gone.wait(2)


def test_abort_before_and_after(js: JSRun, server: Server) -> None:
    server.seen.clear()
    with pytest.raises(ScriptError, match="never mind"):
        steps(js, "await fetch(base, {signal: AbortSignal.abort(new Error('never mind'))})")
    assert server.seen == []
    with pytest.raises(ScriptError, match="aborted"):
        steps(js, "const c = new AbortController(), p = fetch(base, {signal: c.signal}); c.abort(); await p")
    code = "const c = new AbortController(), r = await fetch(base, {signal: c.signal}); c.abort(); return r.status"
    assert steps(js, code) == 200


@pytest.mark.parametrize(
    "code",
    [
        "const r = await fetch(base + '/drip'); await r.body.cancel()",
        "for await (const piece of (await fetch(base + '/drip')).body) break",
        "const {body} = await fetch(base + '/drip'), r = body.getReader(); await r.read(); await r.cancel('enough')",
    ],
)
def test_cancel_closes_the_connection(js: JSRun, server: Server, code: str) -> None:
    server.gone.clear()
    steps(js, code)
    assert server.gone.wait(2)


def test_open_answers_are_bounded_and_forgotten_ones_are_closed(js: JSRun) -> None:
    assert steps(js, f"for (let i = 0; i < {3 * MOST_OPEN}; i++) (await fetch(base)).status; return 1") == 1
    drip = "'/drip?pieces=2&wait=0'"
    assert steps(js, f"for (let i = 0; i < {2 * MOST_OPEN}; i++) (await fetch(base + {drip})).status; return 1") == 1
    keep = f"globalThis.kept = []; for (let i = 0; i < {MOST_OPEN}; i++) kept.push(await fetch(base + '/drip'))"
    steps(js, keep)
    late = "const told = await fetch(base, { signal: AbortSignal.timeout(50) }).catch((error) => error.name)"
    assert steps(js, f"{late}; return told") == "TimeoutError"
    assert steps(js, "globalThis.next = fetch(base); await kept[0].body.cancel(); return (await next).status") == 200
    steps(js, "for (const answer of kept) await answer.body.cancel(); delete globalThis.kept")
    assert steps(js, "return (await fetch(base)).status") == 200


def test_more_requests_than_may_be_open_take_turns(js: JSRun) -> None:
    many = "await Promise.all(Array.from({ length: 150 }, (_, i) => fetch(base + '/drip?pieces=2&wait=0')"
    assert steps(js, f"return [...new Set({many}.then((r) => r.text()))))]") == ["0000000001"]
    assert steps(js, "return (await fetch(base)).status") == 200


def test_who_waits_for_bodies_that_nobody_reads_is_told(js: JSRun) -> None:
    steps(js, f"globalThis.kept = []; for (let i = 0; i < {MOST_OPEN}; i++) kept.push(await fetch(base + '/drip'))")
    assert steps(js, "globalThis.late = fetch(base).catch((e) => e); return 1") == 1
    js.engine.fire(max(js._timers._agenda))  # the newest timer, which would wait for 20 seconds
    assert steps(js, "const { code, message } = await late; return [code, message]") == [
        "too_many_requests",
        f"{MOST_OPEN} answers are open: read their bodies or cancel them",
    ]
    steps(js, "for (const answer of kept) await answer.body.cancel(); delete globalThis.kept")


def test_odd_heads(js: JSRun, server: Server) -> None:
    code = "const r = await fetch(base + '/odd-head'); return [[...r.headers.keys()], r.statusText, await r.text()]"
    assert steps(js, code) == [["x-ok"], "Fine", "body"]
    for _ in range(MOST_OPEN + 1):
        with pytest.raises(ScriptError, match="a status is 200 to 599, not 999"):
            steps(js, "await fetch(base + '/odd-status')")
    server.gone.clear()
    with pytest.raises(ScriptError, match="enough"):
        steps(js, "const c = new AbortController(); setTimeout(() => c.abort(new Error('enough')), 30);"
                  "await fetch(base + '/hesitating', {signal: c.signal})")  # fmt: skip
    assert server.gone.wait(2)


def test_connections_are_kept(js: JSRun, server: Server) -> None:
    steps(js, "await (await fetch(base + '/drip?pieces=2&wait=0')).text()")
    server.peers.clear()
    steps(
        js, "for (let i = 0; i < 10; i++) await (await fetch(base + (i % 2 ? '/x' : '/drip?pieces=2&wait=0'))).text()"
    )
    assert len(server.peers) == 1


def test_a_route_may_answer_with_what_it_fetched(server: Server) -> None:
    from m3m_core.testing import run_js

    code = f"router.get('/*path', (ctx) => fetch('{server.url}/' + ctx.params.path))"
    with run_js(["http", "router"], code) as run:
        answer = run.request("GET", "/zipped")
        assert (answer.status, answer.json) == (200, "сжато".encode())
        assert "content-encoding" not in answer.headers
