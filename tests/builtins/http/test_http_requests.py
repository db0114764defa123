"""http: what is sent, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from answering import Server

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    ("call", "method", "path", "headers", "body"),
    [
        ("get(base + '/a')", "GET", "/a", {"user-agent": "M3M", "accept": "*/*"}, ""),
        ("get(base + '/a b?x=1', {query: {y: 'é', z: [1, true]}})", "GET", "/a%20b?x=1&y=%C3%A9&z=1&z=true", {}, ""),
        ("get(base + '/?x=1#top', {query: '?y=2'})", "GET", "/?x=1&y=2", {}, ""),
        (
            "get(base, {headers: {'X-A': 1, 'X-B': ['a', 'b'], 'user-agent': 'me'}})",
            "GET",
            "/",
            {"x-a": "1", "user-agent": "me"},
            "",
        ),
        ("get(base, {auth: ['ann', 'pässword']})", "GET", "/", {"authorization": "Basic YW5uOnDDpHNzd29yZA=="}, ""),
        ("get(base, {auth: {username: 'ann', password: ''}})", "GET", "/", {"authorization": "Basic YW5uOg=="}, ""),
        ("get(base.replace('//', '//ann:p%40ss@'))", "GET", "/", {"authorization": "Basic YW5uOnBAc3M="}, ""),
        ("get(base, {bearer: 'abc'})", "GET", "/", {"authorization": "Bearer abc"}, ""),
        ("post(base, {a: [1, 'ё']})", "POST", "/", {"content-type": "application/json"}, '{"a":[1,"ё"]}'),
        (
            "post(base, 'héllo')",
            "POST",
            "/",
            {"content-type": "text/plain; charset=utf-8", "content-length": "6"},
            "héllo",
        ),
        ("post(base, new Uint8Array([0, 255]))", "POST", "/", {"content-type": "application/octet-stream"}, b"\0\xff"),
        (
            "post(base, new URLSearchParams({a: 'b c'}))",
            "POST",
            "/",
            {"content-type": "application/x-www-form-urlencoded"},
            "a=b+c",
        ),
        ("get(base, {headers: new Headers({'X-A': '1'})})", "GET", "/", {"x-a": "1"}, ""),
        ("get(base + '/x', {query: new URLSearchParams({a: 'b&c'})})", "GET", "/x?a=b%26c", {}, ""),
        (
            "request(base, {method: 'post', body: new URLSearchParams({a: 1}), headers: {'X-A': '1'}})",
            "POST",
            "/",
            {"x-a": "1", "content-type": "application/x-www-form-urlencoded"},
            "a=1",
        ),
        ("post(base, 'x', {headers: {'content-type': 'text/csv'}})", "POST", "/", {"content-type": "text/csv"}, "x"),
        (
            "post(base, new URLSearchParams(), {headers: {'content-type': 'text/csv'}})",
            "POST",
            "/",
            {"content-type": "text/csv"},
            "",
        ),
        ("post(base, 'x', {headers: {'Content-Type': 'text/csv'}})", "POST", "/", {"content-type": "text/csv"}, "x"),
        ("post(base)", "POST", "/", {"content-length": "0"}, ""),
        (
            "post(base, undefined, {form: {a: 'b&c', n: [1, 2]}})",
            "POST",
            "/",
            {"content-type": "application/x-www-form-urlencoded"},
            "a=b%26c&n=1&n=2",
        ),
        ("post(base, null, {json: 'text'})", "POST", "/", {"content-type": "application/json"}, '"text"'),
        ("put(base + '/x', false)", "PUT", "/x", {}, "false"),
        ("patch(base + '/x', [1])", "PATCH", "/x", {}, "[1]"),
        ("delete(base + '/x')", "DELETE", "/x", {}, ""),
        ("request(base + '/x', {method: 'purge', body: 'b'})", "PURGE", "/x", {}, "b"),
        (
            "post(base, 'abc', {headers: {'Content-Length': '999', 'Transfer-Encoding': 'chunked'}})",
            "POST",
            "/",
            {"content-length": "3"},
            "abc",
        ),
    ],
)
def test_what_is_sent(js: JSRun, call: str, method: str, path: str, headers: dict[str, str], body: str | bytes) -> None:
    told = js.value(f"http.{call}.json()")
    sent = body if isinstance(body, bytes) else body.encode()
    assert (told["method"], told["path"], told["body"].encode("latin-1")) == (method, path, sent)
    assert headers.items() <= told["headers"].items()
    assert "transfer-encoding" not in told["headers"]
    later = js.value(f"http.{call.replace('(', 'Async(', 1)}.then((answer) => answer.json())")
    assert later == told


def test_a_form_with_files(js: JSRun) -> None:
    js.run(
        "globalThis.file = {data: 'x,y', name: 'a\"b.csv', type: 'text/csv'}\n"
        "globalThis.parts = {name: 'Ann', n: 5, raw: new Uint8Array([1]), file}"
    )
    told = js.value("http.post(base, undefined, {multipart: parts}).json()")
    kind, _, boundary = told["headers"]["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    assert told["body"] == (
        f'--{boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nAnn\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="n"\r\n\r\n5\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="raw"; filename="blob"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n\x01\r\n"
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a%22b.csv"\r\n'
        "Content-Type: text/csv\r\n\r\nx,y\r\n"
        f"--{boundary}--\r\n"
    )
    assert told["headers"]["content-length"] == str(len(told["body"]))


def test_a_form_with_a_file_of_the_project(js: JSRun) -> None:
    js.run("storage.write('docs/note.txt', 'kept')")
    told = js.value(
        "http.post(base + '/redirect?status=307&to=/kept', null, {multipart: {f: [{file: 'docs/note.txt'}]}}).json()"
    )
    assert told["path"] == "/kept"
    assert 'filename="note.txt"\r\nContent-Type: text/plain\r\n\r\nkept\r\n' in told["body"]
    with pytest.raises(ScriptError) as caught:
        js.value("http.post(base, null, {multipart: {f: {file: '../note.txt'}}})")
    assert caught.value.code == "bad_path"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("http.get(base + '/status?code=404').ok", False),
        ("http.get(base + '/status?code=404').status", 404),
        ("http.get(base + '/status?code=500').body", "told you so"),
        ("http.get(base + '/status?code=299').ok", True),
        ("http.get(base + '/status?code=204').body", ""),
        ("http.head(base + '/status?code=200').headers['content-length']", "11"),
        ("http.head(base + '/status?code=200').text()", ""),
        ("http.get(base + '/text').text()", "Привет"),
        ("http.get(base + '/text').bytes()", "Привет".encode("cp1251")),
        ("http.get(base + '/text?type=text/plain').bytes()", "Привет".encode("cp1251")),
        ("http.get(base + '/text?type=text/plain').body", "\ufffd" * 6),
        ("http.get(base + '/text?type=text/plain;charset=klingon').body", "\ufffd" * 6),
        ("http.get(base + '/zipped').text()", "сжато"),
        ("http.get(base + '/big?size=3').bytes()", b"\0\1\2"),
        ("http.get(base + '/x#top').url.slice(base.length)", "/x"),
        ("http.get(base + '/cookies?set=a=1|b=2').cookies", {"a": "1", "b": "2"}),
        ("Object.keys(http.get(base)).sort()", ["body", "cookies", "headers", "ok", "status", "url"]),
        ("JSON.parse(JSON.stringify(http.get(base + '/status?code=200'))).body", "told you so"),
        ("$http === http && Object.isFrozen(http)", True),
    ],
)
def test_answers(js: JSRun, expression: str, expected: Any) -> None:
    assert js.value(expression) == expected


def test_an_answer_has_the_declared_members(js: JSRun) -> None:
    js.run("globalThis.answer = http.get(base)")
    own = "[...Object.keys(answer), ...Object.getOwnPropertyNames(Object.getPrototypeOf(answer))].sort()"
    expected = "body bytes constructor cookies headers json ok status text url"
    assert js.value(own) == expected.split()


def test_what_is_not_json(js: JSRun) -> None:
    with pytest.raises(ScriptError, match=r"the answer of http://127.*/status \(status 200\) is not JSON") as caught:
        js.value("http.get(base + '/status?code=200&secret=1').json()")
    assert (caught.value.name, caught.value.code) == ("SyntaxError", "not_json")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("get(base, {quer: {}})", "option quer is unknown (did you mean query?)"),
        ("get(base, 'x')", 'options is an object such as {headers: {…}}, not "x"'),
        ("get(base, {headers: {'a b': 1}})", "an object whose names are those of headers"),
        ("get(base, {headers: {a: 'x\\r\\nb: 1'}})", "headers.a is a text of one line"),
        ("get(base, {headers: {a: 'ё'}})", "headers.a is a text of one line, in characters of Latin-1"),
        ("get(base, {headers: []})", "headers is an object of names and values, not a list"),
        ("get(base, {query: {a: {}}})", "query.a is a text, a number, true or false"),
        ("get(base, {timeout: 0})", "timeout is a number of milliseconds above 0"),
        ("get(base, {timeout: '5 parsecs'})", 'or a text such as "5s", not "5 parsecs"'),
        ("get(base, {timeout: {all: 5}})", 'timeout has no "all"; it has connect, read, total'),
        ("get(base, {maxRedirects: 51})", "maxRedirects is a whole number from 0 to 50, not 51"),
        ("get(base, {maxSize: 1e12})", "maxSize is a whole number from 0 to"),
        ("get(base, {redirect: 'never'})", "redirect is follow or manual or error"),
        ("get(base, {verify: 'no'})", "verify is true or false"),
        ("get(base, {auth: 'ann:secret'})", "auth is {username, password} or [username, password], not such a value"),
        ("get(base, {auth: {user: 'ann', password: 'secret'}})", 'auth has no "user"; it has username, password'),
        ("get(base, {bearer: 5})", "bearer is a token"),
        ("post(base, 'x', {form: {}})", "form is left out where there is body"),
        ("post(base, null, {multipart: 'x'})", "multipart is an object of names and values"),
        ("post(base, null, {multipart: {a: {}}})", "multipart.a is a text, bytes, {data, name, type}"),
        ("post(base, null, {multipart: {a: {data: 'x', type: 'a\\nb'}}})", "multipart.a.type is a text of one line"),
        ("post(base, null, {multipart: {a: {data: 'x', filename: 'b'}}})", 'multipart.a has no "filename"; it'),
        (
            "post(base, {a: new Uint8Array(3)})",
            "body is a value of JSON, in which bytes are a text such as encoding.base64",
        ),
        ("get(base, {json: [[new ArrayBuffer(3)]]})", "json is a value of JSON, in which bytes are"),
        (f"post(base, {'[' * 300}{']' * 300})", "nested at most 250 deep"),
        ("post(base, new FormData())", "a FormData is for fetch"),
        ("request(base, {method: 'TRACE'})", "method is a method such as GET"),
        ("request(base, {method: 'GET /'})", "method is a method such as GET"),
    ],
)
def test_wrong_arguments(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"http.{call}")
    assert (caught.value.name, caught.value.code) == ("TypeError", "invalid_arguments")
    assert message in caught.value.message
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    "url", ["ftp://example.com/", "file:///etc/passwd", "nope", "", "http://", "http://a b/", "//example.com"]
)
def test_what_is_no_address(js: JSRun, url: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"http.get('{url}')")
    assert caught.value.code == "bad_url"


def test_connections_are_kept(js: JSRun, server: Server) -> None:
    js.value("http.get(base).status")
    server.peers.clear()
    js.run("for (let i = 0; i < 20; i++) http.get(base + '/n' + i)")
    assert len(server.peers) == 1
