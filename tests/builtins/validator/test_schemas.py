"""JSON Schema 2020-12: what fits, what is told of the rest, and schemas made to hurt."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5},
        "age": {"type": "integer", "minimum": 18},
        "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True, "maxItems": 3},
        "email": {"type": "string", "format": "email"},
    },
    "required": ["name"],
    "additionalProperties": False,
}


def check(js: JSRun, value: Any, schema: Any) -> list[tuple[str, str]]:
    report = js.value(f"validator.check({json.dumps(value)}, {json.dumps(schema)})")
    assert report["valid"] is not bool(report["errors"])
    return [(error["path"], error["code"]) for error in report["errors"]]


@pytest.mark.parametrize(
    ("value", "errors"),
    [
        ({"name": "Ann", "age": 18, "tags": ["a", "b"], "email": "a@b.co"}, []),
        ({}, [("/name", "required")]),
        ({"name": "", "age": 17.5}, [("/name", "minLength"), ("/age", "type"), ("/age", "minimum")]),
        ({"name": "👍👍👍👍👍"}, []),
        ({"name": "123456", "x/y~": 1}, [("/x~1y~0", "additionalProperties"), ("/name", "maxLength")]),
        ({"name": "A", "tags": ["a", "c", "a", "b"]},
         [("/tags/1", "enum"), ("/tags/2", "uniqueItems"), ("/tags", "maxItems")]),
        ({"name": "A", "email": "nobody"}, [("/email", "format")]),
        ("text", [("", "type")]),
        (None, [("", "type")]),
    ],
)  # fmt: skip
def test_a_person(js: JSRun, value: Any, errors: list[tuple[str, str]]) -> None:
    assert sorted(check(js, value, PERSON)) == sorted(errors)


# Cases of the official test suite for draft 2020-12, by keyword
SUITE: list[tuple[Any, list[Any], list[Any]]] = [
    (True, [1, "x", None], []),
    (False, [], [1]),
    ({"type": "integer"}, [1, 1.0], [1.1, "1", True, None]),
    ({"type": ["integer", "string"]}, [1, "a"], [1.1, None]),
    ({"const": {"a": [1]}}, [{"a": [1]}], [{"a": [2]}, {}]),
    ({"const": False}, [False], [0, ""]),
    ({"enum": [6, "foo", [], True]}, [6, "foo", [], True], [None, 1]),
    ({"multipleOf": 0.01}, [4.35, 19.99], [0.00751]),
    ({"multipleOf": 0.0001}, [0.0075], [0.00751]),
    ({"multipleOf": 0.123456789}, [], [1e308]),
    ({"exclusiveMinimum": 1.1}, [1.2], [1.1, 0.6]),
    ({"pattern": "^a*$"}, ["aaa", 1, {}], ["abc"]),
    ({"pattern": "a+"}, ["xxaayy"], ["b"]),
    ({"pattern": "^\\p{Lu}\\u00e9$"}, ["Éé"], ["éé"]),
    ({"patternProperties": {"f.*o": {"type": "integer"}}}, [{"foo": 1, "x": "y"}], [{"foo": "bar"}, {"fo": 1, "fooo": "x"}]),
    ({"properties": {"foo": {}}, "patternProperties": {"^v": {}}, "additionalProperties": False},
     [{"foo": 1, "vroom": 2}, [1]], [{"quux": 1}]),
    ({"additionalProperties": {"type": "boolean"}}, [{"a": True}], [{"a": 1}]),
    ({"prefixItems": [{"type": "integer"}], "items": False}, [[1], []], [[1, 2], ["a"]]),
    ({"contains": {"minimum": 5}, "minContains": 2}, [[5, 6, 1]], [[5], []]),
    ({"uniqueItems": True}, [[1, 2], [1, True], [{"a": 1}, {"a": 2}], [[1], [2]]], [[1, 1], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]]),
    ({"dependentRequired": {"bar": ["foo"]}}, [{}, {"foo": 1}, {"foo": 1, "bar": 2}], [{"bar": 2}]),
    ({"dependentSchemas": {"bar": {"properties": {"foo": {"type": "integer"}}}}}, [{"foo": "a"}], [{"bar": 1, "foo": "a"}]),
    ({"propertyNames": {"maxLength": 3}}, [{"abc": 1}], [{"abcd": 1}]),
    ({"if": {"exclusiveMaximum": 0}, "then": {"minimum": -10}, "else": {"multipleOf": 2}}, [-1, 4], [-100, 3]),
    ({"not": {"type": "integer"}}, ["x"], [1]),
    ({"oneOf": [{"type": "integer"}, {"minimum": 2}]}, [1, 2.5], [3, 1.5]),
    ({"anyOf": [{"type": "integer"}, {"minimum": 2}]}, [1, 2.5, 3], [1.5]),
    ({"$defs": {"node": {"properties": {"next": {"$ref": "#/$defs/node"}, "n": {"type": "integer"}}}}, "$ref": "#/$defs/node"},
     [{"n": 1, "next": {"n": 2}}], [{"n": 1, "next": {"n": "2"}}]),
    ({"$ref": "https://json-schema.org/draft/2020-12/schema"}, [{"minLength": 1}], [{"minLength": -1}]),
    ({"$id": "http://localhost/a", "$defs": {"b": {"$id": "b", "type": "integer"}}, "$ref": "b"}, [1], ["x"]),
    ({"$defs": {"b": {"$anchor": "here", "type": "integer"}}, "$ref": "#here"}, [1], ["x"]),
    ({"properties": {"foo": {}}, "allOf": [{"properties": {"bar": {}}}], "unevaluatedProperties": False},
     [{"foo": 1, "bar": 2}], [{"foo": 1, "bar": 2, "baz": 3}]),
    ({"patternProperties": {"^f": {}}, "unevaluatedProperties": False}, [{"foo": 1}], [{"bar": 1}]),
    ({"if": {"required": ["foo"], "properties": {"foo": {"const": "then"}}}, "then": {"properties": {"bar": {}}},
      "else": {"properties": {"baz": {}}}, "unevaluatedProperties": False},
     [{"foo": "then", "bar": 1}, {"baz": 1}], [{"foo": "then", "baz": 1}, {"foo": "else", "baz": 1}]),
    ({"$defs": {"a": {"properties": {"x": {}}}}, "$ref": "#/$defs/a", "unevaluatedProperties": {"type": "string"}},
     [{"x": 1, "y": "s"}], [{"y": 1}]),
    ({"dependentSchemas": {"foo": {"properties": {"bar": {}}}}, "properties": {"foo": {}}, "unevaluatedProperties": False},
     [{"foo": 1, "bar": 2}], [{"bar": 2}]),
    ({"prefixItems": [{}], "unevaluatedItems": False}, [[1]], [[1, 2]]),
    ({"format": "date-time"}, ["1990-12-31T23:59:60Z", 5], ["1990-02-31T15:59:59Z"]),
    ({"format": "uuid"}, ["2eb8aa08-aa98-11ea-b4aa-73b441d16380"], ["2eb8aa08aa9811eab4aa73b441d16380"]),
    ({"format": "uri"}, ["urn:isbn:1", "http://a.b/c?d#e"], ["//a", "\\\\a", "http:// a"]),
    ({"format": "uri-reference"}, ["/a/b", "#x", ""], ["\\\\a"]),
    ({"format": "duration"}, ["P4DT12H30M5S", "P1W", "PT36H"], ["P", "P1DT", "PT", "P1D2H", "1Y"]),
    ({"format": "json-pointer"}, ["/foo/bar~0/baz~1/%a", ""], ["/foo/bar~", "a"]),
    ({"format": "regex"}, ["^a+$"], ["^(a", "(?=a)"]),
    ({"format": "unknown"}, ["x"], []),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "good", "bad"), SUITE, ids=[json.dumps(case[0])[:60] for case in SUITE])
def test_keywords(js: JSRun, schema: Any, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if check(js, value, schema)] == []
    assert [value for value in bad if not check(js, value, schema)] == []


@pytest.mark.parametrize(
    ("value", "schema", "message"),
    [
        (1, {"type": ["string", "null"]}, "must be a string or null"),
        ("x", {"type": "array"}, "must be a list"),
        (1, {"enum": ["a", 2]}, 'must be one of "a", 2'),
        (1, {"minimum": 2}, "must be at least 2"),
        ({}, {"required": ["a"]}, "is missing"),
        ({"a": 1}, {"additionalProperties": False}, "is not a known field"),
        ("x", {"format": "email"}, "is not a valid email"),
        ({"a": 1}, {"dependentRequired": {"a": ["b"]}}, "is missing, and a needs it"),
        (1, {"anyOf": [{"type": "string"}]}, "fits none of the allowed forms"),
        (1, {"multipleOf": 2}, "is not a multiple of 2"),
        (1, False, "must not be there"),
    ],
)
def test_messages(js: JSRun, value: Any, schema: Any, message: str) -> None:
    report = js.value(f"validator.check({json.dumps(value)}, {json.dumps(schema)})")
    assert [error["message"] for error in report["errors"]] == [message]


DOUBLING = {"$defs": {f"d{i}": {"allOf": [{"$ref": f"#/$defs/d{i + 1}"}] * 2} for i in range(40)} | {"d40": {}}}


@pytest.mark.parametrize(
    ("schema", "code", "message"),
    [
        ({"type": "strin"}, "bad_schema", "at /type:"),
        ({"minLength": "5"}, "bad_schema", "at /minLength: must be a whole number"),
        ({"pattern": "(a"}, "bad_schema", "at /pattern: is not a valid regex"),
        ({"pattern": "(?=a)"}, "bad_schema", "at /pattern: is not a valid regex"),
        ({"patternProperties": {"(?=a)": {}}}, "bad_schema", "is not a valid regex"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "bad_schema", "another draft"),
        ({"$ref": "#/nowhere"}, "bad_schema", "/nowhere leads nowhere"),
        ({"$ref": "http://169.254.169.254/latest"}, "bad_schema", "http://169.254.169.254/latest leads nowhere"),
        ({"$ref": "file:///etc/passwd"}, "bad_schema", "leads nowhere"),
        ({"$ref": "#"}, "too_much_work", "nested too deeply"),
        ({"allOf": [{"$ref": "#"}, {"$ref": "#"}]}, "too_much_work", "nested too deeply"),
        ({**DOUBLING, "$ref": "#/$defs/d0"}, "too_much_work", "too much work"),
        ({"description": "x" * 300_000}, "bad_schema", "larger than 262144 bytes"),
        ("string", "bad_schema", "an object, true or false"),
        ([], "bad_schema", "an object, true or false"),
    ],
)
def test_schemas_that_are_refused(js: JSRun, schema: Any, code: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        check(js, {"x": "value"}, schema)
    assert caught.value.code == code
    assert message in caught.value.message


def test_hostile_patterns_take_no_time(js: JSRun) -> None:
    evil, text = "^(a+)+$", "a" * 40 + "b"
    began = time.monotonic()
    for schema, value in (
        ({"pattern": evil}, text),
        ({"patternProperties": {evil: {}}}, {text: 1}),
        ({"patternProperties": {evil: {}}, "additionalProperties": {"type": "integer"}}, {text: 1}),
        ({"patternProperties": {evil: {}}, "unevaluatedProperties": {"type": "integer"}}, {text: 1}),
        ({"propertyNames": {"pattern": evil}}, {text: 1}),
    ):
        check(js, value, schema)
    assert time.monotonic() - began < 2  # each would take hours in a matcher that goes back


def test_many_errors_and_long_values(js: JSRun) -> None:
    assert len(check(js, ["x"] * 500, {"items": {"type": "integer"}})) == 100
    report = js.value("validator.check(1, {enum: Array.from({length: 500}, (_, i) => `number ${i}`)})")
    assert len(report["errors"][0]["message"]) == 300


def test_assert_and_what_is_no_json(js: JSRun) -> None:
    assert js.value("validator.assert({a: 1}, {type: 'object'})") == {"a": 1}
    told = js.value("(() => { try { validator.assert({a: 'x'}, {properties: {a: {type: 'integer'}}}) } "
                    "catch (e) { return [e.name, e.code, e.message, e.errors.length] } })()")  # fmt: skip
    assert told == ["Invalid", "validation_failed", "/a must be a whole number", 1]
    assert js.value("validator.check(undefined, {type: 'null'}).valid") is True
    assert js.value("validator.check(new Date(0), {format: 'date-time'}).valid") is True
    with pytest.raises(ScriptError, match="a value and a schema"):
        js.value("validator.check(1)")


def test_the_library_is_loaded_on_first_use() -> None:
    import subprocess
    import sys

    code = (
        "import sys; import m3m_builtins.validator.jsmodule, m3m_builtins.crypto.jsmodule, m3m_builtins.encoding.jsmodule,"
        " m3m_builtins.smtp.jsmodule, m3m_builtins.utils.jsmodule;"
        "print({'jsonschema', 'yaml', 'jwt', 'passlib', 'cryptography', 'jinja2', 'smtplib', 'slugify'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_module_of_its_own_for_each_run() -> None:
    with run_js(["validator"]) as one, run_js(["validator"]) as two:
        assert one.value("Object.isFrozen(validator)")
        assert two.value("validator === $validator")
