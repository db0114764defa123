"""Patterns as JavaScript writes them, in linear time."""

from __future__ import annotations

import time

import pytest

from m3m_core import Invalid, js_pattern


@pytest.mark.parametrize(
    ("source", "flags", "text", "found"),
    [
        ("a+", "", "xaay", "aa"),
        ("A", "i", "a", "a"),
        ("^b$", "m", "a\nb\nc", "b"),
        ("b$", "", "b\n", None),
        ("a.c", "", "a\nc", None),
        ("a.c", "", "a\rc", None),
        ("a.c", "s", "a\nc", "a\nc"),
        ("^.$", "", "👍", "👍"),
        (r"\u{1F44D}", "u", "👍", "👍"),
        (r"\ud83d\udc4d", "", "👍", "👍"),
        (r"\u0041", "", "A", "A"),
        (r"\ud83d", "", "\ufffd", "\ufffd"),
        (r"[\u0410-\u044F]+", "", "Привет", "Привет"),
        (r"\s", "", "\u00a0", "\u00a0"),
        (r"[\sx]", "", "\u2003", "\u2003"),
        (r"\S", "", "\u00a0", None),
        ("[^]", "", "\n", "\n"),
        ("[]", "", "a", None),
        ("[a[]+", "", "[a", "[a"),
        ("[[^]", "", "^", "^"),
        ("[.]", "", "a.", "."),
        (r"[\]x]", "", "]", "]"),
        (r"a\/b", "", "a/b", "a/b"),
        (r"(?<year>\d{4})", "", "in 2026", "2026"),
        (r"\p{Script=Greek}+", "u", "abγδ", "γδ"),
        (r"\p{Lu}", "u", "aB", "B"),
        (r"\bword\b", "", "a word.", "word"),
    ],
)
def test_what_is_found(source: str, flags: str, text: str, found: str | None) -> None:
    match = js_pattern(source, flags).search(text)
    assert (match.group() if match else None) == found


@pytest.mark.parametrize(
    ("source", "flags", "reason"),
    [
        ("(?=a)", "", "look-ahead and look-behind do not exist"),
        ("(?<!a)", "", "look-ahead and look-behind do not exist"),
        (r"(a)\1", "", "back references"),
        (r"(?<n>a)\k<n>", "", "back references"),
        ("(", "", r"missing \)"),
        ("a{2000}", "", "invalid repetition size"),
        ("a", "y", "its flags are some of g, i, m, s, u, v, not y"),
        ("a" * 10_001, "", "longer than 10000 characters"),
        ("\ud800", "", "half of a surrogate pair"),
    ],
)
def test_what_is_refused(source: str, flags: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as caught:
        js_pattern(source, flags)
    assert caught.value.code == "bad_pattern"


def test_hostile_patterns_take_no_time() -> None:
    began = time.monotonic()
    for source in ("^(a+)+$", "^(a|aa)+$", "(a*)*b", "(.*a){12}$"):
        js_pattern(source).search("a" * 5000 + "!")
    assert time.monotonic() - began < 2
