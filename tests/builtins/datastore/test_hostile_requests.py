"""Nothing that is sent crashes a request, hangs it, or becomes an operator of the database."""

from __future__ import annotations

import gc
import itertools
import json
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from heard import Heard
from hostile import CSV_BODIES, JSON_BODIES, KEYS, TEXTS, VALUES, keys_in
from worlds import MODELS, field

from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel

THINGS = f"{MODELS}/things"
DATA = f"{THINGS}/data"
FIELDS = (
    *(field("title"), field("n", "number"), field("f", "float"), field("ok", "bool"), field("doc", "document")),
    *(
        field("due", "datetime"),
        field("day", "date"),
        field("mail", "email"),
        field("link", "url"),
        field("file", "file"),
    ),
    *(field("sel", "select", values=["a"]), field("tags", "multiselect", values=["a", "b"]), field("t", "text")),
    *(field("r", "ref", model="things"), field("rs", "ref", model="things", multiple=True)),
)
NAMES = [each["key"] for each in FIELDS]
PLACES = ("filter", "sort", "fields", "expand", "search", "page", "per_page", "skip_total")
LONGEST_SECONDS = 1.0
"""Of processor time, for one request."""
STAGES = {"$count", "$group", "$limit", "$lookup", "$match", "$project", "$set", "$skip", "$sort", "$sum", "$unwind"}
COMPARED = {"$and", "$elemMatch", "$eq", "$exists", "$expr", "$gt", "$gte", "$in", "$lt", "$lte", "$ne", "$nin", "$not"}
COMPARED |= {"$options", "$or", "$regex", "$size", "$type"}
CALCULATED = {"$allElementsTrue", "$anyElementTrue", "$concatArrays", "$cond", "$first", "$ifNull", "$let", "$literal"}
CALCULATED |= {"$map", "$reduce", "$regexMatch", "$setIntersection", "$setUnion"}
CALCULATED |= {"$filter", "$isNumber", "$max", "$min", "$replaceAll"}
CALCULATED |= {"$add", "$bsonSize", "$concat", "$multiply", "$strLenBytes", "$toInt"}  # guards
OPERATORS = STAGES | COMPARED | CALCULATED
"""Of the database, as the server itself uses them; nobody who asks over HTTP brings another."""


class Shop:
    """A model of every type with a few records, and somebody who sends what nobody should."""

    def __init__(self, running: Kernel) -> None:
        self.running = running
        self.owner: Client = as_user(running, "owner@example.com", create_projects=True)
        self.owner.post("/api/projects", json={"name": "Shop", "slug": "shop"})
        self.owner.post(MODELS, json={"name": "Things", "slug": "things", "fields": FIELDS})
        self.ids: list[str] = []
        for number in range(3):
            doc = {"a": [{"b": number}], "c": [1]} if number % 2 else ["x", {"a": 1}]
            refs = {"r": self.ids[0], "rs": self.ids[:2]} if self.ids else {}
            made = self.owner.post(DATA, json={"title": f"t{number}", "n": number, "doc": doc, "tags": ["a"], **refs})
            self.ids.append(made.json["id"])
        self.record = f"{DATA}/{self.ids[0]}"

    def send(self, method: str, path: str, **options: Any) -> int:
        started = time.process_time()
        answer = self.owner.request(method, path, **options)
        told = (method, path, str(options)[:500], answer.json)
        assert answer.status < 500, told
        assert time.process_time() - started < LONGEST_SECONDS, told
        return answer.status

    def post(self, path: str, body: Any) -> int:
        return self.send("POST", path, body=json.dumps(body), content_type="application/json")

    def put(self, path: str, body: Any) -> int:
        return self.send("PUT", path, body=json.dumps(body), content_type="application/json")

    def stored_keys(self) -> set[str]:
        database = self.running.db.get()
        names = database.list_collection_names(filter={"name": {"$regex": "^data_"}})
        return {key for name in names for document in database[name].find() for key in keys_in(document)}


def operators(heard: Heard) -> set[str]:
    """All that the database was asked to calculate or to compare by."""
    asked = [heard.asked(name) for name in ("filter", "query", "q", "pipeline")]
    return {key for key in keys_in(asked) if key.startswith("$")}


