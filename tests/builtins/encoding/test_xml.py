"""XML: what is in a document, and documents made to hurt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun

RSS = """<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News &amp; more</title>
<item><title><![CDATA[<b>One</b>]]></title><dc:creator>Ann</dc:creator></item><item><title>Дв&#1072;</title></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("feed.name", "rss"),
        ("feed.attributes.version", "2.0"),
        ("feed.first('channel').all('item').map((item) => item.first('title').text)", ["<b>One</b>", "Два"]),
        ("feed.first('channel').first('title').text", "News & more"),
        ("feed.first('channel').first('item').first('dc:creator').text", "Ann"),
        ("[feed.first('item'), feed.all('item')]", [None, []]),
        ("encoding.xmlParse('<p>a <b>bold</b> word<br/></p>').text", "a bold word"),
        ("encoding.xmlParse('<p>a<b/>c</p>').children.map((child) => child.name ?? child)", ["a", "b", "c"]),
        ("encoding.xmlParse('\\ufeff<a/>').name", "a"),
        ("encoding.xmlParse('<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>').text", ""),
        ("encoding.xmlParse('<__proto__ constructor=\"x\"/>').attributes.constructor", "x"),
    ],
)
def test_reading(js: JSRun, expression: str, expected: Any) -> None:
    assert (
        js.value(f"(() => {{ const feed = encoding.xmlParse({json.dumps(RSS)}); return {expression} }})()") == expected
    )


@pytest.mark.parametrize(
    ("head", "encoding"),
    [("", "utf-8"), ("<?xml version='1.0' encoding='windows-1251'?>", "cp1251"), ("", "utf-16"), ("", "utf-8-sig")],
)
def test_bytes_are_in_the_encoding_that_they_name(js: JSRun, head: str, encoding: str) -> None:
    data = list(f"{head}<a>Два</a>".encode(encoding))
    assert js.value(f"encoding.xmlParse(new Uint8Array({data})).text") == "Два"


BOMB = "<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]><a>&b;</a>"
STOLEN = "<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><a>&f;</a>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this is not XML: no element found"),
        ("<a>\n<ж></b></a>", r"this is not XML: mismatched tag \(line 2, column 6\)"),
        ("<a/><b/>", "this is not XML: junk after document element"),
        ("<a x='1' x='2'/>", "this is not XML: duplicate attribute"),
        ("<a>&nbsp;</a>", "this is not XML: undefined entity"),
        ("<a>\x01</a>", "this is not XML"),
        (BOMB, "the XML defines an entity, which is not read"),
        (STOLEN, "the XML defines an entity, which is not read"),
        ("<a>" * 101, "the XML is nested deeper than 100"),
        ("<a>" + "<b/>" * 100_000 + "</a>", "more than 100000 elements"),
        ("<a>" + "x" * 2 * 1024 * 1024 + "</a>", "longer than 2097152 bytes"),
    ],
)
def test_wrong_texts(js: JSRun, text: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        js.value(f"encoding.xmlParse({json.dumps(text)})")
    assert (caught.value.name, caught.value.code) == ("SyntaxError", "syntax")


@pytest.mark.parametrize("wrong", ["5", "null", ""])
def test_wrong_arguments(js: JSRun, wrong: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"encoding.xmlParse({wrong})")
    assert caught.value.code == "invalid_arguments"
