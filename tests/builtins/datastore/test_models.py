from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from worlds import MODELS, add, codes, field, items, make, outcome

from m3m_builtins.datastore.documents import Import, Model
from m3m_builtins.datastore.journal import BEFORE, LEASE
from m3m_builtins.datastore.limits import MOST_FIELDS
from m3m_builtins.datastore.schema import TYPES, collection_name
from m3m_core import now
from m3m_core.kernel import Kernel
from m3m_core.testing import Client

NEW = {"name": "Orders", "slug": "orders"}

LEAST: dict[str, dict[str, Any]] = {
    "ref": {"model": "orders"},
    "select": {"values": ["a"]},
    "multiselect": {"values": ["a"]},
}
"""Options without which a type cannot be."""


def created(owner: Client, *fields: dict[str, Any], **more: Any) -> dict[str, str]:
    return codes(owner.post(MODELS, json=NEW | {"fields": list(fields)} | more))


def test_create_get_list_delete(owner: Client) -> None:
    status, made, _ = owner.post(MODELS, json=NEW | {"fields": [field("title", required=True, max_length=9)]})
    assert status == 201
    assert made["fields"] == [
        {
            "key": "title",
            "type": "string",
            "label": "",
            "help": "",
            "required": True,
            "nullable": False,
            "default_value": None,
            "unique": False,
            "index": False,
            "options": {"max_length": 9},
        }
    ]
    assert (made["slug"], made["revision"]) == ("orders", 1)
    assert made["table_config"] == {"columns": [], "filters": [], "sort_columns": [], "searchable": []}
    assert made["form_config"] == {"field_order": [], "hidden_fields": [], "field_views": {}}
    for name in ("orders", made["id"]):
        assert owner.get(f"{MODELS}/{name}").json == made
    make(owner, "customers")
    assert [model["slug"] for model in owner.get(MODELS).json["items"]] == ["customers", "orders"]
    assert owner.get(f"{MODELS}?search=ORD").json["total_items"] == 1
    assert owner.delete(f"{MODELS}/orders")[:2] == (204, None)
    assert outcome(owner.get(f"{MODELS}/orders")) == (404, "model_not_found")


@pytest.mark.parametrize(
    "slug", ["", "Orders", "1a", "_a", "a-b", "a.b", "a$", "a b", "a\n", "x" * 64, "a" * 24, "collection", "then"]
)
def test_a_slug_that_cannot_be(owner: Client, slug: str) -> None:
    assert set(codes(owner.post(MODELS, json=NEW | {"slug": slug}))) == {"slug"}


def test_a_slug_belongs_to_one_model_of_a_project_whoever_races(owner: Client) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: owner.post(MODELS, json=NEW), range(4)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    assert owner.post("/api/projects/other/models", json=NEW).status == 201
    make(owner, "customers")
    assert outcome(owner.put(f"{MODELS}/customers", json={"slug": "orders"})) == (409, "slug_taken")


def test_every_type_can_be_made(owner: Client) -> None:
    fields = [field(f"f_{type_}", type_, **LEAST.get(type_, {})) for type_ in TYPES]
    made = make(owner, "orders", *fields)
    assert [each["type"] for each in made["fields"]] == list(TYPES)


