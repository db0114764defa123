"""Encryption: NIST's vectors in our envelope, what comes back, and that nothing wrong is opened."""

# tables of cases, one on a line

from __future__ import annotations

import base64
import hashlib

import pytest
from crypto_vectors import NIST
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from m3m_core import ScriptError
from m3m_core.testing import JSRun

KEY = "new Uint8Array(32).fill(7)"


@pytest.mark.parametrize(("key", "nonce", "plain", "aad", "hidden", "tag"), NIST)
def test_vectors_open(js: JSRun, key: str, nonce: str, plain: str, aad: str, hidden: str, tag: str) -> None:
    context = f"context: encoding.hexDecode('{aad}', 'bytes')," if aad else ""
    opened = js.value(
        f"crypto.decrypt(encoding.hexDecode('0100{nonce}{hidden}{tag}', 'bytes'),"
        f"encoding.hexDecode('{key}', 'bytes'), {{ {context} encoding: 'bytes' }})"
    )
    assert opened == bytes.fromhex(plain)


def test_the_format_is_the_documented_one(js: JSRun) -> None:
    sealed = js.value("crypto.encrypt('Привет', 'passphrase', {context: 'id', encoding: 'bytes'})")
    assert sealed[:2] == b"\x01\x01"
    key = hashlib.scrypt(b"passphrase", salt=sealed[2:18], n=32768, r=8, p=1, dklen=32, maxmem=2**26)
    assert AESGCM(key).decrypt(sealed[18:30], sealed[30:], b"id").decode() == "Привет"
    sealed = js.value(f"crypto.encrypt('a', {KEY}, {{encoding: 'hex'}})")
    assert AESGCM(bytes([7] * 32)).decrypt(bytes.fromhex(sealed)[2:14], bytes.fromhex(sealed)[14:], None) == b"a"


@pytest.mark.parametrize("key", ["'a passphrase'", KEY, "new Uint8Array(16)", "new Uint8Array(24).buffer"])
@pytest.mark.parametrize("data", ["", "Привет, 👍"])
def test_what_goes_in_comes_out(js: JSRun, key: str, data: str) -> None:
    assert js.value(f"crypto.decrypt(crypto.encrypt({data!r}, {key}), {key})") == data
    later = f"crypto.encryptAsync({data!r}, {key}).then((sealed) => crypto.decryptAsync(sealed, {key}))"
    assert js.value(later) == data


def test_forms_and_bytes(js: JSRun) -> None:
    for form in ("base64", "base64url", "bytes"):
        sealed = f"crypto.encrypt(new Uint8Array([0, 255]), {KEY}, {{encoding: '{form}'}})"
        assert js.value(f"crypto.decrypt({sealed}, {KEY}, {{encoding: 'bytes'}})") == b"\x00\xff"
    assert js.value(f"crypto.encrypt('a', {KEY}) === crypto.encrypt('a', {KEY})") is False


def flipped(js: JSRun, at: int) -> str:
    sealed = bytearray(js.value(f"crypto.encrypt('secret', {KEY}, {{encoding: 'bytes'}})"))
    sealed[at] ^= 1
    return f"'{base64.b64encode(sealed).decode()}'"


@pytest.mark.parametrize("at", [2, 13, 14, -17, -16, -1])
def test_every_change_is_noticed(js: JSRun, at: int) -> None:
    with pytest.raises(ScriptError, match="another one, or the data was changed") as caught:
        js.value(f"crypto.decrypt({flipped(js, at)}, {KEY})")
    assert caught.value.code == "decrypt_failed"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (f"crypto.decrypt(crypto.encrypt('a', {KEY}), new Uint8Array(32))", "decrypt_failed"),
        (f"crypto.decrypt(crypto.encrypt('a', {KEY}, {{context: '1'}}), {KEY}, {{context: '2'}})", "decrypt_failed"),
        (f"crypto.decrypt(crypto.encrypt('a', {KEY}, {{context: '1'}}), {KEY})", "decrypt_failed"),
        (f"crypto.decrypt(crypto.encrypt('a', {KEY}), 'passphrase')", "decrypt_failed"),
        (f"crypto.decrypt('', {KEY})", "bad_data"),
        (f"crypto.decrypt('hello', {KEY})", "bad_data"),
        (f"crypto.decrypt('not base64!', {KEY})", "bad_data"),
        (f"crypto.decrypt(new Uint8Array([1, 0, 5]), {KEY})", "bad_data"),
        (f"crypto.decrypt(new Uint8Array([2, 0, 5]), {KEY})", "bad_data"),
        (f"crypto.decrypt(crypto.encrypt(new Uint8Array([255]), {KEY}), {KEY})", "not_text"),
        ("crypto.encrypt('a', new Uint8Array(31))", "invalid_arguments"),
        ("crypto.encrypt('a', '')", "invalid_arguments"),
        ("crypto.encrypt('a')", "invalid_arguments"),
        ("crypto.encrypt(undefined, 'key')", "invalid_arguments"),
        ("crypto.encryptAsync(undefined, 'key')", "invalid_arguments"),
    ],
)
def test_mistakes(js: JSRun, call: str, code: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(call)
    assert caught.value.code == code
