"""Questions about texts: what is one, and what only looks like it."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import json
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

CASES: dict[str, tuple[list[Any], list[Any]]] = {
    "isEmail": (
        ["a@b.co", "ann.b+tag@mail.example.com", "o'neil@example.com", "имя@пример.рф", "a@xn--e1afmkfd.xn--p1ai"],
        ["", "a", "a@b", "@b.co", "a@", "a@@b.co", "a b@c.co", ".a@b.co", "a.@b.co", "a..b@c.co", "a@-b.co", "a@b..co",
         "a@b.co\n", "a@b.co\r\nBcc: x@y.z", '"a b"@c.co', "a@[127.0.0.1]", "a@1.2.3.4", "a,b@c.co",
         "x" * 65 + "@b.co", "a@" + "b." * 127 + "co", None, 5, {}, ["a@b.co"]],
    ),
    "isURL": (
        ["http://a.co", "https://example.com/a?b=c#d", "http://localhost:8080/", "http://[::1]/", "https://пример.рф/п",
         "https://user:pw@example.com", "HTTP://EXAMPLE.COM"],
        ["", "example.com", "//example.com", "http:example.com", "http://", "http:///x", "javascript:alert(1)", "ftp://a.co",
         "http://a b", " http://a.co", "http://a.co\n", "http://a.co:99999", "http://1.2.3.400", "http://a.co/<x>",
         "http://" + "a" * 2048, None],
    ),
    "isHostname": (
        ["a", "a.b-c.de", "localhost", "münchen.de", "xn--mnchen-3ya.de", "1a.com"],
        ["", "-a.com", "a-.com", "a..b", "a.b.", "a_b.com", "1.2.3.4", "x" * 64 + ".com", "a b", "а" * 300],
    ),
    "isIP": (
        ["127.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"],
        ["", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/8", "fe80::1%eth0", "1::2::3", "12345::", " 1.2.3.4", 2130706433],
    ),
    "isCIDR": (["10.0.0.0/8", "::/0", "1.2.3.4/32", "2001:db8::/128"], ["10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/08", "/8", "a/8"]),
    "isMAC": (["00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E"], ["00:1a:2b:3c:4d", "00:1a-2b:3c:4d:5e", "00:1a:2b:3c:4d:5g", ""]),
    "isPort": ([1, "80", 65535], [0, 65536, "080", "-1", 1.5, "", None]),
    "isUUID": (
        ["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "00000000-0000-0000-0000-000000000000"],
        ["", "f81d4fae7dec11d0a76500a0c91e6bf6", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}", "g81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
    ),
    "isDate": (["2026-11-22", "2024-02-29", "0001-01-01"], ["2026-02-29", "2026-13-01", "2026-00-10", "26-1-1", "22.11.2026", "2026-11-22T00:00:00Z", ""]),
    "isTime": (["10:30:00Z", "23:59:60Z", "10:30:00.123+02:00", "22:59:60-01:00"], ["24:00:00Z", "10:60:00Z", "10:30:00", "10:30Z", "12:00:60Z", "10:30:00+24:00"]),
    # RFC 3339, section 5.8
    "isDateTime": (
        ["1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "1990-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00", "1937-01-01T12:00:27.87+00:20"],
        ["1985-04-12", "1985-02-30T00:00:00Z", "1985-04-12T23:20:50", "1985-04-12X23:20:50Z", ""],
    ),
    "isJSON": (['{"a":1}', "null", "1", ' [1] ', '"x"'], ["", "{a:1}", "undefined", "[1,]", "NaN", {}]),
    "isPhone": (["+4930123456", "+49 (30) 123-45-67", "8 800 555-35-35", "(030) 1234567", "1234567"], ["", "123456", "+", "1" * 16, "12-34--567", "abc1234567", "123 456 7x", "+-1234567"]),
    # The numbers that card companies publish for tests
    "isCreditCard": (["4111 1111 1111 1111", "378282246310005", "5555-5555-5555-4444", "6011111111111117"], ["4111111111111112", "4111", "", "a111111111111111", "0" * 20]),
    # ISO 13616's own example, and others of the registry
    "isIBAN": (["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "fr1420041010050500013m02606"], ["GB82 WEST 1234 5698 7654 33", "DE8937040044053201300", "XX", ""]),
    "isISBN": (["0-306-40615-2", "978-3-16-148410-0", "080442957X"], ["0-306-40615-3", "978-3-16-148410-1", "123", ""]),
    "isBase64": (["Zg==", "Zm9v", "Zm9vYg=="], ["", "Zg", "Z", "Zm9*", "Zg=a", "-_8="]),
    "isSlug": (["a", "privet-mir", "a-1-b"], ["", "-a", "a-", "a--b", "A", "a_b", "é"]),
    "isHex": (["00ff", "DEADBEEF"], ["", "0x1", "g", "0 1"]),
    "isHexColor": (["#fff", "#ff8800", "#FF880080", "#abcd"], ["fff", "#ff", "#ggg", "#fffff", ""]),
    "isNumeric": (["0", "-1.5", "+7", ".5", "1e-3", "007"], ["", "1,5", "1.", "0x1", "NaN", "١", "1 "]),
    "isInt": (["0", "-17", "+5"], ["", "1.0", "01", "1e3", "٣"]),
    "isJWT": (["eyJhbGciOiJIUzI1NiJ9.e30.abc"], ["a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30", ""]),
    # semver.org's own lists
    "isSemver": (["0.0.4", "1.2.3", "1.0.0-alpha.1", "1.1.2+meta", "1.0.0-rc.1+build.1", "2.0.0-0A.is.legal"], ["1", "1.2", "v1.2.3", "01.1.1", "1.2.3-01", "1.2.3.DEV", ""]),
    "isObjectId": (["0123456789abcdef01234567"], ["0123456789abcdef0123456", "z123456789abcdef01234567", ""]),
    "isAlpha": (["abc", "Привет", "日本"], ["", "a1", "a b", "a-b"]),
    "isAlphanumeric": (["abc1", "Привет2"], ["", "a b", "a_b"]),
    "isASCII": (["", "abc\n"], ["é", "👍"]),
    "isStrongPassword": (["Abcdef1!", "Пароль1!x"], ["abcdef1!", "ABCDEF1!", "Abcdefg!", "Abcdefg1", "Ab1!", ""]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_questions(js: JSRun, name: str) -> None:
    good, bad = CASES[name]
    answers = js.value(f"{json.dumps(good + bad)}.map((value) => validator.{name}(value))")
    assert [value for value, answer in zip(good + bad, answers, strict=True) if answer != (value in good)] == []
    assert js.value(f"[undefined, null, {{}}, [], () => 1].map((value) => validator.{name}(value))") == [False] * 5


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("isURL('ftp://a.co', {protocols: ['ftp']})", True),
        ("isURL('http://a.co', {protocols: ['https']})", False),
        ("isIP('::1', 4)", False),
        ("isIP('1.2.3.4', 4)", True),
        ("isCIDR('::/0', 6)", True),
        ("isUUID('f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 1)", True),
        ("isUUID('f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 4)", False),
        ("isBase64('-_8', {url: true})", True),
        ("isStrongPassword('abc', {minLength: 3, upper: 0, digits: 0, symbols: 0})", True),
        ("isStrongPassword('Abcdef1!', {minLength: 12})", False),
        ("matches('AB1234', '^[A-Z]{2}\\\\d{4}$')", True),
        ("matches('ab', /^B/i)", False),
        ("matches('ab', /B/i)", True),
        ("matches('ab', 'B', 'i')", True),
        ("matches(5, '5')", False),
        ("matches('a'.repeat(50000) + 'b', '^(a+)+$')", False),
    ],
)
def test_options(js: JSRun, call: str, expected: bool) -> None:
    assert js.value(f"validator.{call}") is expected


def test_a_wrong_pattern_is_named(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="look-ahead") as caught:
        js.value("validator.matches('a', '(?=a)')")
    assert caught.value.code == "bad_pattern"
