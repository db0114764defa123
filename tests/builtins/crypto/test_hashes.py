"""Hashes and signatures against the vectors of their standards."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from crypto_vectors import HMAC, MD5, SHA

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(("text", "digest"), MD5.items())
def test_md5(js: JSRun, text: str, digest: str) -> None:
    assert js.value(f"crypto.md5({text!r})") == digest


@pytest.mark.parametrize(("name", "text", "digest"), SHA)
def test_sha(js: JSRun, name: str, text: str, digest: str) -> None:
    assert js.value(f"crypto.{name}({text!r})") == digest
    assert js.value(f"crypto.hash('{name}', {text!r}, 'base64')") == base64.b64encode(bytes.fromhex(digest)).decode()


def test_a_million_characters(js: JSRun) -> None:
    expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    assert js.value("crypto.sha256('a'.repeat(1000000))") == expected


@pytest.mark.parametrize(("key", "data", "sha256", "sha512"), HMAC)
def test_hmac(js: JSRun, key: str, data: str, sha256: str, sha512: str) -> None:
    given = f"encoding.hexDecode('{key}', 'bytes'), encoding.hexDecode('{data}', 'bytes')"
    assert js.value(f"crypto.hmac('sha256', {given})") == sha256
    assert js.value(f"crypto.hmac('sha512', {given})").startswith(sha512)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("crypto.md5('Привет')", "8a669e9418750c81ab90ae159a8ec410"),  # echo -n Привет | md5sum
        ("crypto.md5(new Uint8Array([97, 98, 99]))", MD5["abc"]),
        ("crypto.md5(new Uint8Array([97, 98, 99]).buffer)", MD5["abc"]),
        ("crypto.md5('abc', 'base64')", "kAFQmDzST7DWlj99KOF/cg=="),
        ("crypto.md5('abc', 'base64url')", "kAFQmDzST7DWlj99KOF_cg"),
        ("crypto.md5('abc', 'bytes') instanceof Uint8Array", True),
        ("crypto.md5('abc', 'bytes').length", 16),
        ("crypto.hash('sha3-256', 'abc')", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
        ("crypto.timingSafeEqual('abc', 'abc')", True),
        ("crypto.timingSafeEqual('abc', new Uint8Array([97, 98, 99]))", True),
        ("crypto.timingSafeEqual('abc', 'abd')", False),
        ("crypto.timingSafeEqual('abc', 'abcd')", False),
        ("crypto.timingSafeEqual('ключ', 'ключ')", True),
    ],
)
def test_forms(js: JSRun, call: str, expected: Any) -> None:
    assert js.value(call) == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("crypto.md5()", "data is a text or bytes, not undefined or null"),
        ("crypto.sha256({})", "data is a text or bytes, not an object"),
        ("crypto.sha256('a', 'latin1')", "the encoding is one of hex, base64, base64url, bytes"),
        ("crypto.hash('sha0', 'a')", "the algorithm is one of md5, sha1"),
        ("crypto.hmac('sha256', null, 'a')", "key is a text or bytes"),
        ("crypto.timingSafeEqual('a')", "the second value is a text or bytes"),
    ],
)
def test_mistakes(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        js.value(call)
    assert caught.value.name == "TypeError"
    assert caught.value.code == "invalid_arguments"
