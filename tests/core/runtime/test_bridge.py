"""Envelopes and host functions, without an engine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from m3m_core import Invalid, JSModule, ScriptError, field, waits
from m3m_core.runtime.bridge import HostFunctions, camel, decode, encode, loads
from m3m_core.runtime.faults import position


class Files:
    """A host as plugins write it."""

    def read_bytes(self, path: str) -> bytes:
        return path.encode()

    @waits
    def stat(self, path: str, follow: bool = True) -> dict[str, Any]:
        return {"path": path, "follow": follow}

    def refuse(self) -> None:
        raise Invalid("No.", code="nope", fields={"path": field("bad", "Is bad.")})

    def fail(self, kind: str) -> None:
        raise {
            "os": OSError(2, "No such file"),
            "type": TypeError("inner"),
            "exit": SystemExit(1),
            "deep": RecursionError(),
        }[kind]

    def too_large(self, bits: int) -> int:
        return 1 << bits

    def too_nested(self, depth: int) -> list[Any]:
        made: list[Any] = []
        for _ in range(depth):
            made = [made]
        return made

    def vague(self, text: str, size: float | None, more: dict[str, int] | list[int], rest: object = None) -> str:
        return text.upper() + str(len(more)) + str(size)

    def _hidden(self) -> None: ...

    setting = 5


@pytest.fixture
def functions() -> HostFunctions:
    made = HostFunctions([JSModule("files", Files(), aliases=("fs",)), JSModule("empty")])
    made.functions("files")
    return made


def test_description() -> None:
    described = orjson.loads(HostFunctions([JSModule("files", Files(), aliases=("fs",), exports=("a",))]).describe())
    assert described == [
        {
            "name": "files",
            "globals": ["files", "$files", "fs", "$fs"],
            "exports": ["a"],
            "eager": False,
        }
    ]


def test_functions_of_a_module_that_is_used() -> None:
    made = HostFunctions([JSModule("empty"), JSModule("files", Files())])
    assert decode(made.functions("empty")) == []
    assert decode(made.functions("files")) == [
        {"name": "fail", "index": 0, "waits": False},
        {"name": "readBytes", "index": 1, "waits": False},
        {"name": "refuse", "index": 2, "waits": False},
        {"name": "stat", "index": 3, "waits": True},
        {"name": "tooLarge", "index": 4, "waits": False},
        {"name": "tooNested", "index": 5, "waits": False},
        {"name": "vague", "index": 6, "waits": False},
    ]


@pytest.mark.parametrize(
    ("index", "arguments", "envelope"),
    [
        (1, '["abc"]', 'b{"\\u0000bytes":"YWJj"}'),
        (3, '["a"]', 'v{"path":"a","follow":true}'),
        (6, '["a", "any", []]', 'v"A0any"'),
        (3, '["\\ud800", false]', 'v{"path":"�","follow":false}'),
        (0, '["os"]', 'e{"name":"SystemError","message":"No such file","code":"io_error"}'),
    ],
)
def test_calls(functions: HostFunctions, index: int, arguments: str, envelope: str) -> None:
    assert functions.call(index, arguments) == envelope


@pytest.mark.parametrize(
    ("index", "arguments", "name", "code", "message"),
    [
        (2, "[]", "Invalid", "nope", "No."),
        (0, '["deep"]', "TypeError", "invalid_arguments", "a value is nested too deeply"),
        (4, "[64]", "TypeError", "invalid_arguments", "a value cannot be handed over: Integer exceeds 64-bit range"),
        (5, "[300]", "TypeError", "invalid_arguments", "a value cannot be handed over: it is nested too deeply"),
        (6, "[1, 2, []]", "TypeError", "invalid_arguments", "files.vague: text is a text, not a whole number"),
        (
            6,
            '["a", 1, 5]',
            "TypeError",
            "invalid_arguments",
            "files.vague: more is an object or a list, not a whole number",
        ),
        (6, "[null, 1, []]", "TypeError", "invalid_arguments", "files.vague: text is a text, not null"),
        (6, '["a", "1", null]', "TypeError", "invalid_arguments", "files.vague: size is a number or null, not a text"),
        (6, '[{"a": true}, null, []]', "TypeError", "invalid_arguments", "files.vague: text is a text, not an object"),
        (3, "[]", "TypeError", "invalid_arguments", "files.stat: missing a required argument: 'path'"),
        (1, "[" * 2000 + "]" * 2000, "TypeError", "invalid_arguments", "an argument is nested too deeply"),
        (1, '[{"\\u0000bytes": "a"}]', "TypeError", "invalid_arguments", "an argument is nested too deeply"),
        (0, '["type"]', "InternalError", "internal", "the module failed; the server's log says why"),
        (0, '["exit"]', "InternalError", "internal", "the module failed; the server's log says why"),
    ],
)
def test_failures(functions: HostFunctions, index: int, arguments: str, name: str, code: str, message: str) -> None:
    told = orjson.loads(functions.call(index, arguments).removeprefix("e"))
    assert (told["name"], told["code"], told["message"]) == (name, code, message)


@pytest.mark.parametrize("arguments", ["", "nonsense", "5", '"text"', "{}", "[1, 2, 3, 4]", '[{"\\u0000bytes": 5}]'])
def test_arguments_that_no_service_could_send_do_no_harm(functions: HostFunctions, arguments: str) -> None:
    assert functions.call(1, arguments).startswith('e{"name":')


@pytest.mark.parametrize(
    ("value", "envelope"),
    [
        (None, "u"),
        ("ü", 'v"ü"'),
        ([1, None, True], "v[1,null,true]"),
        (b"\x00", 'b{"\\u0000bytes":"AA=="}'),
        ({1: bytearray(b"a")}, 'b{"1":{"\\u0000bytes":"YQ=="}}'),
        ({"when": datetime(2026, 1, 2, tzinfo=UTC)}, 'v{"when":"2026-01-02T00:00:00+00:00"}'),
        ((item for item in "ab"), 'v["a","b"]'),
        (1 + 2j, 'v"(1+2j)"'),
    ],
)
def test_encode(value: Any, envelope: str) -> None:
    assert encode(value) == envelope


@pytest.mark.parametrize(
    ("envelope", "value"),
    [
        ("u", None),
        ("v5", 5),
        ('v[{"\\u0000bytes":"YQ=="}]', [b"a"]),
        ('v"\\\\u0000bytes"', "\\u0000bytes"),
        ('v"\\ud800"', "�"),
        ('v"\\\\\\udfff \\\\ud800"', "\\� \\ud800"),
    ],
)
def test_decode(envelope: str, value: Any) -> None:
    assert decode(envelope) == value


def test_decode_an_error() -> None:
    stack = "    at f (lib/a.js:3:14)\\n    at main.js:1:2\\n"
    with pytest.raises(ScriptError) as raised:
        decode(f'e{{"name":"E","message":"m","code":"c","stack":"{stack}"}}')
    error = raised.value
    assert (error.name, error.message, error.code) == ("E", "m", "c")
    assert (error.file, error.line, error.column) == ("lib/a.js", 3, 14)


def test_loads_refuses_what_is_not_json() -> None:
    with pytest.raises(orjson.JSONDecodeError):
        loads("{")


@pytest.mark.parametrize(
    ("stack", "place"),
    [
        ("", ("", 0, 0)),
        ("    at main.js:1:2\n    at x (b.js:3:4)\n", ("main.js", 1, 2)),
        ("    at a (b (c) (dir/main.js:1:2)\n", ("dir/main.js", 1, 2)),
        ("something else entirely\n", ("", 0, 0)),
        ("    at main.js:x:y\n", ("", 0, 0)),
        ("    at f (main.js:\u00b2:1)\n", ("", 0, 0)),
        (f"    at f (main.js:{'9' * 9}:1)\n", ("main.js", 999_999_999, 1)),
        (f"    at f (main.js:{'9' * 10}:1)\n", ("", 0, 0)),
        (f"    at f (main.js:1:{'9' * 5000})\n", ("", 0, 0)),
    ],
)
def test_position(stack: str, place: tuple[str, int, int]) -> None:
    assert position(stack) == place


def test_names() -> None:
    assert [camel(name) for name in ("read", "read_bytes", "a_b_c")] == ["read", "readBytes", "aBC"]
