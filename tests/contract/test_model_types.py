"""The declarations of `database`: those of a project's models, judged by the TypeScript compiler."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_types import ask

from m3m_builtins.datastore import types
from m3m_builtins.datastore.schema import Field, Schema
from m3m_core import TypeDefinition
from m3m_core.kernel import Kernel
from m3m_core.testing import JSRun, kernel, run_js

PROJECT = "0123456789abcdef01234567"
FIELDS = {
    "people": [
        {"key": "name", "type": "string", "required": True, "label": "Name */ of them", "help": "As in\nthe passport"},
        {"key": "boss", "type": "ref", "options": {"model": "people"}},
    ],
    "order_items": [
        {"key": "title", "type": "string", "required": True},
        {"key": "amount", "type": "number", "required": True, "default_value": 1},
        {"key": "price", "type": "float"},
        {"key": "paid", "type": "bool"},
        {"key": "state", "type": "select", "options": {"values": ["new", 'it"s']}},
        {"key": "tags", "type": "multiselect", "options": {"values": ["a", "b"]}},
        {"key": "due", "type": "datetime"},
        {"key": "extra", "type": "document"},
        {"key": "owner", "type": "ref", "options": {"model": "people"}},
        {"key": "helpers", "type": "ref", "options": {"model": "people", "multiple": True}},
    ],
}
GOOD = """
const items = database.order_items
items.insert({ title: "x" })
items.insert({ title: "x", amount: 2, price: null, state: "it\\"s", tags: ["a"], due: new Date(), extra: { a: [1] } })
items.insertMany([{ title: "x", id: "0123456789abcdef01234567" }])
const found = items.findOne({ title: /x/i, amount: { $gte: 1, $in: [1, 2] }, due: { $lt: new Date() }, tags: "a" })
if (found) {
  found.title.toUpperCase() + found.amount.toFixed() + found.created_at.slice(0, 4)
  found.due?.slice(0, 10)
  found.tags?.includes("b")
  found.expand?.owner?.name.trim()
  found.expand?.helpers?.map((person) => person.expand?.boss?.name)
  items.update(found.id, { ...found, title: "y", expand: undefined })
}
items.find({ $or: [{ paid: true }, { "extra.a": 1 }] }, { sort: { due: -1 }, limit: 5, fields: ["title"] })
items.find({ tags: ["a"], helpers: { $ne: [] } })
items.find({ $or: [{ tags: { $in: [["a", "b"], "a", null] } }, { tags: { $eq: "b" } }] })
items.find({ tags: { $not: { $eq: ["a"] } }, extra: { $in: [["x"], 1] }, owner: { $in: ["x", null] } })
items.find("amount > 1 && owner.name ~ 'x'", { sort: "-due,title", expand: "owner,owner.boss" })
items.increment({ title: "x" }, "amount", 2)
items.distinct("tags")
items.aggregate([{ $match: { paid: true } }, { $count: "n" }])
const page = items.paginate({ helpers: "0123456789abcdef01234567" }, { page: 2 })
page.items[0].title + page.total_pages
items.findOneAsync({ id: "x" }).then((item) => item?.title)
database.collection("people").insert({ name: "Ann" })
$database.people.get("x")?.name
items.deleteMany({}) + items.updateMany({ state: "new" }, { paid: false })
"""
WRONG = {
    "database.oder_items.find()": "oder_items",
    "database.order_items.insert({ titel: 'x' })": "titel",
    "database.order_items.insert({ title: 'x', extraa: 1 })": "extraa",
    "database.order_items.insert({ amount: 1 })": "title",
    "database.order_items.insert({ title: 5 })": "string",
    "database.order_items.insert({ title: null })": "null",
    "database.order_items.insert({ title: 'x', state: 'old' })": "old",
    "database.order_items.insert({ title: 'x', tags: ['c'] })": "c",
    "database.order_items.update('x', { titel: 'x' })": "titel",
    "database.order_items.find({ titel: 'x' })": "titel",
    "database.order_items.find({ amount: { $gte: 'x' } })": "string",
    "database.order_items.find({ amount: { $in: [[1]] } })": "number",
    "database.order_items.find({ title: ['x'] })": "string[]",
    "database.order_items.find({ tags: { $eq: ['c'] } })": "c",
    "database.order_items.find({ tags: { $gt: ['a'] } })": "string[]",
    "database.order_items.find({ amount: { $where: 1 } })": "$where",
    "database.order_items.find({}, { limt: 1 })": "limt",
    "database.order_items.findOne({}).title": "null",
    "database.order_items.get('x')?.titel": "titel",
    "database.order_items.increment('x', 'amont')": "amont",
    "database.order_items.findd()": "findd",
}


@pytest.fixture(scope="module")
def stage() -> Iterator[Kernel]:
    with kernel(["datastore"]) as running:
        models = running.host.context("datastore").service.models
        for slug, fields in FIELDS.items():
            models.create(PROJECT, {"name": slug, "slug": slug, "fields": fields})
        yield running


@pytest.fixture(scope="module")
def js(stage: Kernel) -> Iterator[JSRun]:
    with run_js(within=stage, project_id=PROJECT, slug="shop") as run:
        yield run


def judged(folder: Path, definitions: list[TypeDefinition], code: str) -> Any:
    service = folder / "service.js"
    service.write_text(code)
    return ask(folder, "\n".join(each.source for each in definitions), service)


def declared_for(stage: Kernel, project_id: str | None) -> list[TypeDefinition]:
    """By the data store and what it needs."""
    return list(itertools.chain(*stage.host.each("m3m_type_definitions", project_id=project_id)))


@pytest.fixture(scope="module")
def definitions(stage: Kernel) -> list[TypeDefinition]:
    return declared_for(stage, PROJECT)


def test_a_service_that_fits(definitions: list[TypeDefinition], tmp_path: Path) -> None:
    assert judged(tmp_path, definitions, GOOD)["errors"] == []


def test_mistakes_are_found_on_their_lines(definitions: list[TypeDefinition], tmp_path: Path) -> None:
    errors = judged(tmp_path, definitions, "\n".join(WRONG))["errors"]
    told = {line: [error["message"] for error in errors if error["line"] == line] for line in range(1, len(WRONG) + 1)}
    silent = [
        code for line, (code, word) in enumerate(WRONG.items(), 1) if not any(word in each for each in told[line])
    ]
    assert silent == [], told


def test_every_function_is_there_and_explained(definitions: list[TypeDefinition], js: JSRun, tmp_path: Path) -> None:
    members = "const collection = database.people\n"
    declared = judged(
        tmp_path, [*definitions, TypeDefinition("x", "declare const probe: M3M.Collection<any, any>")], members
    )
    probe = declared["globals"]["probe"]["members"]
    assert sorted(probe) == sorted(js.value("Object.keys(database.people)"))
    bare = [
        name for name, known in probe.items() if not (known["isFunction"] and known["hasText"] and known["hasExample"])
    ]
    assert bare == []


def test_without_a_project_any_model_may_be_named(stage: Kernel, tmp_path: Path) -> None:
    assert judged(tmp_path, declared_for(stage, None), "database.anything.insert({ a: 1 })")["errors"] == []


def test_what_people_write_stays_in_its_comment(definitions: list[TypeDefinition]) -> None:
    assert "/** Name *∕ of them · As in the passport */" in "".join(each.source for each in definitions)


ALIKE = [
    "a_b",
    "ab",
    "a__b",
    "a_b_",
    "order1",
    "order_1",
    "order__1",
    "o_rder_1",
    "x1_2",
    "x_12",
    "string",
    "date",
    "array",
]


def test_slugs_that_look_alike_have_different_names(tmp_path: Path) -> None:
    """The compiler would merge two interfaces of one name, and complain of nothing."""
    schemas = [Schema(slug, PROJECT, slug, slug, {f"of_{slug}": Field(f"of_{slug}", "string")}) for slug in ALIKE]
    text = "\n".join([TypeDefinition.beside(types.__file__).source, types.source(schemas)])
    service = "\n".join(f"database.{slug}.get('')?.of_{other}" for slug in ALIKE for other in ALIKE)
    errors = judged(tmp_path, [TypeDefinition("all", text)], service)["errors"]
    others = [number for number in range(len(ALIKE) ** 2) if number % len(ALIKE) != number // len(ALIKE)]
    assert [error["line"] - 1 for error in errors] == others
