"""The text of a filter: how it is read, how it is refused, and that nothing breaks the reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from m3m_builtins.datastore.query.nodes import Comparison, Group, Macro, Node, Operand, Text, Value
from m3m_builtins.datastore.query.nodes import Path as FieldPath
from m3m_builtins.datastore.query.parse import parse
from m3m_core import Malformed


def shown(node: Node | None) -> str:
    """The tree with all its parentheses."""
    if node is None:
        return ""
    if isinstance(node, Group):
        return "(" + (" && " if node.every else " || ").join(shown(item) for item in node.items) + ")"
    many = "?" if node.any_of else ""
    return f"{operand(node.left)} {many}{node.operator} {operand(node.right)}"


def operand(value: Operand) -> str:
    match value:
        case FieldPath():
            return value.text
        case Macro():
            return f"@{value.name}"
        case Text():
            return repr(value.value)
    return repr(value.value)


READ = {
    "": "",
    " \n // nothing": "",
    "a=1": "a = 1",
    "a = 1 && b = 2 || c = 3": "((a = 1 && b = 2) || c = 3)",
    "a = 1 || b = 2 && c = 3": "(a = 1 || (b = 2 && c = 3))",
    "(a = 1 || b = 2) && c = 3": "((a = 1 || b = 2) && c = 3)",
    "((a = 1)) && (b = 2 && (c = 3))": "(a = 1 && b = 2 && c = 3)",
    "a?!='x'": "a ?!= 'x'",
    "a!~'x'&&b>=-2.5e1": "(a !~ 'x' && b >= -25.0)",
    'author.team.name ~ "o\'neil"': 'author.team.name ~ "o\'neil"',
    "a = 'it\\'s' // it's a comment && (": 'a = "it\'s"',
    "a = 'http://x' && b = \"\\\\\\n\"": "(a = 'http://x' && b = '\\\\\\n')",
    "true = truex && null != nulls.a": "(True = truex && None != nulls.a)",
    "@now >= created_at": "@now >= created_at",
    "a = 9007199254740993": "a = 9007199254740993",
    "a = 99999999999999999999": "a = 1e+20",
    "doc.items.0.name = 'x'": "doc.items.0.name = 'x'",
}


@pytest.mark.parametrize("text", READ)
def test_reads(text: str) -> None:
    assert shown(parse(text)) == READ[text]


@pytest.mark.parametrize(
    ("text", "chunks"),
    [
        ("'abc'", ("abc",)),
        ("'a%b'", ("a", "b")),
        ("'%a%'", ("", "a", "")),
        ("'50\\% off%'", ("50% off", "")),
        ("''", ("",)),
    ],
)
def test_wildcards(text: str, chunks: tuple[str, ...]) -> None:
    node = parse(f"a ~ {text}")
    assert isinstance(node, Comparison)
    assert isinstance(node.right, Text)
    assert node.right.chunks == chunks


REFUSED = [
    ("a", "filter_syntax", 1, "The filter ends here, where an operator such as = or ~ is wanted."),
    ("a =", "filter_syntax", 3, "The filter ends here, where a field or a value is wanted."),
    ("a == 1", "filter_syntax", 3, '"=" stands here, where a field or a value is wanted.'),
    ("a = 1 b = 2", "filter_syntax", 6, '"b" stands here, where the end or && or || is wanted.'),
    ("(a = 1", "filter_syntax", 6, "The filter ends here, where ) is wanted."),
    ("a = 1)", "filter_syntax", 5, '")" stands here, where the end is wanted.'),
    ("a = 1 & b = 2", "filter_syntax", 6, "Conditions are joined by &&."),
    ("a = 1 || || b", "filter_syntax", 9, '"||" stands here, where a field or a value is wanted.'),
    ("a = 'x", "filter_syntax", 4, "The text that begins here has no closing quote."),
    ("a = $b", "filter_syntax", 4, '"$" has no meaning here; texts stand in quotes.'),
    ("é = 1", "filter_syntax", 0, '"é" has no meaning here; texts stand in quotes.'),
    ("a = 'b\\d'", "filter_syntax", 6, "\\d means nothing here"),
    ("a = 1e999", "filter_syntax", 4, "This number is too large."),
    ("a = '\ud800'", "filter_syntax", 5, "This is half a character."),
    ("a > @tomorrow", "unknown_macro", 4, '"@tomorrow" is not known; there are @now, '),
    ("a = 1 // " + "x" * 3500, "too_long", 3500, "A filter has at most 3500 characters; this one has 3509."),
    (" || ".join(["a=1"] * 201), "too_complex", 200 * 7 + 1, "A filter has at most 200 comparisons"),
    ("a=1||(b=1&&(" * 11 + "a=1" + "))" * 11, "too_complex", 0, "A filter nests at most 20 levels"),
]


@pytest.mark.parametrize(("text", "code", "position", "message"), REFUSED)
def test_refuses_with_a_position(text: str, code: str, position: int, message: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse(text)
    assert (refused.value.code, refused.value.details) == (code, {"position": position})
    assert refused.value.message.startswith(message)


def test_the_limits_themselves_are_allowed() -> None:
    assert parse("a=1" + " " * 3497) is not None
    assert parse("||".join(["a=1"] * 200)) is not None
    assert parse("(" * 1700 + "a=1" + ")" * 1700) == parse(" " * 1700 + "a=1")


TOKENS = [
    "a",
    "a.b",
    "1",
    "'x'",
    '"',
    "'",
    "\\",
    "=",
    "!~",
    "?",
    "?=",
    "(",
    ")",
    "&&",
    "||",
    "&",
    "//",
    "\n",
    "@now",
    "@",
]
NOISE = st.one_of(
    st.lists(st.sampled_from(TOKENS), max_size=40).map("".join),
    st.lists(st.sampled_from(TOKENS), max_size=40).map(" ".join),
    st.text(max_size=60),
)


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(NOISE)
@example("'" + "\\" * 3000)
@example("(" * 3500)
@example("a=1&&(" * 580)
@example("a ~ '" + "%" * 3400 + "'")
@example("1" * 3498 + "=1")
@example("//" * 1750)
def test_whatever_is_sent_is_read_or_refused_and_quickly(text: str) -> None:
    started = time.process_time()
    refused = ("", 0)
    try:
        parse.__wrapped__(text)
    except Malformed as error:
        refused = (error.code, error.details["position"])
    assert refused[0] in ("", "filter_syntax", "unknown_macro", "too_complex")
    assert 0 <= refused[1] <= len(text)
    assert time.process_time() - started < 1


def test_a_value_keeps_its_type() -> None:
    node = parse("a = 1.0")
    assert isinstance(node, Comparison)
    assert isinstance(node.right, Value)
    assert isinstance(node.right.value, float)
