from __future__ import annotations

from itertools import pairwise

import pytest

from m3m_core.ordering import circle, closure, ordered


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ({}, []),
        ({"c": (), "a": (), "b": ()}, ["a", "b", "c"]),
        ({"a": ("c",), "b": (), "c": ()}, ["b", "c", "a"]),
        ({"a": ("z",), "m": (), "z": ("m",)}, ["m", "z", "a"]),
        ({"d": ("b", "c"), "b": ("a",), "c": ("a",), "a": ()}, ["a", "b", "c", "d"]),
    ],
)
def test_what_is_required_comes_first_then_the_alphabet_decides(
    requires: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    assert ordered(requires) == expected
    assert ordered(dict(reversed(requires.items()))) == expected


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ({"a": ("b",), "b": ()}, []),
        ({"a": ("a",)}, ["a", "a"]),
        ({"a": ("b",), "b": ("c",), "c": ("a",), "d": ("a",)}, ["a", "b", "c", "a"]),
    ],
)
def test_a_circle_is_named_as_it_goes(requires: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    found = circle(requires)
    assert sorted(found) == sorted(expected)
    assert all(then in requires[name] for name, then in pairwise(found))


def test_the_closure_has_all_that_is_required() -> None:
    requires = {"a": ("b",), "b": ("c",), "c": (), "d": ("a",), "e": ()}
    assert closure(["a", "e"], requires) == {"a", "b", "c", "e"}
