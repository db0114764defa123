"""CSV: what RFC 4180 says, what Python's own module writes, and the places of mistakes."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("a,b\r\n1,2\r\n3,4\r\n", {}, [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]),
        ("a,b\n1,2", {}, [{"a": "1", "b": "2"}]),
        ("a\r1\r2", {}, [{"a": "1"}, {"a": "2"}]),
        ("\ufeffa,b\n1,2\n", {}, [{"a": "1", "b": "2"}]),
        ("a,b\n1,2\n", {"header": False}, [["a", "b"], ["1", "2"]]),
        ("1,2\n", {"header": ["x", "y"]}, [{"x": "1", "y": "2"}]),
        ("a;b\n1,5;2\n", {"delimiter": ";"}, [{"a": "1,5", "b": "2"}]),
        ("a\tb\n1\t2\n", {"delimiter": "\t"}, [{"a": "1", "b": "2"}]),
        ("a|b\n1|2\n", {"delimiter": "|"}, [{"a": "1", "b": "2"}]),
        ("a^b\n1^2\n", {"delimiter": "^"}, [{"a": "1", "b": "2"}]),
        ("'a, b'\n'it''s'\n", {"quote": "'"}, [{"a, b": "it's"}]),
        ('a,b\n"x,y","line 1\nline ""2"""\n', {}, [{"a": "x,y", "b": 'line 1\nline "2"'}]),
        ("a,b\n,\n", {}, [{"a": "", "b": ""}]),
        ("a\n\n1\n\n", {}, [{"a": "1"}]),
        ('a\n""\n', {}, [{"a": ""}]),
        (" a , b \n 1 , 2 \n", {"trim": True}, [{"a": "1", "b": "2"}]),
        (" a \n 1 \n", {}, [{" a ": " 1 "}]),
        ("имя\n👍\n", {}, [{"имя": "👍"}]),
        ("", {}, []),
        ("a,b\n", {}, []),
        ("a,b,\n1,2,\n", {}, [{"a": "1", "b": "2", "": ""}]),
    ],
)
def test_reading(js: JSRun, text: str, options: dict[str, Any], expected: Any) -> None:
    assert js.value(f"encoding.csvParse({json.dumps(text)}, {json.dumps(options)})") == expected


def test_a_column_named_as_an_old_property(js: JSRun) -> None:
    assert js.value("Object.keys(encoding.csvParse('__proto__,a\\n1,2')[0])") == ["__proto__", "a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a,b\n1,x"y\n', 'a " within a field that does not begin with one (line 2, column 4)'),
        ('a\n"open\nand more', 'a " is never closed (line 2, column 1)'),
        ('a\n"x"y\n', 'something stands between the closing " and the end of the field (line 2, column 4)'),
        ("a,b\n1\n", "a row has 1 fields, the header 2 (line 2, column 1)"),
        ("a,b\n1,2\n1,2,3\n", "a row has 3 fields, the header 2 (line 3, column 1)"),
        ("a,a\n1,2\n", 'the column "a" stands in the header twice (line 1, column 1)'),
    ],
)
def test_wrong_texts(js: JSRun, text: str, message: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"encoding.csvParse({json.dumps(text)})")
    assert (caught.value.name, caught.value.message) == ("SyntaxError", message)


@pytest.mark.parametrize(
    ("rows", "options", "expected"),
    [
        ([{"a": 1, "b": "x"}, {"b": "y", "c": True}], {}, "a,b,c\r\n1,x,\r\n,y,true\r\n"),
        ([[1, 2], [3]], {}, "1,2\r\n3\r\n"),
        ([{"a": 1, "b": 2}], {"header": ["b", "a"]}, "b,a\r\n2,1\r\n"),
        ([{"a": 1}], {"header": False, "newline": "\n"}, "1\n"),
        ([{"a": 'x,"y"\n', "b": " z"}], {"newline": "\n"}, 'a,b\n"x,""y""\n"," z"\n'),
        ([["x;y", "z"]], {"delimiter": ";", "quotes": "all"}, '"x;y";"z"\r\n'),
        ([["it's"]], {"quote": "'"}, "'it''s'\r\n"),
        ([{"a": {"b": [1]}, "c": None}], {"newline": "\n"}, 'a,c\n"{""b"":[1]}",\n'),
        (
            [["=1+1", "+7", "-5", "@x", -5, "a=b"]],
            {"escapeFormulas": True, "newline": "\n"},
            "'=1+1,'+7,'-5,'@x,-5,a=b\n",
        ),
        ([["＝1", "＋7", "－5", "＠x"]], {"escapeFormulas": True, "newline": "\n"}, "'＝1,'＋7,'－5,'＠x\n"),
        ([["\n=1"]], {"escapeFormulas": True, "newline": "\n"}, '"\'\n=1"\n'),
        ([["=1+1"]], {"newline": "\n"}, "=1+1\n"),
        ([[""], ["a"]], {"newline": "\n"}, '""\na\n'),
        ([], {}, ""),
        ([], {"header": ["a"]}, "a\r\n"),
    ],
)
def test_writing(js: JSRun, rows: Any, options: dict[str, Any], expected: str) -> None:
    assert js.value(f"encoding.csvStringify({json.dumps(rows)}, {json.dumps(options)})") == expected


def test_dates_are_written_as_iso(js: JSRun) -> None:
    assert js.value("encoding.csvStringify([[new Date(0)]])") == "1970-01-01T00:00:00.000Z\r\n"


def test_both_ways_against_python(js: JSRun) -> None:
    chance = random.Random(7)  # the same texts every time
    pieces = ["a", "é", "👍", ",", '"', "\n", "\r\n", " ", "=", ";", ""]
    rows = [["".join(chance.choices(pieces, k=chance.randrange(6))) for _ in range(3)] for _ in range(200)]
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    text = written.getvalue()
    assert js.value(f"encoding.csvParse({json.dumps(text)}, {{header: false}})") == rows
    ours = js.value(f"encoding.csvStringify({json.dumps(rows)})")
    assert list(csv.reader(io.StringIO(ours, newline=""))) == rows


@pytest.mark.parametrize(
    "call",
    [
        "csvParse(5)",
        "csvParse('', {delimiter: ';;'})",
        "csvParse('', {delimiter: '\\n'})",
        "csvParse('', {delimiter: '\"'})",
        "csvStringify({})",
        "csvStringify([], {quotes: 'some'})",
    ],
)
def test_wrong_arguments(js: JSRun, call: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"encoding.{call}")
    assert caught.value.name == "TypeError"
