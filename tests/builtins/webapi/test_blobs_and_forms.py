"""Blob, File and FormData."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

URLENCODED = "application/x-www-form-urlencoded"


def steps(js: JSRun, code: str) -> Any:
    return js.value(f"(async (typed) => {{ {code} }})({{'content-type': '{URLENCODED}'}})")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "const b = new Blob(['ё', new Uint8Array([65]), new Blob(['z'])]); return [b.size, await b.text()]",
            [4, "ёAz"],
        ),
        ("const b = new Blob([], {type: 'Text/CSV'}); return [b.size, b.type, await b.text()]", [0, "text/csv", ""]),
        ("return new Blob(['a'], {type: 'té'}).type", ""),
        ("const b = new Blob(['abcdef']).slice(1, -1, 'x/y'); return [await b.text(), b.type]", ["bcde", "x/y"]),
        ("return new Blob(['abc']).slice(5).size", 0),
        ("return [...await new Blob(['ab']).bytes()]", [97, 98]),
        ("return (await new Blob(['ab']).arrayBuffer()).byteLength", 2),
        ("let n = 0; for await (const piece of new Blob(['abc']).stream()) n += piece.length; return n", 3),
        (
            "const f = new File(['x'], 'a.txt', {type: 'a/b', lastModified: 5}); return [f.name, f.lastModified]",
            ["a.txt", 5],
        ),
        (
            "const f = new File(['x'], 'a'); return [f instanceof Blob, f.lastModified <= Date.now(), String(f)]",
            [True, True, "[object File]"],
        ),
        (
            "const f = new FormData(); f.append('a', 1); f.append('a', 2); f.append('b', 3); return [...f]",
            [["a", "1"], ["a", "2"], ["b", "3"]],
        ),
        (
            "const f = new FormData(); for (const n of ['a', 'b', 'a']) f.append(n, 2); f.set('a', 4); return [...f]",
            [["a", "4"], ["b", "2"]],
        ),
        (
            "const f = new FormData(); f.set('a', 1); f.delete('a'); return [f.get('a'), f.getAll('a'), f.has('a')]",
            [None, [], False],
        ),
        (
            "const f = new FormData(); f.set('a', new Blob(['x'])); return [f.get('a').name, String(f.get('a'))]",
            ["blob", "[object File]"],
        ),
        ("const f = new FormData(); f.append('a', new Blob(['x']), 'n.txt'); return f.get('a').name", "n.txt"),
        (
            """
            const form = new FormData()
            form.append("a", new File(["x"], "old", { type: "t/t" }), "new")
            return [form.get("a").name, form.get("a").type]
            """,
            ["new", "t/t"],
        ),
        (
            "const f = new FormData(), seen = []; f.set('a', 1); f.forEach((v, n) => seen.push(n, v)); return seen",
            ["a", "1"],
        ),
        (
            "return [...await new Response('a=b+c&a=%C3%A9&d', {headers: typed}).formData()]",
            [["a", "b c"], ["a", "é"], ["d", ""]],
        ),
        (
            "return [...await new Response(new URLSearchParams({x: '1'})).formData()]",
            [["x", "1"]],
        ),
        (
            """
            const form = new FormData()
            form.append('a"\\r\\n', "1\\n2")
            form.append("f", new File([new Uint8Array([0, 255, 13, 10])], "ф.bin"))
            const back = await new Response(form).formData()
            const file = back.get("f")
            return [[...back.keys()][1], [...back.values()][0], file.name, file.type, [...await file.bytes()]]
            """,
            ["f", "1\r\n2", "ф.bin", "application/octet-stream", [0, 255, 13, 10]],
        ),
    ],
)
def test_steps(js: JSRun, code: str, expected: Any) -> None:
    assert steps(js, code) == expected


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("new Blob('text')", "Blob wants a list of parts"),
        ("new File(['x'])", "File wants parts and a name"),
        ("new FormData({})", "FormData starts empty"),
        ("await new Response('x').formData()", 'the body is not a form: its type is "text/plain"'),
        ("await new Response(new Uint8Array()).formData()", "the body is not a form"),
        (
            "await new Response('x', {headers: {'content-type': 'multipart/form-data; boundary=b'}}).formData()",
            "the body is not a form",
        ),
        (
            "await new Response('x', {headers: {'content-type': 'multipart/form-data'}}).formData()",
            "the body is not a form",
        ),
        (
            f"await new Response('a&'.repeat(2000), {{headers: {{'content-type': '{URLENCODED}'}}}}).formData()",
            "the body is not a form",
        ),
    ],
)
def test_mistakes(js: JSRun, code: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        steps(js, code)
    assert caught.value.name == "TypeError"
