"""Streams: the vendored ones as a service sees them, and the text streams over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import m3m_builtins.webapi
from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js

VENDORED = Path(m3m_builtins.webapi.__file__).with_name("vendor")


def steps(js: JSRun, code: str) -> Any:
    return js.value(f"(async () => {{ {code} }})()")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("const all = []; for await (const x of ReadableStream.from([1, 2])) all.push(x); return all", [1, 2]),
        (
            "const [a, b] = ReadableStream.from([1]).tee(); return [await a.getReader().read(), b.locked]",
            [{"done": False, "value": 1}, False],
        ),
        (
            "const s = new ReadableStream(), r = s.getReader(), a = s.locked; r.releaseLock(); return [a, s.locked]",
            [True, False],
        ),
        (
            """
            const out = [], up = new TransformStream({ transform(x, c) { c.enqueue(x.toUpperCase()) } })
            const sink = new WritableStream({ write(x) { out.push(x) } })
            await ReadableStream.from(["a", "b"]).pipeThrough(up).pipeTo(sink)
            return out
            """,
            ["A", "B"],
        ),
        (
            """
            let pulled = 0
            const three = new CountQueuingStrategy({ highWaterMark: 3 })
            const s = new ReadableStream({ pull(c) { c.enqueue(++pulled) } }, three)
            await utils.sleepAsync(1)
            return [pulled, s.locked]
            """,
            [3, False],
        ),
        (
            """
            const start = (c) => { c.enqueue(new Uint8Array([1, 2, 3])); c.close() }
            const s = new ReadableStream({ type: "bytes", start })
            const { value } = await s.getReader({ mode: "byob" }).read(new Uint8Array(2))
            return [...value]
            """,
            [1, 2],
        ),
        (
            """
            const log = []
            const writer = new WritableStream({ write(x) { log.push(x) }, close() { log.push("closed") } }).getWriter()
            await writer.write("a"); await writer.close()
            return log
            """,
            ["a", "closed"],
        ),
        (
            """
            const c = new AbortController(), never = new ReadableStream()
            setTimeout(() => c.abort(new Error("enough")), 1)
            return never.pipeTo(new WritableStream(), { signal: c.signal }).catch((error) => error.message)
            """,
            "enough",
        ),
        (
            """
            const parts = [[0xf0, 0x9f], [0x98], [0x80, 0x61]].map((part) => new Uint8Array(part))
            let text = ""
            for await (const part of ReadableStream.from(parts).pipeThrough(new TextDecoderStream())) text += part
            return text
            """,
            "😀a",
        ),
        (
            """
            const bytes = []
            const texts = ReadableStream.from(["a\\ud83d", "\\ude00", "\\ud83d"])
            for await (const part of texts.pipeThrough(new TextEncoderStream())) bytes.push(...part)
            return bytes
            """,
            [*"a😀".encode(), 239, 191, 189],
        ),
        (
            "const d = new TextDecoderStream('cp1251', {fatal: true}); return [d.encoding, d.fatal, d.ignoreBOM]",
            ["windows-1251", True, False],
        ),
    ],
)
def test_steps(code: str, expected: Any) -> None:
    with run_js(["webapi", "utils"]) as js:
        assert steps(js, code) == expected


def test_bytes_that_do_not_fit_fail_the_stream(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="the bytes are not utf-8"):
        steps(js, """
          const bad = ReadableStream.from([new Uint8Array([255])])
          for await (const text of bad.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }))) text
        """)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "let r = new Response('ab'), { value } = await r.body.getReader().read(); return [[...value], r.bodyUsed]",
            [[97, 98], True],
        ),
        ("return [new Response().body, new Response('').body instanceof ReadableStream]", [None, True]),
        ("return new Response(ReadableStream.from([new Uint8Array([65]), new Uint8Array([66])])).text()", "AB"),
        ("const r = new Response('x'); r.body; return r.text()", "x"),
        ("const r = new Response('x'); await r.text(); return [r.body.locked, r.bodyUsed]", [False, True]),
        ("const r = new Response('x'), c = r.clone(); return [await r.text(), await c.text()]", ["x", "x"]),
        (
            """
            const r = new Response(ReadableStream.from([new Uint8Array([65])])), c = r.clone()
            return [await r.text(), await c.text()]
            """,
            ["A", "A"],
        ),
        (
            """
            const first = new Request("http://a", { method: "POST", body: "x" }), second = new Request(first)
            return [first.bodyUsed, await second.text()]
            """,
            [True, "x"],
        ),
        (
            "const r = new Response('{}'); r.body.getReader(); return r.json().catch((error) => error.message)",
            "the body is being read by another",
        ),
        (
            "return new Response(ReadableStream.from(['text'])).text().catch((error) => error.message)",
            "a body's stream gives Uint8Array and nothing else",
        ),
        ("return new Response('\\ufeffx').text()", "x"),
        ("const r = Response.error(); return [r.type, r.status, r.ok]", ["error", 0, False]),
        ("return new Response(new Blob(['x'], {type: 'text/csv'})).headers.get('content-type')", "text/csv"),
        (
            "const b = await new Response('x', {headers: [['content-type', 'a/b']]}).blob(); return b.type",
            "a/b",
        ),
    ],
)
def test_bodies(js: JSRun, code: str, expected: Any) -> None:
    assert steps(js, code) == expected


def test_a_stream_larger_than_a_share_of_memory_is_not_read_at_once(js: JSRun) -> None:
    endless = "new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(1 << 20)) } }))"
    with pytest.raises(ScriptError, match="the body is larger than 16777216 bytes") as caught:
        js.value(f"{endless}.bytes()")
    assert caught.value.code == "too_large"


def test_streams_are_made_by_their_first_use(js: JSRun) -> None:
    with run_js(["webapi"], "new Response('x').text(); new Request('http://a')") as fresh:
        getter = "typeof Object.getOwnPropertyDescriptor(globalThis, 'ReadableStream').get"
        assert fresh.value(getter) == "function"
        fresh.value("new Response('x').body.locked")
        assert fresh.value(getter) == "undefined"


def test_the_vendored_script_says_where_it_is_from() -> None:
    text = (VENDORED / "streams.js").read_text()
    wanted = '"web-streams-polyfill": "'
    version = (VENDORED / "package.json").read_text().partition(wanted)[2].partition('"')[0]
    assert f"web-streams-polyfill {version}" in text
    assert "The MIT License" in text