@pytest.fixture(scope="module", autouse=True)
def _heap_of_others() -> Iterator[None]:
    """To look through what other tests have left takes the collector a second, which is no request's."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def shop(heard: Heard) -> Iterator[Shop]:
    with kernel(["datastore"]) as running:
        made = Shop(running)
        yield made
        assert operators(heard) - OPERATORS == set()
        assert not any(key.startswith("$") or "\0" in key for key in made.stored_keys())


def send_bodies(shop: Shop, body: Any) -> None:
    for wrapped in (body, [body], {"operations": body}, {"operations": [body]}, {"operations": [{"op": body}]}):
        for path in (DATA, f"{DATA}/batch", f"{DATA}/import"):
            shop.post(path, wrapped)
    for operation in ("create", "update", "upsert", "delete"):
        shop.post(f"{DATA}/batch", {"operations": [{"op": operation, "id": body, "data": body}]})
        shop.post(f"{DATA}/batch", {"operations": [{"op": operation, "id": shop.ids[1], "data": body}]})
    shop.post(f"{DATA}/import?mode=upsert&skip_errors=true", [body, {"doc": body}, {"id": shop.ids[2], "title": body}])
    for key in ("name", "slug", "fields", "table_config", "form_config", "revision"):
        shop.put(f"{THINGS}?dry_run=true", {key: body})


def send_values(shop: Shop, keys: Iterable[str], values: Iterable[Any]) -> None:
    for key, value in itertools.product(keys, values):
        shop.post(DATA, {key: value})
        shop.put(shop.record, {key: value})


def send_texts(shop: Shop, text: str) -> None:
    for place in PLACES:
        shop.send("GET", DATA, params={place: text})
    for place in ("filter", "fields", "search"):
        shop.send("GET", f"{DATA}/export", params={place: text})
    shop.send("GET", shop.record, params={"expand": text, "fields": text})


def test_bodies(shop: Shop) -> None:
    for body in VALUES:
        send_bodies(shop, body)


def test_values_of_fields(shop: Shop) -> None:
    send_values(shop, ("title", "n", "doc", "due", "rs"), VALUES)
    send_values(shop, ("revision", "id", "created_at"), VALUES)
    send_values(shop, KEYS, ({"$gt": ""}, 10**30))


def test_bytes(shop: Shop) -> None:
    for raw in JSON_BODIES:
        for method, path in (
            ("POST", DATA),
            ("PUT", shop.record),
            ("POST", f"{DATA}/batch"),
            ("POST", f"{DATA}/import"),
        ):
            shop.send(method, path, body=raw, content_type="application/json")
    for raw in (*CSV_BODIES, *JSON_BODIES):
        for query in ("", "?mode=upsert&skip_errors=true"):
            shop.send("POST", f"{DATA}/import{query}", body=raw, content_type="text/csv")


def test_queries(shop: Shop) -> None:
    for text in TEXTS:
        send_texts(shop, text)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"sort": "tags,rs"}, "wrong_type"),
        ({"sort": "doc,tags"}, "wrong_type"),
        ({"sort": "doc" + ".a" * 100}, "too_complex"),
        ({"filter": "doc" + ".a" * 100 + " = 1"}, "too_complex"),
        ({"fields": "doc" + ".a" * 100}, "too_complex"),
    ],
)
def test_what_the_database_would_refuse_is_refused_in_words(shop: Shop, query: dict[str, str], code: str) -> None:
    answer = shop.owner.get(DATA, params=query)
    assert (answer.status, answer.json["code"]) == (400, code)


@pytest.mark.parametrize("option", ["min", "max"])
def test_bounds_of_a_float_may_be_larger_than_whole_numbers_are(shop: Shop, option: str) -> None:
    made = shop.owner.post(
        MODELS,
        json={"name": "F", "slug": "f", "fields": [field("f", "float", default_value=10**30, **{option: 10**30})]},
    )
    assert (made.status, made.json["fields"][0]["options"]) == (201, {option: 1e30})
    assert shop.owner.post(f"{MODELS}/f/data", json={}).json["f"] == 1e30


# ---- everything with everything -------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_every_value_of_every_field(shop: Shop) -> None:
    send_values(shop, (*NAMES, *KEYS, "created_at", "updated_at"), VALUES)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_every_query_with_every_other(shop: Shop) -> None:
    for one, other in itertools.product(TEXTS, TEXTS):
        shop.send("GET", DATA, params={"filter": one, "sort": other, "fields": other, "expand": one})
        shop.send("GET", DATA, params={"filter": one, "sort": other})


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_every_value_in_a_model(shop: Shop) -> None:
    for value in VALUES:
        for spec, key in itertools.product(FIELDS, FIELDS[0]):
            shop.put(f"{THINGS}?dry_run=true", {"fields": [spec | {key: value}]})
        options = (
            "min",
            "max",
            "min_length",
            "pattern",
            "values",
            "model",
            "multiple",
            "on_delete",
            "mime",
            "max_size",
        )
        for spec, option in itertools.product(FIELDS, (*options, "$where")):
            shop.put(f"{THINGS}?dry_run=true", {"fields": [spec | {"options": {option: value}}]})
