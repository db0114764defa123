"""Encryption: NIST's vectors in our envelope, what comes back, and that nothing wrong is opened."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from m3m_core import ScriptError
from m3m_core.testing import JSRun

# "The Galois/Counter Mode of Operation (GCM)", appendix B, test cases 2, 4, 14 and 16: key, nonce, text, AAD, result, tag
PLAIN = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
NIST = [
    ("00" * 16, "00" * 12, "00" * 16, "", "0388dace60b6a392f328c2b971b2fe78", "ab6e47d42cec13bdf53a67b21257bddf"),
    ("feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888", PLAIN, AAD,
     "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
     "5bc94fbc3221a5db94fae95ae7121a47"),
    ("00" * 32, "00" * 12, "00" * 16, "", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"),
    ("feffe9928665731c6d6a8f9467308308" * 2, "cafebabefacedbaddecaf888", PLAIN, AAD,
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"),
]  # fmt: skip
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
