"""JSON, parts of addresses and queries."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("jsonParse('{\"a\": [1, true, null, \"я\"]}')", {"a": [1, True, None, "я"]}),
        ("jsonParse('\\ufeff[1]')", [1]),
        ("jsonParse('[1, 2]', (key, value) => key === '' ? value : value * 2)", [2, 4]),
        ("jsonStringify({b: 1, a: undefined})", '{"b":1}'),
        ("jsonStringify({b: [{d: 1, c: 2}], a: 1}, 0, {sortKeys: true})", '{"a":1,"b":[{"c":2,"d":1}]}'),
        ("jsonStringify([1], 2)", "[\n  1\n]"),
        ("urlEncode('tea & milk/я?=+')", "tea%20%26%20milk%2F%D1%8F%3F%3D%2B"),
        ("urlEncode(\"A-Z_a.z!~*'()\")", "A-Z_a.z!~*'()"),
        ("urlEncode(5)", "5"),
        ("urlEncode('a\\ud800')", "a%EF%BF%BD"),
        ("urlDecode('tea%20%26%20milk%2F%D1%8F+')", "tea & milk/я+"),
        ("urlDecode('%f0%9f%91%8d')", "👍"),
        ("queryParse('?q=tea+leaves&tag=a&tag=b&tag=c&empty=&bare')",
         {"q": "tea leaves", "tag": ["a", "b", "c"], "empty": "", "bare": ""}),
        ("queryParse('')", {}),
        ("queryParse('&&a=1&')", {"a": "1"}),
        ("queryParse('a=b=c&%D1%8F=%F0%9F%91%8D')", {"a": "b=c", "я": "👍"}),
        ("queryParse('a=100%&b=%ff')", {"a": "100%", "b": "%ff"}),
        ("queryParse('__proto__=1').__proto__", "1"),
        ("queryParse('hasOwnProperty=1&hasOwnProperty=2').hasOwnProperty", ["1", "2"]),
        ("queryStringify({q: 'tea leaves', tag: ['a', 'b&'], no: undefined, nil: null, n: 0, ok: false})",
         "q=tea+leaves&tag=a&tag=b%26&nil=&n=0&ok=false"),
        ("queryStringify({'я': new Date(0)})", "%D1%8F=1970-01-01T00%3A00%3A00.000Z"),
        ("queryStringify({})", ""),
        ("queryParse(encoding.queryStringify({a: '+ &=%'}))", {"a": "+ &=%"}),
    ],
)  # fmt: skip
def test_answers(js: JSRun, call: str, expected: Any) -> None:
    assert js.value(f"encoding.{call}") == expected


@pytest.mark.parametrize(
    ("call", "message", "line", "column"),
    [
        ('jsonParse(\'{"a": 1,\\n "b": }\')', "this is not JSON: expecting value (line 2, column 7)", 2, 7),
        ("jsonParse('')", "this is not JSON: expecting value (character 1)", 1, 1),
        ("jsonParse('[1, 2')", "this is not JSON: expecting ',' delimiter (character 6)", 1, 6),
        ("jsonParse('[1] x')", "this is not JSON: extra data (character 5)", 1, 5),
        ("jsonParse('[NaN]')", "JSON has no NaN (character 2)", 1, 2),
        ("urlDecode('a%zz')", "% does not stand for a character (character 2)", 1, 2),
        ("urlDecode('я%ff')", "%ff does not stand for a character (character 2)", 1, 2),
        ("urlDecode('100%')", "% does not stand for a character (character 4)", 1, 4),
    ],
)
def test_wrong_texts(js: JSRun, call: str, message: str, line: int, column: int) -> None:
    told = js.value(
        f"(() => {{ try {{ encoding.{call} }} catch (e) {{ return [e.name, e.message, e.line, e.column] }} }})()"
    )
    assert told == ["SyntaxError", message, line, column]


@pytest.mark.parametrize(
    "call",
    [
        "jsonParse({})",
        "jsonParse()",
        "jsonStringify()",
        "jsonStringify(() => 1)",
        "jsonStringify(1n)",
        "(() => { const a = {}; a.a = a; return encoding.jsonStringify(a) })()",
        "urlDecode(null)",
        "queryParse(5)",
        "queryStringify('a=1')",
        "queryStringify([1])",
    ],
)
def test_wrong_arguments(js: JSRun, call: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(call if call[0] == "(" else f"encoding.{call}")
    assert caught.value.name == "TypeError"
