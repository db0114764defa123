"""Lists, numbers and objects of `utils`."""

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
        ("shuffle([3, 1, 2]).sort()", [1, 2, 3]),
        ("shuffle([])", []),
        ("[1, 2].includes(utils.sample([1, 2]))", True),
        ("sample([]) === undefined", True),
        ("sortBy([{a: 2}, {a: 1}], 'a')", [{"a": 1}, {"a": 2}]),
        ("sortBy(['ccc', 'a', 'bb'], (text) => text.length)", ["a", "bb", "ccc"]),
        ("sortBy([{a: 1, n: 1}, {a: 1, n: 2}], 'a').map((x) => x.n)", [1, 2]),
        ("sum([1, 2, 3])", 6),
        ("sum([{p: 2, n: 3}, {p: 1, n: 1}], (x) => x.p * x.n)", 7),
        ("sum([{p: 2}], 'p')", 2),
        ("sum([])", 0),
        ("range(3)", [0, 1, 2]),
        ("range(1, 4)", [1, 2, 3]),
        ("range(5, 0, -2)", [5, 3, 1]),
        ("range(1, 0)", []),
        ("clamp(7, 1, 5)", 5),
        ("clamp(-7, 1, 5)", 1),
        ("round(1.005, 2)", 1.01),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1e21, 2)", 1e21),
        ("round(0.1 + 0.2, 10)", 0.3),
        ("pick({a: 1, b: 2}, ['a', 'c'])", {"a": 1}),
        ("omit({a: 1, b: 2}, ['a'])", {"b": 2}),
        ("pick({a: 1}, ['toString'])", {}),
        ("pick({1: 'one', 2: 'two'}, [1])", {"1": "one"}),
    ],
)
def test_answers(js: JSRun, call: str, expected: Any) -> None:
    assert js.value(call if call.startswith("[") else f"utils.{call}") == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("range(0, 1e9)", "at most 1000000"),
        ("range(0, 5, 0)", "a step other than 0"),
        ("range('x')", "range wants numbers"),
        ("pick({id: 1}, 'id')", "names is a list of names"),
        ("omit({id: 1}, 'identity')", "names is a list of names"),
        ("clamp(1, 5, 1)", "the smaller limit first"),
        ("round(1, -1)", "digits is a whole number"),
    ],
)
def test_mistakes(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(f"utils.{call}")
