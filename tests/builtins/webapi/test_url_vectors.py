"""URL against rows of the web platform's own tests (WPT, url/resources/urltestdata.json)."""

from __future__ import annotations

import json

import pytest

from m3m_core.testing import JSRun

HERE = "http://example.org/foo/bar"


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("http://example\t.\norg", "http://example.org/"),
        ("http://user:pass@foo:21/bar;par?b#c", "http://user:pass@foo:21/bar;par?b#c"),
        ("https://test:@test", "https://test@test/"),
        ("https://:@test", "https://test/"),
        ("non-special://test:@test/x", "non-special://test@test/x"),
        ("non-special://:@test/x", "non-special://test/x"),
        ("http:foo.com", "http://example.org/foo/foo.com"),
        ("\t   :foo.com   \n", "http://example.org/foo/:foo.com"),
        (" foo.com  ", "http://example.org/foo/foo.com"),
        ("a:\t foo.com", "a: foo.com"),
        ("http://f:21/ b ? d # e ", "http://f:21/%20b%20?%20d%20#%20e"),
        ("lolscheme:x x#x x", "lolscheme:x x#x%20x"),
        ("http://f:/c", "http://f/c"),
        ("http://f:0/c", "http://f:0/c"),
        ("http://f:00000000000000000000080/c", "http://f/c"),
        ("http://f:\n/c", "http://f/c"),
        ("", "http://example.org/foo/bar"),
        ("  \t", "http://example.org/foo/bar"),
        (":foo.com\\", "http://example.org/foo/:foo.com/"),
        ("#\\", "http://example.org/foo/bar#\\"),
        ("#;?", "http://example.org/foo/bar#;?"),
        ("?", "http://example.org/foo/bar?"),
        ("\\x", "http://example.org/x"),
        ("\\\\x\\hello", "http://x/hello"),
        ("::23", "http://example.org/foo/::23"),
        ("foo://", "foo://"),
        ("http::@c:29", "http://example.org/foo/:@c:29"),
        ("http://&a:foo(b]c@d:2/", "http://&a:foo(b%5Dc@d:2/"),
        ("http://::@c@d:2", "http://:%3A%40c@d:2/"),
        ("http://foo.com/\\@", "http://foo.com//@"),
        ("https://foo:443/", "https://foo/"),
        ("https://foo:80/", "https://foo:80/"),
        ("ftp://foo:21/", "ftp://foo/"),
        ("gopher://foo:70/", "gopher://foo:70/"),
        ("ws://foo:80/", "ws://foo/"),
        ("wss://foo:443/", "wss://foo/"),
        ("ftps:/example.com/", "ftps:/example.com/"),
        ("data:example.com/", "data:example.com/"),
        ("http://%e2%98%83", "http://xn--n3h/"),
        ("http://!\"$&'()*+,-.;=_`{}~/", "http://!\"$&'()*+,-.;=_`{}~/"),
        ("http://facebook.com/?foo=%7B%22abc%22", "http://facebook.com/?foo=%7B%22abc%22"),
        ("https://localhost:3000/jqueryui@1.2.3", "https://localhost:3000/jqueryui@1.2.3"),
        ("h\tt\nt\rp://h\to\ns\rt:9\t0\n0\r0/p\ta\nt\rh?q\tu\ne\rry#f\tr\na\rg", "http://host:9000/path?query#frag"),
        ("??a=b&c=d", "http://example.org/foo/bar??a=b&c=d"),
        ("http:", "http://example.org/foo/bar"),
        ("sc:", "sc:"),
        ("http://foo.bar/baz?qux#foo\bbar", "http://foo.bar/baz?qux#foo%08bar"),
        ('http://foo.bar/baz?qux#foo"bar', "http://foo.bar/baz?qux#foo%22bar"),
        ("http://foo.bar/baz?qux#foo<bar", "http://foo.bar/baz?qux#foo%3Cbar"),
        ("http://foo.bar/baz?qux#foo`bar", "http://foo.bar/baz?qux#foo%60bar"),
    ],
)
def test_rows_that_are_addresses(js: JSRun, text: str, href: str) -> None:
    assert js.value(f"new URL({json.dumps(text)}, '{HERE}').href") == href
    assert js.value(f"new URL({json.dumps(href)}).href") == href  # and stays so


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("http:/example.com/", "http://example.com/"),
        ("ws:example.com/", "ws://example.com/"),
        ("madeupscheme:/example.com/", "madeupscheme:/example.com/"),
        ("http:@www.example.com", "http://www.example.com/"),
        ("http:/a:b@www.example.com", "http://a:b@www.example.com/"),
        ("http::b@www.example.com", "http://:b@www.example.com/"),
        ("http://@pple.com", "http://pple.com/"),
    ],
)
def test_rows_without_a_base(js: JSRun, text: str, href: str) -> None:
    assert js.value(f"new URL({json.dumps(text)}).href") == href