WRONG_OPTIONS: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("string", {"min": 1}, {"min": "unknown_option"}),
    ("string", {"min_length": -1}, {"min_length": "invalid"}),
    ("string", {"min_length": True}, {"min_length": "invalid"}),
    ("string", {"max_length": 10_001}, {"max_length": "invalid"}),
    ("string", {"min_length": 3, "max_length": 2}, {"max_length": "invalid"}),
    ("string", {"pattern": "("}, {"pattern": "invalid"}),
    ("string", {"pattern": r"(a)\1"}, {"pattern": "invalid"}),
    ("string", {"pattern": "(?=a)"}, {"pattern": "invalid"}),
    ("string", {"pattern": "(((a{100}){100}){100}){100}"}, {"pattern": "invalid"}),
    ("string", {"pattern": "x" * 501}, {"pattern": "invalid"}),
    (
        "string",
        {"min_length": "1", "pattern": 1, "x": 1},
        {"min_length": "invalid", "pattern": "invalid", "x": "unknown_option"},
    ),
    ("number", {"min": 1.5}, {"min": "invalid"}),
    ("number", {"min": 2**53 + 1}, {"min": "invalid"}),
    ("number", {"min": 2, "max": 1}, {"max": "invalid"}),
    ("float", {"max": "1"}, {"max": "invalid"}),
    ("bool", {"min": 1}, {"min": "unknown_option"}),
    ("date", {"min": "x", "max": 5}, {"min": "invalid", "max": "invalid"}),
    ("datetime", {"min": "2026-01-02", "max": "2026-01-01"}, {"max": "invalid"}),
    ("document", {"max_size": 1}, {"max_size": "invalid"}),
    ("file", {"mime": ["png"]}, {"mime": "invalid"}),
    ("file", {"mime": "image/png"}, {"mime": "invalid"}),
    ("file", {"max_size": 0}, {"max_size": "invalid"}),
    ("file", {"multiple": 1}, {"multiple": "invalid"}),
    ("file", {"max": 2}, {"max": "unknown_option"}),
    ("ref", {}, {"model": "required"}),
    ("ref", {"model": "nothing"}, {"model": "invalid"}),
    ("ref", {"model": {"$ne": 1}}, {"model": "invalid"}),
    ("ref", {"model": "orders", "on_delete": "x"}, {"on_delete": "invalid"}),
    ("ref", {"model": "orders", "on_delete": []}, {"on_delete": "invalid"}),
    ("select", {}, {"values": "required"}),
    ("select", {"values": []}, {"values": "invalid"}),
    ("select", {"values": ["a", "a"]}, {"values": "invalid"}),
    ("select", {"values": ["a", 1]}, {"values": "invalid"}),
    ("select", {"values": [""]}, {"values": "invalid"}),
    ("multiselect", {"values": ["a"], "min": -1}, {"min": "invalid"}),
    ("email", {"max_length": 255}, {"max_length": "invalid"}),
    ("url", {"values": ["a"]}, {"values": "unknown_option"}),
]


@pytest.mark.parametrize(("type_", "options", "wrong"), WRONG_OPTIONS)
def test_options_that_cannot_be(owner: Client, type_: str, options: dict[str, Any], wrong: dict[str, str]) -> None:
    body = {"key": "f", "type": type_, "options": options}
    assert created(owner, body) == {f"fields.0.options.{name}": code for name, code in wrong.items()}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ([field("A")], {"fields.0.key": "invalid_key"}),
        ([field("a.b")], {"fields.0.key": "invalid_key"}),
        ([field("$a")], {"fields.0.key": "invalid_key"}),
        ([field("_id")], {"fields.0.key": "invalid_key"}),
        ([field("a\n")], {"fields.0.key": "invalid_key"}),
        *[
            ([field(key)], {"fields.0.key": "reserved_key"})
            for key in ("id", "created_at", "updated_at", "revision", "expand", "true", "false", "null")
        ],
        ([field("a"), field("a")], {"fields.1.key": "duplicate_key"}),
        ([field("a", "strng")], {"fields.0.type": "not_allowed"}),
        ([field("a", "bool", unique=True)], {"fields.0.unique": "not_possible"}),
        (
            [field("a", "document", unique=True, index=True)],
            dict.fromkeys(["fields.0.unique", "fields.0.index"], "not_possible"),
        ),
        ([field("a", "multiselect", values=["x"], unique=True)], {"fields.0.unique": "not_possible"}),
        ([field("a", unique=True, default_value="x")], {"fields.0.default_value": "not_possible"}),
        ([field("a", "number", default_value="1")], {"fields.0.default_value": "wrong_type"}),
        ([field("a", default_value="xx", max_length=1)], {"fields.0.default_value": "too_long"}),
        ([field("a", default_value={"$gt": 1})], {"fields.0.default_value": "wrong_type"}),
        ([field("a", "document", default_value={"$gt": 1})], {"fields.0.default_value": "invalid_key"}),
        ([field("a", "string", default_value=5)], {"fields.0.default_value": "wrong_type"}),
        ([field("a", "datetime", default_value="$never")], {"fields.0.default_value": "invalid_date"}),
        (
            [field("a", "ref", model="orders", required=True, on_delete="set_null")],
            {"fields.0.options.on_delete": "not_possible"},
        ),
        ([field("a", old_key="b")], {"fields.0.old_key": "unknown_field"}),
        ([{"key": "a"}], {"fields.0.type": "required"}),
        ([{"key": 1, "type": "string", "x": 1}], {"fields.0.key": "wrong_type", "fields.0.x": "unknown_field"}),
        (
            [field("A"), field("b", "number", min="x", y=1)],
            {"fields.0.key": "invalid_key", "fields.1.options.min": "invalid", "fields.1.options.y": "unknown_option"},
        ),
    ],
)
def test_fields_that_cannot_be(owner: Client, fields: list[dict[str, Any]], wrong: dict[str, str]) -> None:
    assert created(owner, *fields) == wrong


