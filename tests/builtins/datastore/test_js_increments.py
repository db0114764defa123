"""`increment` adds in one step, and a number never leaves its type or the range that its field allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from m3m_core import ScriptError
from m3m_core.kernel import Kernel
from m3m_core.testing import JSRun, kernel, run_js

PROJECT = "0123456789abcdef01234567"
FIELDS = [
    {"key": "n", "type": "number"},
    {"key": "small", "type": "number", "options": {"min": 0, "max": 10}},
    {"key": "f", "type": "float"},
    {"key": "cent", "type": "float", "options": {"max": 100}},
]


@pytest.fixture(scope="module")
def stage() -> Iterator[Kernel]:
    with kernel(["datastore"]) as running:
        running.host.context("datastore").service.models.create(
            PROJECT, {"name": "Sums", "slug": "sums", "fields": FIELDS}
        )
        yield running


@pytest.fixture
def js(stage: Kernel) -> Iterator[JSRun]:
    with run_js(within=stage, project_id=PROJECT, slug="shop") as run:
        run.value("database.sums.deleteMany({})")
        yield run


@pytest.mark.parametrize(
    ("field", "before", "by", "after"),
    [
        ("n", None, "5", 5),
        ("n", None, "-5", -5),
        ("n", 2**53 - 1, "1", 2**53),
        ("n", -(2**53), "2 ** 54", 2**53),
        ("small", 9, "1", 10),
        ("small", 1, "-1", 0),
        ("f", None, "0.5", 0.5),
        ("f", 1.5e308, "-1.5e308", 0),
        ("f", 1e308, "7e307", 1.7e308),
        ("f", -1.7976931348623157e308, "1.7976931348623157e308", 0),
        ("cent", 99.5, "0.5", 100),
        ("cent", 0, "-1e308", -1e308),
    ],
)
def test_adds_within_the_range(js: JSRun, field: str, before: Any, by: str, after: Any) -> None:
    js.value(f"void (globalThis.made = database.sums.insert({{ {field}: {js_of(before)} }}))")
    told = js.value(f"database.sums.increment(made.id, '{field}', {by})")
    assert (told[field], told["revision"]) == (after, 2)
    assert js.value("database.sums.get(made.id)") == told
    assert js.value(f"database.sums.increment({{ {field}: made.{field} }}, '{field}', {by})") is None


@pytest.mark.parametrize(
    ("field", "before", "by"),
    [
        ("n", 2**53, "1"),
        ("n", -(2**53), "-1"),
        ("n", None, "2 ** 53 + 2"),
        ("n", 0, "2 ** 62"),
        ("n", 0, "2 ** 63"),
        ("n", 0, "-(2 ** 64)"),
        ("n", 2**53, "1e300"),
        ("n", 0, "-1e300"),
        ("small", 10, "1"),
        ("small", 0, "-1"),
        ("small", None, "11"),
        ("f", 1.7976931348623157e308, "1e308"),
        ("f", -1e308, "-1e308"),
        ("cent", 99.5, "0.6"),
        ("cent", -1e308, "-1e308"),
    ],
)
def test_never_leaves_the_range(js: JSRun, field: str, before: Any, by: str) -> None:
    js.value(f"void (globalThis.made = database.sums.insert({{ {field}: {js_of(before)} }}))")
    for filter_ in ("made.id", f"{{ {field}: made.{field} }}", f"'{field} = {'null' if before is None else before}'"):
        with pytest.raises(ScriptError) as refused:
            js.value(f"database.sums.increment({filter_}, '{field}', {by})")
        assert refused.value.code == "validation_failed"
        assert f"{field} would leave the range" in refused.value.message
    assert js.value("JSON.stringify(database.sums.get(made.id)) === JSON.stringify(made)")


@pytest.mark.parametrize("by", ["NaN", "Infinity", "-Infinity", "'x'", "true", "{}", "null"])
@pytest.mark.parametrize("field", ["n", "f"])
def test_adds_nothing_but_numbers(js: JSRun, field: str, by: str) -> None:
    js.value(f"void database.sums.insert({{ {field}: 1 }})")
    with pytest.raises(ScriptError) as refused:
        js.value(f"database.sums.increment({{}}, '{field}', {by})")
    assert refused.value.code == "invalid_arguments"
    assert js.value("database.sums.findOne()")[field] == 1


def test_many_at_once_stop_at_the_end_of_the_range(js: JSRun) -> None:
    js.value(f"void database.sums.insert({{ n: {2**53 - 10} }})")
    kept = js.value(
        """Promise.allSettled(Array.from({ length: 30 }, () => database.sums.incrementAsync({}, "n")))
          .then((all) => all.filter((each) => each.status === "fulfilled").length)"""
    )
    assert (kept, js.value("database.sums.findOne().n")) == (10, 2**53)


def js_of(value: Any) -> str:
    return "null" if value is None else repr(value)
