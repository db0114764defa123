"""URL and URLSearchParams."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    ("arguments", "href"),
    [
        ("'http://example.com'", "http://example.com/"),
        ("'HTTP://User:p%40ss@EXAMPLE.com:80/a/../b?q=1#h'", "http://User:p%40ss@example.com/b?q=1#h"),
        ("'../c?x', 'https://example.com/a/b/'", "https://example.com/a/c?x"),
        ("'//other.org/x', new URL('https://example.com')", "https://other.org/x"),
        (
            "'https://пример.рф/путь?я=ё#й'",
            "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?%D1%8F=%D1%91#%D0%B9",
        ),
        ("'  https://example.com/a b\\t '", "https://example.com/a%20b"),
        ("'http://0x7f.1/'", "http://127.0.0.1/"),
        ("'http://[::1]:3000/'", "http://[::1]:3000/"),
        ("'mailto:ann@example.com'", "mailto:ann@example.com"),
        ("'file:///etc/../tmp'", "file:///tmp"),
        ("'https://example.com/\\ud800'", "https://example.com/%EF%BF%BD"),
        ("'https://example.com/a\\u0000b'", "https://example.com/a%00b"),
    ],
)
def test_parsing(js: JSRun, arguments: str, href: str) -> None:
    assert js.value(f"new URL({arguments}).href") == href


@pytest.mark.parametrize(
    "arguments", ["'nope'", "''", "'/path'", "'http://'", "'http://a b/'", "'x', 'nope'", "'http://a:99999/'"]
)
def test_what_is_no_url(js: JSRun, arguments: str) -> None:
    with pytest.raises(ScriptError, match="is not a URL") as caught:
        js.value(f"new URL({arguments})")
    assert (caught.value.name, caught.value.code) == ("TypeError", "ERR_INVALID_URL")
    assert js.value(f"URL.canParse({arguments})") is False
    assert js.value(f"URL.parse({arguments}) === null")


def test_parts(js: JSRun) -> None:
    names = "['protocol','username','password','host','hostname','port','pathname','search','hash','origin']"
    js.run("globalThis.url = URL.parse('https://ann:pw@example.com:8443/a/b?q=1#top')")
    assert js.value(f"{names}.map((name) => url[name])") == [
        "https:", "ann", "pw", "example.com:8443", "example.com", "8443", "/a/b", "?q=1", "#top", "https://example.com:8443"
    ]  # fmt: skip
    assert js.value("[String(url), JSON.stringify({url}), Object.prototype.toString.call(url)]") == [
        "https://ann:pw@example.com:8443/a/b?q=1#top",
        '{"url":"https://ann:pw@example.com:8443/a/b?q=1#top"}',
        "[object URL]",
    ]


@pytest.mark.parametrize(
    ("part", "value", "href"),
    [
        ("protocol", "'http'", "http://example.com/p?q#h"),
        ("protocol", "'nonsense:'", "https://example.com/p?q#h"),
        ("username", "'ann'", "https://ann@example.com/p?q#h"),
        ("host", "'other.org:81'", "https://other.org:81/p?q#h"),
        ("hostname", "'bad host'", "https://example.com/p?q#h"),
        ("port", "8080", "https://example.com:8080/p?q#h"),
        ("port", "'x'", "https://example.com/p?q#h"),
        ("pathname", "'/é'", "https://example.com/%C3%A9?q#h"),
        ("search", "'a=b c'", "https://example.com/p?a=b%20c#h"),
        ("search", "''", "https://example.com/p#h"),
        ("hash", "'x'", "https://example.com/p?q#x"),
        ("href", "'http://a/b'", "http://a/b"),
    ],
)
def test_setting_parts(js: JSRun, part: str, value: str, href: str) -> None:
    assert (
        js.value(f"(() => {{ const u = new URL('https://example.com/p?q#h'); u.{part} = {value}; return u.href }})()")
        == href
    )


def test_a_bad_href_throws(js: JSRun) -> None:
    with pytest.raises(ScriptError, match='"nope" is not a URL'):
        js.value("new URL('http://a').href = 'nope'")


def test_query_and_address_follow_each_other(js: JSRun) -> None:
    js.run("globalThis.url = new URL('http://a/?x=1&y=2#h'); globalThis.query = url.searchParams")
    assert js.value("(query.append('z', 'a b'), query.delete('x'), url.href)") == "http://a/?y=2&z=a+b#h"
    assert js.value("(url.search = '?new=1', [...query])") == [["new", "1"]]
    assert js.value("(url.href = 'http://b/?other=2', query.get('other'))") == "2"
    assert js.value("(query.delete('other'), url.href)") == "http://b/"
    assert js.value("url.searchParams === query")


@pytest.mark.parametrize(
    ("init", "text"),
    [
        ("", ""),
        ("'?a=1&b=2&a=3'", "a=1&b=2&a=3"),
        ("'a=b+c&d=%20e&f'", "a=b+c&d=+e&f="),
        ("'=x&&y=='", "=x&y=%3D"),
        ("'%zz=%ff&%D1%91=ё'", "%25zz=%EF%BF%BD&%D1%91=%D1%91"),
        ("{a: 1, b: 'x y', c: true}", "a=1&b=x+y&c=true"),
        ("[['a', 1], ['a', 2]]", "a=1&a=2"),
        ("new Map([['k', 'v']])", "k=v"),
        ("new URLSearchParams('a=1')", "a=1"),
        ("[['~*-._ \\'', '\\u0000']]", "%7E*-._+%27=%00"),
        ("null", "null="),
        ("'a=\\ud800'", "a=%EF%BF%BD"),
    ],
)
def test_making_a_query(js: JSRun, init: str, text: str) -> None:
    assert js.value(f"new URLSearchParams({init}).toString()") == text


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("q.get('a')", "1"),
        ("q.get('none') === null", True),
        ("q.getAll('a')", ["1", "3"]),
        ("[q.has('a'), q.has('a', '3'), q.has('a', '9'), q.has('none'), q.size]", [True, True, False, False, 3]),
        ("(q.set('a', 9), q.toString())", "a=9&b=2"),
        ("(q.set('c', 4), q.toString())", "a=1&b=2&a=3&c=4"),
        ("(q.delete('a', '1'), q.toString())", "b=2&a=3"),
        ("(q.delete('a'), q.toString())", "b=2"),
        ("(q.sort(), q.toString())", "a=1&a=3&b=2"),
        ("[[...q.keys()], [...q.values()], [...q.entries()].length]", [["a", "b", "a"], ["1", "2", "3"], 3]),
        (
            "(() => { const seen = []; q.forEach((v, k, all) => seen.push(k + v + (all === q))); return seen })()",
            ["a1true", "b2true", "a3true"],
        ),
        ("(() => { let n = 0; for (const [k] of q) { q.delete(k); n++ } return n })()", 1),
        ("Object.fromEntries(q)", {"a": "3", "b": "2"}),
    ],
)
def test_using_a_query(js: JSRun, expression: str, expected: Any) -> None:
    js.run("globalThis.q = new URLSearchParams('a=1&b=2&a=3')")
    assert js.value(expression) == expected


def test_pairs_must_be_pairs(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="URLSearchParams wants pairs"):
        js.value("new URLSearchParams([['a']])")
