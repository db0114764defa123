"""Base64 and hex: the vectors of RFC 4648, and what is refused."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import json
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

# RFC 4648, section 10: text, base64, hex
VECTORS = [
    ("", "", ""),
    ("f", "Zg==", "66"),
    ("fo", "Zm8=", "666f"),
    ("foo", "Zm9v", "666f6f"),
    ("foob", "Zm9vYg==", "666f6f62"),
    ("fooba", "Zm9vYmE=", "666f6f6261"),
    ("foobar", "Zm9vYmFy", "666f6f626172"),
    ("Привет 👍", "0J/RgNC40LLQtdGCIPCfkY0=", "d09fd180d0b8d0b2d0b5d18220f09f918d"),
]


@pytest.mark.parametrize(("text", "base64", "hexadecimal"), VECTORS)
def test_vectors(js: JSRun, text: str, base64: str, hexadecimal: str) -> None:
    url = base64.replace("+", "-").replace("/", "_").rstrip("=")
    assert js.value(f"encoding.base64Encode('{text}')") == base64
    assert js.value(f"encoding.base64UrlEncode('{text}')") == url
    assert js.value(f"encoding.hexEncode('{text}')") == hexadecimal
    assert js.value(f"encoding.base64Decode('{base64}')") == text
    assert js.value(f"encoding.base64UrlDecode('{url}')") == text
    assert js.value(f"encoding.hexDecode('{hexadecimal.upper()}')") == text
    assert js.value(f"encoding.base64Decode('{base64}', 'bytes')") == text.encode()


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("base64Encode(new Uint8Array([251, 255]))", "+/8="),
        ("base64UrlEncode(new Uint8Array([251, 255]).buffer)", "-_8"),
        ("base64UrlDecode('-_8=', 'bytes')", b"\xfb\xff"),
        ("base64Decode('Zm9v\\r\\nYmFy\\n')", "foobar"),
        ("base64Decode('Zg')", "f"),
        ("hexDecode('00ff', 'bytes')", b"\x00\xff"),
        ("hexEncode(new Uint16Array([1, 65535]))", "0100ffff"),
        ("base64Decode(encoding.base64Encode('a\\u0000b'))", "a\0b"),
    ],
)
def test_bytes(js: JSRun, call: str, expected: Any) -> None:
    assert js.value(f"encoding.{call}") == expected


@pytest.mark.parametrize(
    ("call", "message", "position"),
    [
        ("base64Decode('Zm9*')", "'*' is not a character of base64 (character 4)", 3),
        ("base64Decode('Zm9v\\nYm!y')", "'!' is not a character of base64 (line 2, column 3)", 7),
        ("base64Decode('👍')", "'👍' is not a character of base64 (character 1)", 0),
        ("base64Decode('-_8=')", "'-' is not a character of base64 (character 1)", 0),
        ("base64UrlDecode('ab+/')", "'+' is not a character of base64url (character 3)", 2),
        ("base64Decode('Zm9vY')", "the base64 ends too early or has too many = (character 6)", 5),
        ("base64Decode('Zg=')", "the base64 ends too early or has too many = (character 4)", 3),
        ("base64Decode('Zm9v====')", "the base64 ends too early or has too many = (character 9)", 8),
        ("base64Decode('Zg==Zg==')", "'=' is not a character of base64 (character 3)", 2),
        ("hexDecode('6g')", "'g' is not a hexadecimal digit (character 2)", 1),
        ("hexDecode('👍')", "'👍' is not a hexadecimal digit (character 1)", 0),
        ("hexDecode('666')", "the last byte has one digit only (character 4)", 3),
    ],
)
def test_wrong_texts(js: JSRun, call: str, message: str, position: int) -> None:
    told = js.value(
        f"(() => {{ try {{ encoding.{call} }} catch (e) {{ return [e.name, e.code, e.message, e.position, e instanceof SyntaxError] }} }})()"
    )
    assert told == ["SyntaxError", "syntax", message, position, True]


def test_bytes_that_are_no_text(js: JSRun) -> None:
    with pytest.raises(ScriptError, match='not UTF-8 text, from byte 1 on; give "bytes"'):
        js.value("encoding.base64Decode('Yf8=')")


@pytest.mark.parametrize(
    "call",
    [
        "base64Encode()",
        "base64Encode(5)",
        "hexEncode({})",
        "base64Decode(null)",
        "hexDecode(12)",
        "hexDecode('', 'utf8')",
    ],
)
def test_wrong_arguments(js: JSRun, call: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"encoding.{call}")
    assert caught.value.name == "TypeError"


def test_a_megabyte(js: JSRun) -> None:
    assert js.value("encoding.base64Decode(encoding.base64Encode('я'.repeat(500000))).length") == 500_000


def test_every_byte(js: JSRun) -> None:
    every = json.dumps(list(range(256)))
    for name in ("base64", "base64Url", "hex"):
        call = f"encoding.{name}Decode(encoding.{name}Encode(new Uint8Array({every})), 'bytes')"
        assert js.value(call) == bytes(range(256))
