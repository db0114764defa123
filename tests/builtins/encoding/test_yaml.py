"""YAML: the core schema, what comes back, and documents made to hurt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a: &a {k: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{','.join([f'*{before}'] * 10)}]}}\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # YAML 1.2.2, examples 2.1, 2.2, 2.3, 2.10, 2.13, 2.16
        ("- Mark McGwire\n- Sammy Sosa\n", ["Mark McGwire", "Sammy Sosa"]),
        ("hr:  65    # Home runs\navg: 0.278\n", {"hr": 65, "avg": 0.278}),
        ("american:\n- Boston\nnational:\n- New York\n", {"american": ["Boston"], "national": ["New York"]}),
        ("---\nhr:\n- &SS Sammy Sosa\nrbi:\n- *SS\n", {"hr": ["Sammy Sosa"], "rbi": ["Sammy Sosa"]}),
        ("--- |\n  \\//||\\/||\n  // ||  ||__\n", "\\//||\\/||\n// ||  ||__\n"),
        (
            "name: Mark\naccomplishment: >\n  Mark set\n  a record.\n",
            {"name": "Mark", "accomplishment": "Mark set a record.\n"},
        ),
        ("[yes, no, on, off, y, n]", ["yes", "no", "on", "off", "y", "n"]),
        ("[true, False, null, ~, 'true']", [True, False, None, None, "true"]),
        ("[2026-11-22, 12:30:45, 0o14, 0x1F, 014, 1_000]", ["2026-11-22", "12:30:45", 12, 31, 14, "1_000"]),
        ("[1e3, -1.5, .5, +7, 1.]", [1000, -1.5, 0.5, 7, 1]),
        ("big: 123456789012345678901234567890", {"big": 1.2345678901234568e29}),
        ("base: &b {x: 1, y: 2}\nown: {<<: *b, y: 3}\n", {"base": {"x": 1, "y": 2}, "own": {"x": 1, "y": 3}}),
        ("a: &a {k: 1}\nb: &b {<<: *a, k: 2}\nc: {<<: *b}\n", {"a": {"k": 1}, "b": {"k": 2}, "c": {"k": 2}}),
        (
            "a: &a {k: 1, x: 1}\nb: &b {k: 2, y: 2}\nc: {<<: [*a, *b], z: 3}\n",
            {"a": {"k": 1, "x": 1}, "b": {"k": 2, "y": 2}, "c": {"k": 1, "x": 1, "y": 2, "z": 3}},
        ),
        ("1: a\ntrue: b\n~: c\n", {"1": "a", "true": "b", "null": "c"}),
        ("имя: 👍", {"имя": "👍"}),
        ("data: !!binary aGk=", {"data": b"hi"}),
        ("", None),
        ("# nothing\n", None),
        ("{}", {}),
    ],
)
def test_reading(js: JSRun, text: str, expected: Any) -> None:
    assert js.value(f"encoding.yamlParse({json.dumps(text)})") == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1, 2\nb: 3", "this is not YAML: .* \\(line 2, column 2\\)"),
        ("a: 1\n\tb: 2", "this is not YAML: .* \\(line 2, column 1\\)"),
        ("a: 1\na: 2", "a key of the YAML stands here twice \\(line 2, column 1\\)"),
        ("? [a]\n: 1", "a key of the YAML is a list or a mapping"),
        ("a: *nobody", "found undefined alias"),
        ("--- 1\n--- 2\n", "expected a single document|but found another document"),
        ("!!python/object/apply:os.system ['true']", "could not determine a constructor for the tag"),
        ("!own x", "could not determine a constructor"),
        ("a: &a [*a]", "contains itself"),
        (BOMB, "unfolds to more than 100000 values"),
        (MERGE_BOMB, "unfolds to more than 100000 values"),
        ("[" * 5000, "nested deeper than 100|exceeded maximum nesting depth"),  # the library's own bound may be first
        ("[" * 101 + "]" * 101, "nested deeper than 100"),
        ("a: {<<: 5}", "what << stands for is a mapping"),
        ("- " * 5000 + "x", "nested deeper than 100"),
        ("- &a0 x\n" + "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, 300)), "nested deeper than 100"),
        ("a: \x01", "must not be there|not YAML"),
        ("x" * (2 * 1024 * 1024 + 1), "longer than 2097152 characters"),
    ],
)
def test_wrong_texts(js: JSRun, text: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        js.value(f"encoding.yamlParse({json.dumps(text)})")
    assert caught.value.name == "SyntaxError"
    assert caught.value.code == "syntax"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": [1, "two", None], "a": {"c": True}}, "b:\n- 1\n- two\n- null\na:\n  c: true\n"),
        ({"имя": "👍 ok"}, "имя: 👍 ok\n"),
        ("plain", "plain\n"),
        (["true", "1", "null", "~", "", "2026-11-22", "a: b", "- x"], None),
        ({"text": "line 1\nline 2\n", "quote": 'it\'s "x"', "blank": " x "}, None),
        ([1.5, 1e300, -7, []], None),
    ],
)
def test_writing(js: JSRun, value: Any, expected: str | None) -> None:
    written = js.value(f"encoding.yamlStringify({json.dumps(value)})")
    assert expected in (None, written)
    assert js.value(f"encoding.yamlParse({json.dumps(written)})") == value


def test_bytes_indent_and_wrong_arguments(js: JSRun) -> None:
    assert js.value("encoding.yamlParse(encoding.yamlStringify({a: new Uint8Array([1, 255])})).a") == b"\x01\xff"
    assert js.value("encoding.yamlStringify({a: {b: 1}}, {indent: 4})") == "a:\n    b: 1\n"
    for call in ("yamlParse(5)", "yamlStringify()", "yamlStringify({}, {indent: 0})"):
        with pytest.raises(ScriptError):
            js.value(f"encoding.{call}")
