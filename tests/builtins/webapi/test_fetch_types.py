"""Headers, Request and Response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[...new Headers({'X-B': 'b', 'a': ' 1 '})]", [["a", "1"], ["x-b", "b"]]),
        ("new Headers([['a', '1'], ['A', '2']]).get('a')", "1, 2"),
        ("new Headers(new Headers({a: 1})).get('A')", "1"),
        ("new Headers().get('none') === null", True),
        ("[[...new Headers({b: 1, a: 2}).keys()], [...new Headers({b: 1}).values()]]", [["a", "b"], ["1"]]),
        ("JSON.stringify(new Headers({A: 1}))", '{"a":"1"}'),
        ("new Response('ё').text()", "ё"),
        ("new Response(new Uint8Array([208, 159])).text()", "П"),
        ("new Response(new Uint8Array([0, 208, 159]).subarray(1)).text()", "П"),
        ("new Response('ё').bytes().then((bytes) => [...bytes])", [209, 145]),
        ("new Response('ab').arrayBuffer().then((buffer) => buffer.byteLength)", 2),
        ("new Response('{\"a\":1}').json()", {"a": 1}),
        ("new Response().text()", ""),
        ("new Response('x').headers.get('content-type')", "text/plain;charset=UTF-8"),
        ("new Response(new Uint8Array()).headers.get('content-type')", None),
        ("new Response('x', {headers: {'Content-Type': 'text/csv'}}).headers.get('content-type')", "text/csv"),
        ("new Request('http://a', {method: 'patch'}).method", "patch"),
        ("new Request('http://a').method", "GET"),
    ],
)
def test_answers(js: JSRun, expression: str, expected: Any) -> None:
    assert js.value(expression) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (
            "const h = new Headers({a: 1}); h.set('A', 2); h.set('b', 3); h.delete('a'); return [...h.keys()]",
            ["b"],
        ),
        (
            """
            const headers = new Headers()
            headers.append("Set-Cookie", "a=1")
            headers.append("Set-Cookie", "b=2")
            return [headers.getSetCookie(), [...headers]]
            """,
            [["a=1", "b=2"], [["set-cookie", "a=1"], ["set-cookie", "b=2"]]],
        ),
        (
            "const seen = []; new Headers({b: 1, a: 2}).forEach((value, name) => seen.push(name + value)); return seen",
            ["a2", "b1"],
        ),
        (
            """
            const answer = new Response("x", { status: 404, statusText: "Gone away" })
            return [answer.status, answer.ok, answer.statusText, answer.type, answer.url, answer.redirected]
            """,
            [404, False, "Gone away", "default", "", False],
        ),
        (
            "const r = new Response('x'), copy = r.clone(); return [await r.text(), r.bodyUsed, await copy.text()]",
            ["x", True, "x"],
        ),
        (
            "const r = Response.json([1], {status: 201}), [[, type]] = r.headers; return [r.status, type, r.bodyUsed]",
            [201, "application/json", False],
        ),
        (
            "const r = Response.redirect('https://example.com/a b', 301); return [r.status, r.headers.get('location')]",
            [301, "https://example.com/a%20b"],
        ),
        (
            "const r = new Request('http://Example.com/a b', {method: 'post', body: 'x'}); return [r.method, r.url]",
            ["POST", "http://example.com/a%20b"],
        ),
        (
            """
            const request = new Request("http://a", { method: "POST", body: new URLSearchParams({ q: "a b" }) })
            return [request.headers.get("content-type"), await request.text()]
            """,
            ["application/x-www-form-urlencoded;charset=UTF-8", "q=a+b"],
        ),
        (
            """
            const first = new Request("http://a", { method: "POST", body: "x", headers: { h: 1 } })
            const second = new Request(first, { headers: { h: 2 } })
            return [second.method, second.headers.get("h"), await second.text()]
            """,
            ["POST", "2", "x"],
        ),
        (
            """
            const controller = new AbortController()
            const request = new Request("http://a", { signal: controller.signal })
            controller.abort()
            return [request.signal.aborted, request.clone().signal.aborted, new Request("http://a").signal.aborted]
            """,
            [True, True, False],
        ),
        ("const data = new Uint8Array([1]), r = new Response(data); data[0] = 2; return (await r.bytes())[0]", 1),
    ],
)
def test_steps(js: JSRun, steps: str, expected: Any) -> None:
    assert js.value(f"(async () => {{ {steps} }})()") == expected


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("new Headers({'bad name': 1})", "not a header name"),
        ("new Headers({a: 'x\\ny: z'})", "the value of header a has a character that headers cannot carry"),
        ("new Headers({a: 'x\\u0000'})", "cannot carry"),
        ("new Headers({a: 'ё'})", "cannot carry"),
        ("new Headers([['a']])", "Headers wants pairs"),
        ("new Headers('a: b')", "Headers wants an object"),
        ("new Response('', {status: 99})", "a status is 200 to 599, not 99"),
        ("new Response('x', {status: 204})", "an answer 204 has no body"),
        ("Response.redirect('/path')", 'for "/path" use router.redirect'),
        ("Response.redirect('http://a', 200)", "a redirect's status is 301, 302, 303, 307, 308, not 200"),
        ("Response.json(undefined)", "a undefined is not JSON"),
        ("new Request('/path')", '"/path" is not a URL'),
        ("new Request('http://a', {body: 'x'})", "a GET request has no body"),
        ("new Request('http://a', {method: 'TRACE'})", "not a method for a request: TRACE"),
        ("new Request('http://a', {method: 'A B'})", "not a method for a request"),
        (
            "(async () => { const r = new Response('x'); await r.text(); return r.text() })()",
            "the body was read already",
        ),
        (
            "(async () => { const r = new Response('x'); await r.text(); return r.clone() })()",
            "read already and cannot be",
        ),
        ("new Response('nope').json()", "unexpected token: 'nope'"),
    ],
)
def test_mistakes(js: JSRun, expression: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(expression)


@pytest.fixture(scope="module")
def service() -> Iterator[JSRun]:
    code = """
      router.get("/text", () => new Response("hi", { status: 203, headers: { "X-A": "1" } }))
      router.get("/json", async () => Response.json({ a: 1 }))
      router.get("/bytes", () => new Response(new Uint8Array([0, 255])))
      router.get("/long", async () => new Response("x".repeat(9000) + "y".repeat(9000)))
      router.get("/empty", () => new Response(null, { status: 204 }))
      router.get("/away", () => Response.redirect("https://example.com/", 303))
    """
    with run_js(["webapi", "router"], code) as run:
        yield run


@pytest.mark.parametrize(
    ("path", "status", "body", "headers"),
    [
        ("/text", 203, b"hi", {"x-a": "1", "content-type": "text/plain;charset=UTF-8"}),
        ("/json", 200, {"a": 1}, {"content-type": "application/json"}),
        ("/bytes", 200, b"\0\xff", {"content-length": "2"}),
        ("/long", 200, b"x" * 9000 + b"y" * 9000, {"content-length": "18000"}),
        ("/empty", 204, None, {}),
        ("/away", 303, None, {"location": "https://example.com/"}),
    ],
)
def test_a_route_may_return_a_response(
    service: JSRun, path: str, status: int, body: Any, headers: dict[str, str]
) -> None:
    answer = service.request("GET", path)
    assert (answer.status, answer.json) == (status, body)
    assert headers.items() <= answer.headers.items()
