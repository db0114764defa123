"""JSON and pages as the API speaks them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from bson import ObjectId
from pydantic import BaseModel

from m3m_core import PUBLIC, Operation, Route
from m3m_core.http import PageQuery, dumps, paged
from m3m_core.testing import Client, client, kernel, plugin


class Model(BaseModel):
    at: datetime
    ids: list[Any]


MOMENT = datetime(2026, 11, 22, 10, 15, 30, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (MOMENT, '"2026-11-22T10:15:30.123Z"'),
        (MOMENT.replace(microsecond=0), '"2026-11-22T10:15:30.000Z"'),
        (MOMENT.replace(tzinfo=None), '"2026-11-22T10:15:30.123Z"'),
        (MOMENT.astimezone(timezone(timedelta(hours=3))), '"2026-11-22T10:15:30.123Z"'),
        (date(2026, 11, 22), '"2026-11-22"'),
        (ObjectId("0" * 24), '"' + "0" * 24 + '"'),
        (Model(at=MOMENT, ids=[ObjectId("1" * 24)]), '{"at":"2026-11-22T10:15:30.123Z","ids":["' + "1" * 24 + '"]}'),
        ({"b": {2, 1}, "a": (1,)}, '{"b":[1,2],"a":[1]}'),
        ("Привет", '"Привет"'),
        (float("nan"), "null"),
    ],
)
def test_values(value: Any, text: str) -> None:
    assert dumps(value).decode() == text


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(TypeError, match="not JSON"):
        dumps(object())


class List:
    def on_get(self, req: Any, resp: Any, query: PageQuery) -> None:
        resp.media = paged(range(query.skip, min(query.skip + query.per_page, 95)), 95, query)


@pytest.fixture(scope="module")
def guest() -> Any:
    with kernel(
        [plugin("list", routes=[Route("/list", List(), {"GET": Operation(PUBLIC, query=PageQuery)})])]
    ) as running:
        yield client(running)


@pytest.mark.parametrize(
    ("query", "count", "numbers"),
    [
        ("", 30, (1, 30, 95, 4)),
        ("page=4", 5, (4, 30, 95, 4)),
        ("page=5", 0, (5, 30, 95, 4)),
        ("per_page=1000", 95, (1, 1000, 95, 1)),
        ("page=2&per_page=95", 0, (2, 95, 95, 1)),
        ("page=1&per_page=1", 1, (1, 1, 95, 95)),
    ],
)
def test_pages(guest: Client, query: str, count: int, numbers: tuple[int, ...]) -> None:
    status, body, _ = guest.get("/list", query_string=query)
    assert (status, len(body["items"])) == (200, count)
    assert (body["page"], body["per_page"], body["total_items"], body["total_pages"]) == numbers


def test_an_empty_list_has_no_pages() -> None:
    assert paged([], 0, PageQuery())["total_pages"] == 0
    assert paged([], None, PageQuery())["total_pages"] == -1


@pytest.mark.parametrize("name", ["page", "per_page"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "", "٣", "1e3", "9" * 5000, "1000001"])
def test_wrong_numbers_are_malformed(guest: Client, name: str, value: str) -> None:
    status, body, _ = guest.get("/list", params={name: value})
    assert (status, body["code"]) == (400, "malformed")
    assert list(body["fields"]) == [name]


def test_too_many_at_once(guest: Client) -> None:
    assert guest.get("/list?per_page=1001").status == 400


def test_orjson_reads_what_we_write() -> None:
    assert orjson.loads(dumps({"a": [1, None, True, "x"]})) == {"a": [1, None, True, "x"]}