@pytest.mark.parametrize(
    "text",
    [
        *("http://f:b/c", "http://f: /c", "http://f:fifty-two/c", "http://f:999999/c", "non-special://f:999999/c"),
        *("http://f: 21 / b ? d # e ", "http://foo:-80/", "http:/:@/www.example.com", "http://user@/www.example.com"),
        *("http://a\0b/", "http://a\x01b/", "http://a b/", "http://a%b/", "http://a<b", "http://a^b", "http://a|b/"),
        *("http://a[b/", "http://a\x7fb/", "http://ho%00st/", "http://ho%20st/", "http://ho%2Fst/", "http://ho%7Cst/"),
        *("ftp://example.com%80/", "https://example.com%A0/"),
    ],
)
def test_rows_that_are_none(js: JSRun, text: str) -> None:
    assert js.value(f"URL.canParse({json.dumps(text)})") is False


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("http://user:pass@foo:21/bar;par?b#c", ["http://foo:21", "user", "pass", "foo:21", "/bar;par", "?b", "#c"]),
        ("http:foo.com", ["http://example.org", "", "", "example.org", "/foo/foo.com", "", ""]),
        ("http://::@c@d:2", ["http://d:2", "", "%3A%40c", "d:2", "/", "", ""]),
        ("a:\t foo.com", ["null", "", "", "", " foo.com", "", ""]),
        ("httpa://foo:80/", ["null", "", "", "foo:80", "/", "", ""]),
        ("foo://", ["null", "", "", "", "", "", ""]),
        ("#/", ["http://example.org", "", "", "example.org", "/foo/bar", "", "#/"]),
        ("?", ["http://example.org", "", "", "example.org", "/foo/bar", "", ""]),
        ("wss://foo:815/", ["wss://foo:815", "", "", "foo:815", "/", "", ""]),
        ("data:/example.com/", ["null", "", "", "", "/example.com/", "", ""]),
    ],
)
def test_parts_of_rows(js: JSRun, text: str, parts: list[str]) -> None:
    names = "['origin', 'username', 'password', 'host', 'pathname', 'search', 'hash']"
    assert js.value(f"{names}.map((name) => new URL({json.dumps(text)}, '{HERE}')[name])") == parts


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("?a=b&c=d", "a=b&c=d"),
        ("??a=b&c=d", "%3Fa=b&c=d"),
        ("?qux", "qux="),
        ("?a=b\ud83d\udca9&%F0%9F%92%A9", "a=b%F0%9F%92%A9&%F0%9F%92%A9="),
        ("?%fe%ff&%=%2&a+%2B", "%EF%BF%BD%EF%BF%BD=&%25=%252&a+%2B="),
        ("?;a=1;b", "%3Ba=1%3Bb"),
        ("?a=b%0D%0A&\t=x", "a=b%0D%0A&=x"),
        ("?&&&a=&=b&=", "a=&=b&="),
    ],
)
def test_queries_of_rows(js: JSRun, query: str, text: str) -> None:
    assert js.value(f"new URL({json.dumps(query)}, '{HERE}').searchParams.toString()") == text
