"""http: redirects, what they carry along, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from answering import Server, answering

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.fixture(scope="module")
def other(js: JSRun) -> Iterator[Server]:
    """A server of another origin: its port is another."""
    with answering() as made:
        js.run(f"globalThis.other = '{made.url}'")
        yield made


@pytest.mark.parametrize(
    ("status", "method", "becomes", "body"),
    [
        (301, "POST", "GET", ""),
        (302, "POST", "GET", ""),
        (303, "POST", "GET", ""),
        (303, "PUT", "GET", ""),
        (303, "HEAD", "HEAD", None),
        (307, "POST", "POST", "sent"),
        (308, "POST", "POST", "sent"),
        (301, "PUT", "PUT", "sent"),
        (302, "DELETE", "DELETE", "sent"),
        (302, "HEAD", "HEAD", None),
    ],
)
def test_methods(js: JSRun, server: Server, status: int, method: str, becomes: str, body: str | None) -> None:
    server.seen.clear()
    sent = "" if body is None else "body: 'sent', headers: {'X-Kept': '1'},"
    answer = f"http.request(base + '/redirect?status={status}&to=/end', {{{sent} method: '{method}'}})"
    told = js.value(f"(() => {{ const a = {answer}; return {{url: a.url, json: a.body && a.json()}} }})()")
    assert server.seen == [f"{method} /redirect", f"{becomes} /end"]
    assert told["url"] == f"{server.url}/end"
    if body is not None:
        assert told["json"]["body"] == body
        assert told["json"]["headers"]["x-kept"] == "1"
        assert ("content-type" in told["json"]["headers"]) is bool(body)


@pytest.mark.parametrize(
    ("to", "path"),
    [("end?x=1", "/end?x=1"), ("../up", "/up"), ("?x=1", "/redirect?x=1"), ("//HOST/abs", "/abs"), ("/a b", "/a%20b")],
)
def test_places(js: JSRun, server: Server, to: str, path: str) -> None:
    place = to.replace("HOST", server.url.removeprefix("http://"))
    if path.startswith("/redirect"):
        told = js.value(f"http.get(base + '/redirect', {{query: {{to: '{place}'}}, redirect: 'manual'}}).status")
        assert told == 302
    else:
        assert js.value(f"http.get(base + '/redirect', {{query: {{to: '{place}'}}}}).json().path") == path


SECRETS = "{headers: {Authorization: 'Bearer abc', Cookie: 'own=1', 'X-Key': 'k'}, query: {to: TO}}"


@pytest.mark.parametrize(
    ("to", "kept"),
    [("base + '/end'", True), ("other + '/end'", False), ("base.replace('127.0.0.1', 'localhost') + '/end'", False)],
)
def test_credentials_stay_with_their_origin(js: JSRun, other: Server, to: str, kept: bool) -> None:
    headers = js.value(f"http.get(base + '/redirect', {SECRETS.replace('TO', to)}).json().headers")
    assert ("authorization" in headers, "cookie" in headers, headers["x-key"]) == (kept, kept, "k")


def test_credentials_of_the_url_do_not_follow(js: JSRun, other: Server) -> None:
    url = "base.replace('//', '//ann:secret@') + '/redirect'"
    assert "authorization" not in js.value(f"http.get({url}, {{query: {{to: other + '/end'}}}}).json().headers")
    assert "authorization" in js.value(f"http.get({url}, {{query: {{to: '/end'}}}}).json().headers")


def test_cookies_of_a_redirect_go_on_to_its_host_alone(js: JSRun, other: Server) -> None:
    js.run("globalThis.follow = (to) => http.get(base + '/redirect', {query: {to, cookie: 'sid=1; Path=/'}})")
    same = js.value("(() => { const a = follow('/end'); return [a.json().headers.cookie, a.cookies] })()")
    assert same == ["sid=1", {"sid": "1"}]
    elsewhere = "follow(base.replace('127.0.0.1', 'localhost') + '/end').json().headers.cookie"
    assert js.value(elsewhere) is None


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("get(base + '/loop')", "too_many_redirects"),
        ("get(base + '/loop', {maxRedirects: 0})", "too_many_redirects"),
        ("get(base + '/redirect?to=/x', {redirect: 'error'})", "redirected"),
        ("get(base + '/redirect?to=ftp://example.com/')", "bad_url"),
        ("get(base + '/redirect?to=http://169.254.169.254/latest/')", "egress_refused"),
        ("get(base + '/redirect?to=http://2852039166/')", "egress_refused"),
        ("get(base + '/redirect?to=http://[::ffff:a9fe:a9fe]/')", "egress_refused"),
    ],
)
def test_refused(js: JSRun, call: str, code: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"http.{call}")
    assert caught.value.code == code


def test_the_number_of_redirects(js: JSRun, server: Server) -> None:
    server.seen.clear()
    with pytest.raises(ScriptError, match="more than 3 redirects"):
        js.value("http.get(base + '/loop', {maxRedirects: 3})")
    assert len(server.seen) == 4


def test_manual(js: JSRun) -> None:
    answer: Any = js.value("http.get(base + '/redirect?to=/end', {redirect: 'manual'})")
    assert (answer["status"], answer["headers"]["location"], answer["body"]) == (302, "/end", "moved")
