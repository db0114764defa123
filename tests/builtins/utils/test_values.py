"""Waiting, chance and lists."""

from __future__ import annotations

import re
import time
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
        ("chunk([1, 2, 3, 4, 5], 2)", [[1, 2], [3, 4], [5]]),
        ("chunk([], 2)", []),
        ("unique([3, 1, 3, NaN, NaN])", [3, 1, None]),
        ("unique([{id: 1, a: 1}, {id: 1, a: 2}, {id: 2}], 'id')", [{"id": 1, "a": 1}, {"id": 2}]),
        ("unique(['a', 'A', 'b'], (text) => text.toLowerCase())", ["a", "b"]),
        (
            "groupBy([{k: 'a', n: 1}, {k: 'b'}, {k: 'a', n: 2}], 'k')",
            {"a": [{"k": "a", "n": 1}, {"k": "a", "n": 2}], "b": [{"k": "b"}]},
        ),
        ("groupBy([1, 2, 3], (n) => n % 2 ? 'odd' : 'even')", {"odd": [1, 3], "even": [2]}),
        ("groupBy(['toString'], (x) => x)", {"toString": ["toString"]}),
        ("[undefined, null, '', '  ', [], {}, new Map(), new Set(), new Uint8Array()].map(utils.isEmpty)", [True] * 9),
        ("[0, false, 'a', [0], {a: 1}, new Map([[1, 1]]), new Date()].map(utils.isEmpty)", [False] * 7),
    ],
)
def test_answers(js: JSRun, call: str, expected: Any) -> None:
    assert js.value(call if call.startswith("[") else f"utils.{call}") == expected


def test_group_names_cannot_reach_the_prototype(js: JSRun) -> None:
    assert js.value("Object.hasOwn(utils.groupBy(['x'], () => '__proto__'), '__proto__')")
    assert js.value("({}).length") is None


def test_chance(js: JSRun) -> None:
    assert set(js.value("Array.from({length: 500}, () => utils.randomInt(1, 6))")) == {1, 2, 3, 4, 5, 6}
    assert js.value("utils.randomInt(-5, -5)") == -5
    assert js.value("Array.from({length: 100}, utils.random).every((x) => x >= 0 && x < 1)")


def test_ids_are_unique_and_well_formed(js: JSRun) -> None:
    ids = js.value("Array.from({length: 100}, () => utils.uuid())")
    assert len(set(ids)) == 100
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in ids)


def test_random_strings(js: JSRun) -> None:
    assert re.fullmatch(r"[A-Za-z0-9]{16}", js.value("utils.randomString()"))
    assert re.fullmatch(r"[01]{40}", js.value("utils.randomString(40, '01')"))
    assert js.value("utils.randomString(0)") == ""
    assert js.value("utils.randomString(3, 'ё')") == "ёёё"


def test_sleep_holds_the_instance(js: JSRun) -> None:
    started = time.monotonic()
    js.value("utils.sleep(30)")
    assert time.monotonic() - started >= 0.03


def test_sleep_async_lets_others_in(js: JSRun) -> None:
    started = time.monotonic()
    js.value("Promise.all(Array.from({length: 200}, () => utils.sleepAsync(50)))")
    assert 0.05 <= time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("sleep(-1)", "sleep wants milliseconds from 0, not -1"),
        ("sleep('5')", "sleep wants milliseconds"),
        ("sleep(Infinity)", "sleep wants milliseconds"),
        ("sleepAsync(NaN)", "sleep wants milliseconds"),
        ("randomInt(6, 1)", "randomInt wants two whole numbers, the smaller first"),
        ("randomInt(1.5, 2)", "randomInt wants two whole numbers"),
        ("randomString(-1)", "randomString wants a length from 0 to 1000000, not -1"),
        ("randomString(1e9)", "randomString wants a length"),
        ("randomString('5')", "randomString wants a length"),
        ("chunk([1], 0)", "chunk wants a size from 1, not 0"),
    ],
)
def test_mistakes(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        js.value(f"utils.{call}")
