"""Hashes and signatures against the vectors of their standards."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import base64
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

TWO_BLOCKS = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

# RFC 1321, appendix A.5
MD5 = {
    "": "d41d8cd98f00b204e9800998ecf8427e",
    "a": "0cc175b9c0f1b6a831c399e269772661",
    "abc": "900150983cd24fb0d6963f7d28e17f72",
    "message digest": "f96b697d7cb7938d525a2f31aaf161d0",
    "abcdefghijklmnopqrstuvwxyz": "c3fcd3d76192e4007dfb496cca67e13b",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789": "d174ab98d277d9f5a5611c2c9f419d9f",
    "1234567890" * 8: "57edf4a22be3c955ac49da2e2107b67a",
}
# The examples of FIPS 180 (NIST's page of example values)
SHA = [
    ("sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("sha1", TWO_BLOCKS, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    ("sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("sha256", TWO_BLOCKS, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ("sha384", "abc", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                      "8086072ba1e7cc2358baeca134c825a7"),
    ("sha512", "abc", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
]  # fmt: skip
# RFC 4231, sections 4.2 to 4.7: key and data in hex, HMAC-SHA-256, the first bytes of HMAC-SHA-512
HMAC = [
    ("0b" * 20, b"Hi There".hex(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", "87aa7cdea5ef619d"),
    (b"Jefe".hex(), b"what do ya want for nothing?".hex(),
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "164b7a7bfcf819e2"),
    ("aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe", "fa73b0089d56a284"),
    ("0102030405060708090a0b0c0d0e0f10111213141516171819", "cd" * 50,
     "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b", "b0ba465637458c69"),
    ("aa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First".hex(),
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54", "80b24263c7c1a3eb"),
]  # fmt: skip


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
