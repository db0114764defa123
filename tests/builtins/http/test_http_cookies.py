"""http.session: cookies by the rules of RFC 6265, one jar for each session."""

from __future__ import annotations

import pytest
from answering import Server
from urllib3 import HTTPHeaderDict

from m3m_builtins.http.cookies import LONGEST_COOKIE, MOST_COOKIES, Jar
from m3m_builtins.http.targets import target
from m3m_core import ScriptError
from m3m_core.testing import JSRun


def sent(set_at: str, cookie: str, asked: str) -> str:
    jar = Jar()
    jar.take(target(set_at), HTTPHeaderDict([("Set-Cookie", cookie)]))
    return jar.header(target(asked))


@pytest.mark.parametrize(
    ("set_at", "cookie", "asked", "expected"),
    [
        # without Domain: the host alone
        ("http://example.com/", "a=1", "http://example.com/x", "a=1"),
        ("http://example.com/", "a=1", "http://www.example.com/", ""),
        ("http://www.example.com/", "a=1", "http://example.com/", ""),
        ("http://example.com/", "a=1", "http://example.com:8080/", "a=1"),
        ("http://127.0.0.1/", "a=1", "http://127.0.0.1/", "a=1"),
        ("http://localhost/", "a=1", "http://localhost:3000/", "a=1"),
        ("http://127.0.0.1/", "a=1", "http://localhost/", ""),
        # with Domain: its subdomains too, and never somebody else's
        ("http://example.com/", "a=1; Domain=example.com", "http://www.example.com/", "a=1"),
        ("http://www.example.com/", "a=1; Domain=.example.com", "http://api.example.com/", "a=1"),
        ("http://www.example.com/", "a=1; Domain=other.com", "http://other.com/", ""),
        ("http://example.com/", "a=1; Domain=www.example.com", "http://www.example.com/", ""),
        ("http://example.com/", "a=1; Domain=com", "http://other.com/", ""),
        ("http://shop.co.uk/", "a=1; Domain=co.uk", "http://other.co.uk/", ""),
        ("http://example.com/", "a=1; Domain=example.com", "http://notexample.com/", ""),
        # paths
        ("http://example.com/a/b", "a=1", "http://example.com/a/c", "a=1"),
        ("http://example.com/a/b", "a=1", "http://example.com/x", ""),
        ("http://example.com/", "a=1; Path=/a", "http://example.com/a", "a=1"),
        ("http://example.com/", "a=1; Path=/a", "http://example.com/a/b", "a=1"),
        ("http://example.com/", "a=1; Path=/a", "http://example.com/ab", ""),
        # secure
        ("https://example.com/", "a=1; Secure", "https://example.com/", "a=1"),
        ("https://example.com/", "a=1; Secure", "http://example.com/", ""),
        ("http://example.com/", "a=1; Secure", "https://example.com/", ""),
        # expiry
        ("http://example.com/", "a=1; Max-Age=60", "http://example.com/", "a=1"),
        ("http://example.com/", "a=1; Max-Age=0", "http://example.com/", ""),
        ("http://example.com/", "a=1; Expires=Wed, 09 Jun 2021 10:18:14 GMT", "http://example.com/", ""),
        ("http://example.com/", "a=1; Expires=Wed, 09 Jun 2199 10:18:14 GMT", "http://example.com/", "a=1"),
        # values
        ("http://example.com/", 'a="x y"; HttpOnly; SameSite=Lax', "http://example.com/", 'a="x y"'),
        ("http://example.com/", "a=b=c", "http://example.com/", "a=b=c"),
        ("http://example.com/", f"a={'x' * LONGEST_COOKIE}", "http://example.com/", ""),
    ],
)
def test_rules(set_at: str, cookie: str, asked: str, expected: str) -> None:
    assert sent(set_at, cookie, asked) == expected


def test_a_jar_is_bounded() -> None:
    jar = Jar()
    for number in range(MOST_COOKIES + 50):
        jar.take(target("http://example.com/"), HTTPHeaderDict([("Set-Cookie", f"c{number}=1")]))
    assert len(jar.listed()) == MOST_COOKIES


def test_a_session_keeps_cookies_and_options(js: JSRun, server: Server) -> None:
    js.run(
        "globalThis.mine = http.session({headers: {'X-App': 'shop', 'X-B': '1'}}); globalThis.yours = http.session()"
    )
    js.value("mine.get(base + '/cookies', {query: {set: 'sid=1; Path=/|lang=en; Path=/; Max-Age=1000'}}).status")
    told = js.value("mine.get(base, {headers: {'x-b': '2'}}).json().headers")
    assert (told["cookie"], told["x-app"], told["x-b"]) == ("sid=1; lang=en", "shop", "2")
    assert (
        js.value("mine.post(base, {}, {headers: {Cookie: 'own=1'}}).json().headers.cookie") == "own=1; sid=1; lang=en"
    )
    assert "cookie" not in js.value("yours.get(base).json().headers")
    assert "cookie" not in js.value("http.get(base).json().headers")
    assert js.value("mine.getAsync(base).then((answer) => answer.json().headers.cookie)") == "sid=1; lang=en"
    assert js.value(
        "mine.cookies().map((c) => [c.name, c.value, c.hostOnly, c.path, c.secure, c.expires > new Date()])"
    ) == [
        ["sid", "1", True, "/", False, False],
        ["lang", "en", True, "/", False, True],
    ]
    js.run("mine.clearCookies()")
    assert js.value("[mine.cookies(), 'cookie' in mine.get(base).json().headers]") == [[], False]


def test_sessions_are_bounded(js: JSRun) -> None:
    js.run("globalThis.many = Array.from({length: 1001}, () => http.session())")
    assert js.value("many[1000].cookies()") == []
    with pytest.raises(ScriptError, match="only the newest 1000 are kept") as caught:
        js.value("many[0].cookies()")
    assert caught.value.code == "session_closed"
    js.run("delete globalThis.many; for (let i = 0; i < 2000; i++) http.session()")
    assert js.value("http.session().cookies()") == []


def test_a_session_wants_options(js: JSRun) -> None:
    with pytest.raises(ScriptError, match=r"http\.session wants an object of options"):
        js.value("http.session('x')")
