"""Random values: their form, their range, and that they differ."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("crypto.randomBytes(16).length", 32),
        ("crypto.randomBytes(0)", ""),
        ("crypto.randomBytes(5, 'bytes').length", 5),
        ("crypto.randomBytes(8) === crypto.randomBytes(8)", False),
        ("crypto.randomInt(3, 3)", 3),
        ("new Set(Array.from({length: 200}, () => crypto.randomInt(1, 6))).size", 6),
        ("crypto.randomInt(-5, -5)", -5),
        ("crypto.getRandomValues(new Uint32Array(4)).some((n) => n > 255)", True),
        ("crypto.getRandomValues(new Uint8Array(0)).length", 0),
        ("{ const a = new Uint8Array(8); crypto.getRandomValues(a.subarray(2, 4)); a[0] + a[7] }", 0),
        ("{ const a = new Uint8Array(64); crypto.getRandomValues(a) === a }", True),
        ("crypto.randomUUID() === crypto.randomUUID()", False),
    ],
)
def test_values(js: JSRun, call: str, expected: Any) -> None:
    assert js.value(call) == expected


@pytest.mark.parametrize(("call", "version"), [("uuid()", 4), ("uuid(4)", 4), ("uuid(7)", 7), ("randomUUID()", 4)])
def test_uuids(js: JSRun, call: str, version: int) -> None:
    made = uuid.UUID(js.value(f"crypto.{call}"))
    assert (made.version, made.variant) == (version, uuid.RFC_4122)


def test_version_7_begins_with_the_time(js: JSRun) -> None:
    before = time.time_ns() // 1_000_000
    stamp = uuid.UUID(js.value("crypto.uuid(7)")).int >> 80
    assert before <= stamp <= time.time_ns() // 1_000_000


@pytest.mark.parametrize(
    ("call", "name", "message"),
    [
        ("randomBytes(-1)", "TypeError", "length is a whole number from 0 to 1048576"),
        ("randomBytes(1e9)", "TypeError", "length is a whole number"),
        ("randomBytes('8')", "TypeError", "length is a whole number"),
        ("randomInt(6, 1)", "TypeError", "the smaller first"),
        ("randomInt(1.5, 2)", "TypeError", "two whole numbers"),
        ("randomInt(5)", "TypeError", "two whole numbers"),
        ("uuid(1)", "TypeError", "versions 4 and 7"),
        ("getRandomValues([1])", "TypeMismatchError", "typed array"),
        ("getRandomValues(new Float32Array(1))", "TypeMismatchError", "typed array"),
        ("getRandomValues(new Uint8Array(65537))", "QuotaExceededError", "65536 bytes"),
    ],
)
def test_mistakes(js: JSRun, call: str, name: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        js.value(f"crypto.{call}")
    assert caught.value.name == name
