"""A service made with hono, bundled by esbuild: what is written for edge runtimes works here unchanged."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest

from m3m_core.testing import JSRun, run_js

BUNDLE = Path(__file__).parents[2] / "js/hono/app.bundle.js"
CALL = """
globalThis.call = async (path, init) => {
  const answer = await app.fetch(new Request("https://shop.example" + path, init))
  const type = answer.headers.get("content-type") ?? ""
  const body = type.includes("json") ? await answer.json() : await answer.text()
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body }
}
const headers = { "Content-Type": "application/json" }
globalThis.json = (value) => ({ method: "POST", body: JSON.stringify(value), headers })
globalThis.upload = () => {
  const body = new FormData()
  body.append("name", "Ann")
  body.append("file", new File(["héllo"], "a.txt", { type: "text/plain" }))
  return { method: "POST", body }
}
"""


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["webapi", "crypto"], BUNDLE.read_text() + CALL) as run:
        yield run


@pytest.mark.parametrize(
    ("call", "status", "body"),
    [
        ("'/'", 200, "hello"),
        ("'/users/42?all=1&tag=a&tag=b'", 200, {"id": "42", "all": "1", "tags": ["a", "b"]}),
        ("'/users/ann'", 404, {"error": "nothing at /users/ann"}),
        ("'/echo', json({a: ['ё']})", 201, {"got": {"a": ["ё"]}, "type": "application/json"}),
        ("'/form', upload()", 200, {"name": "Ann", "file": ["a.txt", "text/plain", "héllo"]}),
        ("'/form', {method: 'POST', body: new URLSearchParams({name: 'Bob'})}", 200, {"name": "Bob", "file": None}),
        ("'/checked', json({name: 'x'})", 200, {"name": "x"}),
        ("'/checked', json({})", 422, {"error": "name is missing"}),
        ("'/cookies', {headers: {Cookie: 'a=1; b=two%20words'}}", 200, {"a": "1", "b": "two words"}),
        ("'/html'", 200, "<h1>hi</h1>"),
        ("'/away'", 303, ""),
        ("'/stream'", 200, "one two three"),
        ("'/text-stream'", 200, "a\nb"),
        ("'/events'", 200, "event: tick\ndata: 1\nid: 7\n\n"),
        ("'/shared/data', {headers: {Origin: 'https://example.com'}}", 200, []),
        ("'/teapot'", 418, "short and stout"),
        ("'/broken'", 500, {"error": "broken on purpose"}),
        ("'/nested/deep/ann'", 200, "deep ann"),
        ("'/mounted/a/b', {method: 'PUT'}", 200, "mounted /a/b PUT"),
        ("'/', {method: 'HEAD'}", 200, ""),
        ("'/none', {method: 'DELETE'}", 404, {"error": "nothing at /none"}),
    ],
)
def test_routes(js: JSRun, call: str, status: int, body: Any) -> None:
    answer = js.value(f"call({call})")
    assert (answer["status"], answer["body"]) == (status, body)
    assert answer["headers"]["x-middleware"] == "yes"


def test_headers(js: JSRun) -> None:
    assert js.value("call('/away')")["headers"]["location"] == "/users/7"
    set_cookies = js.value("app.request('/cookies').then((answer) => answer.headers.getSetCookie())")
    assert set_cookies == ["seen=yes; Path=/; HttpOnly", "old=; Max-Age=0; Path=/"]
    shared = "call('/shared/data', {headers: {Origin: 'https://example.com'}})"
    assert js.value(shared)["headers"]["access-control-allow-origin"] == "https://example.com"


def test_bytes(js: JSRun) -> None:
    assert js.value("app.request('/bytes').then((answer) => answer.bytes())") == b"\0\xff"


def test_a_stream_is_read_piece_by_piece(js: JSRun) -> None:
    read = """(async () => {
      const pieces = [], decoder = new TextDecoder()
      for await (const piece of (await app.request("/stream")).body) pieces.push(decoder.decode(piece))
      return pieces
    })()"""
    assert js.value(read) == ["one ", "two ", "three"]


SECRET = "a shared secret"


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def bearer(claims: dict[str, Any], secret: str = SECRET, algorithm: str = "HS256") -> str:
    return "Bearer " + jwt.encode(claims, secret, algorithm)


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(
    ("path", "authorization", "status", "body"),
    [
        ("/basic/page", basic("ann", "пароль"), 200, "basic"),
        ("/basic/page", basic("ann", "пароли"), 401, "Unauthorized"),
        ("/basic/page", "", 401, "Unauthorized"),
        ("/bearer/page", "Bearer let-me-in", 200, "bearer"),
        ("/bearer/page", "Bearer let-me-im", 401, "Unauthorized"),
        ("/jwt/page", lambda: bearer({"sub": "ann", "exp": 2**40}), 200, {"sub": "ann", "exp": 2**40}),
        ("/jwt/page", lambda: bearer({"sub": "ann", "exp": 1}), 401, "Unauthorized"),
        ("/jwt/page", lambda: bearer({"sub": "ann"}, "another secret"), 401, "Unauthorized"),
        ("/jwt/page", lambda: bearer({"sub": "ann"}, algorithm="HS512"), 401, "Unauthorized"),
    ],
)
def test_who_may_enter(js: JSRun, path: str, authorization: Any, status: int, body: Any) -> None:
    told = authorization() if callable(authorization) else authorization
    answer = js.value(f"call({path!r}, {{headers: {{Authorization: {told!r}}}}})")
    assert (answer["status"], answer["body"]) == (status, body)


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_tokens_that_hono_signs(js: JSRun, algorithm: str) -> None:
    token = js.value(f"call('/token/{algorithm}')")["body"]
    assert jwt.decode(token, SECRET, [algorithm]) == {"sub": "ann"}


def test_a_page_that_did_not_change(js: JSRun) -> None:
    first = js.value("call('/etag/page')")
    assert first["headers"]["etag"] == f'"{hashlib.sha1(b"page").hexdigest()}"'
    again = js.value(f"call('/etag/page', {{headers: {{'If-None-Match': '{first['headers']['etag']}'}}}})")
    assert (again["status"], again["body"]) == (304, "")


def test_signed_cookies(js: JSRun) -> None:
    cookie = js.value("call('/sign')")["headers"]["set-cookie"].partition(";")[0]
    assert js.value(f"call('/signed', {{headers: {{Cookie: {cookie!r}}}}})")["body"] == "ann"
    forged = cookie.replace("ann", "bob")
    assert js.value(f"call('/signed', {{headers: {{Cookie: {forged!r}}}}})")["body"] is False