def test_a_model_has_at_most_so_many_fields(owner: Client) -> None:
    fields = [field(f"f{number}") for number in range(MOST_FIELDS + 1)]
    assert created(owner, *fields) == {"fields": "too_long"}
    make(owner, "orders", *fields[:-1])


@pytest.mark.parametrize(
    ("kind", "more", "place", "most"),
    [
        ("string", {"index": True}, "index", 62),
        ("string", {"unique": True}, "unique", 62),
        ("ref", {"model": "orders"}, "type", 62),
        ("string", {"unique": True, "index": True}, "unique", 31),
    ],
)
def test_too_many_indexes(owner: Client, kind: str, more: dict[str, Any], place: str, most: int) -> None:
    fields = [field(f"f{number}", kind, **more) for number in range(most + 2)]
    assert created(owner, *fields) == {f"fields.{n}.{place}": "too_many_indexes" for n in (most, most + 1)}


def test_a_model_has_as_many_indexes_as_the_database_makes(owner: Client) -> None:
    fields = [field(f"f{n}", index=True) for n in range(40)]
    fields += [field(f"r{n}", "ref", model="orders", unique=True) for n in range(11)]
    make(owner, "orders", *fields)
    one_more = codes(owner.put(f"{MODELS}/orders", json={"fields": [*fields, field("x", index=True)]}))
    assert one_more == {"fields.51.index": "too_many_indexes"}
    renamed = [each | {"key": f"g{n}", "old_key": each["key"]} for n, each in enumerate(fields)]
    assert owner.put(f"{MODELS}/orders", json={"fields": renamed}).status == 200
    add(owner, "orders")


@pytest.mark.parametrize(
    ("part", "given", "wrong"),
    [
        ("table_config.columns", ["x", "title", "title"], {"0": "unknown_field", "2": "duplicate"}),
        ("table_config.searchable", ["id", "count"], {"0": "unknown_field", "1": "not_possible"}),
        ("table_config.sort_columns", ["data"], {"0": "not_possible"}),
        ("table_config.filters", ["data"], {"0": "not_possible"}),
        ("table_config.x", [], {"": "unknown_field"}),
        ("form_config.field_order", ["x"], {"0": "unknown_field"}),
        ("form_config.hidden_fields", ["title"], {"0": "not_possible"}),
        ("form_config.field_views", {"x": "input", "title": "tiptap"}, {"x": "unknown_field", "title": "not_allowed"}),
        (
            "form_config.field_views",
            {"count": "slider", "many": "radio"},
            {"count": "not_allowed", "many": "not_allowed"},
        ),
        ("form_config.field_views", {"pdf": "image"}, {"pdf": "not_allowed"}),
    ],
)
def test_layouts_that_cannot_be(owner: Client, part: str, given: Any, wrong: dict[str, str]) -> None:
    fields = (
        field("title", required=True),
        field("count", "number"),
        field("data", "document"),
        field("many", "select", values=[str(n) for n in range(21)]),
        field("pdf", "file", mime=["application/pdf"]),
    )
    config, name = part.split(".")
    paths = {f"{part}.{path}".rstrip("."): code for path, code in wrong.items()}
    assert created(owner, *fields, **{config: {name: given}}) == paths


