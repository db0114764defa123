"""TextEncoder, TextDecoder, atob and btoa."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[...new TextEncoder().encode('aё€😀')]", list("aё€😀".encode())),
        ("[...new TextEncoder().encode()]", []),
        ("[...new TextEncoder().encode('\\ud800a\\u0000')]", [239, 191, 189, 97, 0]),
        ("new TextEncoder().encoding", "utf-8"),
        ("(() => { const b = new Uint8Array(6); return [new TextEncoder().encodeInto('a😀ё', b), [...b]] })()",
         [{"read": 3, "written": 5}, [97, 240, 159, 152, 128, 0]]),
        ("new TextDecoder().decode(new TextEncoder().encode('при€😀'))", "при€😀"),
        ("new TextDecoder().decode(new Uint8Array([97, 255, 98]))", "a\ufffdb"),
        ("new TextDecoder().decode(new Uint8Array([0xe2, 0x82]))", "\ufffd"),
        ("new TextDecoder().decode()", ""),
        ("new TextDecoder().decode(new Uint8Array([1, 65, 66]).subarray(1))", "AB"),
        ("new TextDecoder().decode(new DataView(new Uint8Array([1, 65, 66]).buffer, 1, 1))", "A"),
        ("new TextDecoder().decode(new Uint8Array([65]).buffer)", "A"),
        ("new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 65]))", "A"),
        ("new TextDecoder('utf-8', {ignoreBOM: true}).decode(new Uint8Array([0xef, 0xbb, 0xbf, 65]))", "\ufeffA"),
        ("new TextDecoder('windows-1251').decode(new Uint8Array([207, 240, 232]))", "При"),
        ("new TextDecoder('gbk').decode(new Uint8Array([0xc4, 0xe3]))", "你"),
        ("new TextDecoder('utf-16le').decode(new Uint8Array([0xff, 0xfe, 65, 0]))", "A"),
        ("['utf8', 'UTF-8', ' ascii ', 'cp1251', 'shift_jis'].map((name) => new TextDecoder(name).encoding)",
         ["utf-8", "utf-8", "windows-1252", "windows-1251", "shift_jis"]),
        ("(() => { const d = new TextDecoder('utf-8', {fatal: 1}); return [d.fatal, d.ignoreBOM] })()", [True, False]),
        ("btoa('ann:secret')", "YW5uOnNlY3JldA=="),
        ("atob('YW5uOnNlY3JldA==')", "ann:secret"),
    ],
)  # fmt: skip
def test_answers(js: JSRun, expression: str, expected: Any) -> None:
    assert js.value(expression) == expected


@pytest.mark.parametrize(
    ("label", "text"), [("utf-8", "\ufeffaё€😀\ufeff"), ("utf-16le", "aё€😀"), ("gbk", "a你好"), ("shift_jis", "aカナ")]
)
def test_a_stream_may_be_cut_anywhere(js: JSRun, label: str, text: str) -> None:
    data = list(text.encode({"utf-16le": "utf-16-le"}.get(label, label)))
    js.run(f"globalThis.decoder = new TextDecoder('{label}')")
    pieces = f"{data}.map((byte) => decoder.decode(new Uint8Array([byte]), {{stream: true}})).join('')"
    assert js.value(f"{pieces} + decoder.decode()") == text.removeprefix("\ufeff")
    assert js.value(f"decoder.decode(new Uint8Array({data}))") == text.removeprefix("\ufeff")


def test_fatal_bytes_throw_and_the_decoder_can_go_on(js: JSRun) -> None:
    js.run("globalThis.strict = new TextDecoder('utf-8', {fatal: true})")
    with pytest.raises(ScriptError, match="the bytes are not utf-8") as caught:
        js.value("strict.decode(new Uint8Array([255]))")
    assert caught.value.name == "TypeError"
    assert js.value("strict.decode(new Uint8Array([65]))") == "A"


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("new TextDecoder('klingon')", "RangeError"),
        ("new TextDecoder().decode('text')", "TypeError"),
        ("new TextDecoder().decode([65])", "TypeError"),
        ("new TextEncoder().encodeInto('a', [])", "TypeError"),
        ("atob('*')", "InvalidCharacterError"),
        ("btoa('ё')", "InvalidCharacterError"),
    ],
)
def test_mistakes(js: JSRun, expression: str, name: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(expression)
    assert caught.value.name == name


def test_large_texts(js: JSRun) -> None:
    assert js.value("new TextDecoder().decode(new TextEncoder().encode('ё'.repeat(300000))).length") == 300000
