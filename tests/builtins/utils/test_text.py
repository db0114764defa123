"""Text functions of `utils`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["utils"]) as run:
        yield run


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("slugify('Привет мир')", "privet-mir"),
        ("slugify('  Hello,   World! ')", "hello-world"),
        ("slugify('Straße in Łódź')", "strasse-in-lodz"),
        ("slugify(\"Don't stop’s\")", "dont-stops"),
        ("slugify('日本語')", "ri-ben-yu"),
        ("slugify('😀')", ""),
        ("slugify('a\\ud800b')", "ab"),
        ("slugify('one two three', {separator: '_'})", "one_two_three"),
        ("slugify('one two three', {maxLength: 8})", "one-two"),
        ("slugify(null)", ""),
        ("slugify(2026)", "2026"),
        ("truncate('A long story', 7)", "A long…"),
        ("truncate('short', 5)", "short"),
        ("truncate('Привет, мир', 6)", "Приве…"),
        ("truncate('👍👍👍👍', 3)", "👍👍…"),
        ("truncate('abcdef', 4, '')", "abcd"),
        ("truncate('abcdef', 2, '...')", ".."),
        ("truncate('abcdef', 0)", ""),
        ("capitalize('привет мир')", "Привет мир"),
        ("capitalize('éCLAIR')", "ÉCLAIR"),
        ("capitalize('')", ""),
        ("camelCase('user first-name_HTTPServer x2')", "userFirstNameHttpServerX2"),
        ("camelCase('Большой мир')", "большойМир"),
        ("snakeCase('userFirstName HTTPServer')", "user_first_name_http_server"),
        ("kebabCase('Some  Title: here!')", "some-title-here"),
        ("kebabCase('')", ""),
        ("length('👨‍👩‍👧👍🏽🇷🇺e\\u0301!')", 5),
        ("length('')", 0),
        ("reverse('a👨‍👩‍👧e\\u0301')", "e\u0301👨‍👩‍👧a"),
        ("wordCount(\"It's a fine-looking день, 5 o’clock\")", 6),
        ("wordCount(' ')", 0),
        ("pad(7, 3, '0')", "007"),
        ("pad('a', 4, '-', 'right')", "a---"),
        ("pad('a', 4, 'xy', 'both')", "xaxy"),
        ("pad('👍', 3)", "  👍"),
        ("pad('long', 2)", "long"),
        ("pad('a', 3, '')", "a"),
        ("regexMatch('order 17 of 20', 'order (\\\\d+)')", ["order 17", "17"]),
        ("regexMatch('order 17 of 20', '\\\\d+', 'g')", ["17", "20"]),
        ("regexMatch('x', 'y')", []),
        ("regexMatch('ab', '(a)|(b)')", ["a", "a", ""]),
        ("regexMatch('ABC', /b/i, 'i')", ["B"]),
        ("regexReplace('2026-11-22', '(\\\\d+)-(\\\\d+)-(\\\\d+)', '$3.$2.$1')", "22.11.2026"),
        ("regexReplace('aXbX', 'x', '-', 'gi')", "a-b-"),
        ("regexMatch('ABC', /b/i)", ["B"]),
        ("regexMatch('a'.repeat(50000) + 'b', '^(a+)+$')", []),
        ("regexTest('x1', '\\\\d')", True),
        ("regexSplit('a, b;c', '[,;]\\\\s*')", ["a", "b", "c"]),
        ("regexSplit('abc', '')", ["abc"]),
        ("regexReplace('aXb', /x/i, '-')", "a-b"),
        ("regexReplace('aaa', 'a', 'b', '')", "baa"),
        ("regexReplace('ab', '(?<q>a)', '$<q>$12$01$2', '')", "aa2a$2b"),
        ("regexReplace('aXb', 'X', \"[$&|$`|$'|$$|$1|$<n>]\")", "a[X|a|b|$|$1|$<n>]b"),
        ("regexTest('a.b(c)/[d]-', '^' + utils.escapeRegex('a.b(c)/[d]-') + '$')", True),
        ("characters('é👍🏽')", ["é", "👍🏽"]),
        ("words('userFirstName, HTTP 2')", ["user", "First", "Name", "HTTP", "2"]),
        ("pascalCase('user first name')", "UserFirstName"),
        ("titleCase(\"war and o'neil, мир\")", "War And O'neil, Мир"),
        ("transliterate('Привет, мир — Łódź')", "Privet, mir -- Lodz"),
        ("count('banana', 'an')", 2),
        ("count('aaa', '')", 0),
        ("wrap('a long story about x', 7)", "a long\nstory\nabout x"),
        ("wrap('extraordinary a\\n\\nb', 5)", "extraordinary\na\n\nb"),
        ("unescapeHtml('&lt;&#x41;&#66;&nope;&amp;lt;&#0;')", "<AB&nope;&lt;&#0;"),
        ("escapeHtml('<a href=\"x\">\\'&\\'</a>')", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"),
        ("stripTags('<p>Hi <b>Ann</b></p>')", "Hi Ann"),
        ("stripTags('<script>alert(1)</script>a<!-- b -->c<style>d')", "ac"),
        ("stripTags('3 < 4 and 5 > 4 <br')", "3 < 4 and 5 > 4 "),
        ("template('Hi {{ user.name }}, {{n}}!', {user: {name: 'Ann'}, n: 0})", "Hi Ann, 0!"),
        ("template('{{ a.b.c }}{{ constructor }}{{ toString }}{{ a.length }}', {a: ''})", "0"),
        ("template('{{ list.1 }} {{ o }} {{ d }}', {list: [1, 2], o: {a: 1}, d: new Date(0)})",
         '2 {"a":1} 1970-01-01T00:00:00.000Z'),
        ("template('{{ a }}', {a: '$& <b>'})", "$& <b>"),
        ("template('{{ a }}', {a: '<b>'}, {escape: true})", "&lt;b&gt;"),
        ("template('{{ not closed', {})", "{{ not closed"),
        ("similarity('kitten', 'sitting').toFixed(3)", "0.571"),
        ("similarity('мир', 'мир')", 1),
        ("similarity('', '')", 1),
        ("similarity('abc', '')", 0),
        ("similarity('👍👎', '👍👍')", 0.5),
    ],
)  # fmt: skip
def test_answers(js: JSRun, call: str, expected: Any) -> None:
    assert js.value(f"utils.{call}") == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("truncate('a', -1)", "length is a whole number from 0, not -1"),
        ("truncate('a')", "length is a whole number from 0, not undefined"),
        ("pad('a', '5')", "length is a whole number from 0, not 5"),
        ("pad('a', 5, ' ', 'up')", "side is left, right or both, not up"),
        ("slugify('a', {maxLength: 1.5})", "maxLength is a whole number"),
        ("regexMatch('a', '(?=a)')", "look-ahead"),
        ("regexMatch('a', 5)", "a pattern is a text or a RegExp"),
        ("regexReplace('a'.repeat(1e5), 'a', 'b'.repeat(1000))", "more than 16777216 characters"),
        ("similarity('a'.repeat(1e4), 'b'.repeat(1001))", "multiply to at most 10000000"),
        ("wrap('a', 0)", "width is a whole number from 1"),
        ("regexMatch('a', '(')", "pattern cannot be used: missing \\)"),
    ],
)
def test_mistakes(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(f"utils.{call}")


def test_of_a_long_text_only_its_beginning_is_looked_at() -> None:
    with run_js(["utils"], memory_limit=16 * 1024 * 1024) as small:
        assert small.value("utils.truncate('é'.repeat(1e6), 4)") == "ééé…"
        assert small.value("utils.truncate('x'.repeat(1e6), 1e6).length") == 1_000_000
        assert small.value("utils.truncate('e\\u0301'.repeat(3), 3)") == "e\u0301" * 3