def test_layouts_are_kept_and_follow_the_fields(owner: Client) -> None:
    table = {"columns": ["id", "a", "b"], "filters": ["b"], "sort_columns": ["created_at"], "searchable": ["a", "b"]}
    form = {"field_order": ["b", "a"], "hidden_fields": ["b"], "field_views": {"a": "markdown", "b": "input"}}
    make(owner, "orders", field("a", "text"), field("b"), table_config=table, form_config=form)
    status, changed, _ = owner.put(f"{MODELS}/orders", json={"fields": [field("c", "text", old_key="a")]})
    assert status == 200
    assert changed["table_config"] == {
        "columns": ["id", "c"],
        "filters": [],
        "sort_columns": ["created_at"],
        "searchable": ["c"],
    }
    assert changed["form_config"] == {"field_order": ["c"], "hidden_fields": [], "field_views": {"c": "markdown"}}


def test_the_list_of_models_tells_how_many_records_each_has(owner: Client) -> None:
    make(owner, "orders", field("n", "number"))
    make(owner, "people")
    for number in range(3):
        add(owner, "orders", n=number)
    counts = {model["slug"]: model["record_count"] for model in owner.get(MODELS).json["items"]}
    assert counts == {"orders": 3, "people": 0}


def test_a_stale_revision_is_refused(owner: Client) -> None:
    make(owner, "orders")
    assert owner.put(f"{MODELS}/orders", json={"name": "A", "revision": 1}).json["revision"] == 2
    for path in (f"{MODELS}/orders", f"{MODELS}/orders?dry_run=true"):
        assert outcome(owner.put(path, json={"name": "B", "revision": 1})) == (409, "stale_revision")
    assert owner.put(f"{MODELS}/orders", json={"name": "C"}).json["name"] == "C"


def test_a_new_slug_takes_the_records_and_the_refs_with_it(owner: Client, running: Kernel) -> None:
    make(owner, "people", field("boss", "ref", model="people"))
    make(owner, "orders", field("who", "ref", model="people"))
    ann = add(owner, "people")
    add(owner, "orders", who=ann["id"])
    status, renamed, _ = owner.put(f"{MODELS}/people", json={"slug": "persons"})
    assert (status, renamed["fields"][0]["options"]["model"]) == (200, "persons")
    assert [each["id"] for each in items(owner, "persons")] == [ann["id"]]
    assert owner.get(f"{MODELS}/people").status == 404
    assert owner.get(f"{MODELS}/orders").json["fields"][0]["options"]["model"] == "persons"
    add(owner, "orders", who=ann["id"])
    names = running.db.get().list_collection_names(filter={"name": {"$regex": "^data_"}})
    assert sorted(name.split("_")[2] for name in names) == ["orders", "persons"]


def test_a_model_that_others_refer_to_stays(owner: Client) -> None:
    make(owner, "people", field("boss", "ref", model="people"))
    make(owner, "orders", field("who", "ref", model="people"))
    answer = owner.delete(f"{MODELS}/people")
    assert outcome(answer) == (409, "model_referenced")
    assert answer.json["details"] == {"models": ["orders"]}
    assert owner.delete(f"{MODELS}/orders").status == 204
    assert owner.delete(f"{MODELS}/people").status == 204


def test_a_deleted_project_leaves_nothing(owner: Client, running: Kernel) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    for project in ("shop", "other"):
        owner.post(f"/api/projects/{project}/models", json=NEW)
        owner.post(f"/api/projects/{project}/models/orders/data", json={})
    for model in Model.objects:
        name = collection_name(model.project_id, model.slug)
        until = now() + LEASE
        entry = Import(collection=name, model_id=model.id, revision=1, ids=b"", boot="x", until=until).save()
        running.db.get()[BEFORE].insert_one({"import": entry.id, "record": {}})
    owner.delete("/api/projects/shop")
    assert Model.objects.count() == Import.objects.count() == 1
    assert [each["import"] for each in running.db.get()[BEFORE].find()] == [Import.objects.get().id]
    assert Import.objects.get().model_id == Model.objects.get().id
    assert len(running.db.get().list_collection_names(filter={"name": {"$regex": "^data_"}})) == 1


def test_models_of_another_project_are_not_these(owner: Client) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    theirs = owner.post("/api/projects/other/models", json=NEW).json
    for name in ("orders", theirs["id"]):
        assert owner.get(f"{MODELS}/{name}").status == 404
        assert owner.get(f"{MODELS}/{name}/data").status == 404
    assert created(owner, field("a", "ref", model="theirs")) == {"fields.0.options.model": "invalid"}
