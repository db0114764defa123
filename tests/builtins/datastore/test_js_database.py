"""`database` as a service uses it, over real models and a real database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from m3m_builtins.datastore import jsread
from m3m_core import ScriptError
from m3m_core.kernel import Kernel
from m3m_core.testing import JSRun, kernel, run_js

PROJECT = "0123456789abcdef01234567"
OTHER = "0123456789abcdef01234568"
PEOPLE = [
    {"key": "name", "type": "string", "required": True, "options": {"max_length": 20}},
    {"key": "email", "type": "email", "unique": True},
]
ORDERS = [
    {"key": "title", "type": "string", "required": True},
    {"key": "total", "type": "float", "default_value": 0, "options": {"max": 100}},
    {"key": "count", "type": "number"},
    {"key": "state", "type": "select", "options": {"values": ["new", "taken", "done"]}, "default_value": "new"},
    {"key": "tags", "type": "multiselect", "options": {"values": ["a", "b", "c"]}},
    {"key": "due", "type": "datetime"},
    {"key": "day", "type": "date"},
    {"key": "extra", "type": "document"},
    {"key": "owner", "type": "ref", "options": {"model": "people", "on_delete": "cascade"}},
]
FILL = """(() => {
  const [ann, bob] = p.insertMany([{ name: "Ann", email: "ann@example.com" }, { name: "Bob" }])
  globalThis.ann = ann
  globalThis.rows = o.insertMany([
    { title: "one", total: 5, count: 1, tags: ["a", "b"], owner: ann.id, due: new Date("2026-01-01T00:00:00Z") },
    { title: "two", total: 10, count: 2, tags: ["a"], owner: bob.id, extra: { city: { name: "Ulm" } } },
    { title: "three", total: 15, state: "done", tags: [], day: "2026-02-03" },
  ])
})()"""


@pytest.fixture(scope="module")
def stage() -> Iterator[Kernel]:
    """A kernel with two projects whose models are there for all tests; `js` empties them."""
    with kernel(["datastore"]) as running:
        models = running.host.context("datastore").service.models
        for project in (PROJECT, OTHER):
            models.create(project, {"name": "People", "slug": "people", "fields": PEOPLE})
        models.create(PROJECT, {"name": "Orders", "slug": "orders", "fields": ORDERS})
        yield running


@pytest.fixture
def js(stage: Kernel) -> Iterator[JSRun]:
    database = stage.db.get()
    for name in database.list_collection_names(filter={"name": {"$regex": "^data_"}}):
        database[name].delete_many({})
    with run_js(within=stage, project_id=PROJECT, slug="shop") as run:
        run.value("globalThis.o = database.orders, globalThis.p = database.people, 0")
        yield run


@pytest.fixture
def filled(js: JSRun) -> JSRun:
    js.value(FILL)
    return js


def titles(js: JSRun, expression: str) -> Any:
    return js.value(f"({expression}).map((record) => record.title)")


def refusal(js: JSRun, expression: str) -> ScriptError:
    with pytest.raises(ScriptError) as refused:
        js.value(expression)
    return refused.value


# ---- reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("o.find()", ["one", "two", "three"]),
        ("o.find({})", ["one", "two", "three"]),
        ("o.find({ total: { $gte: 10 } })", ["two", "three"]),
        ("o.find(\"total >= 10 && owner.name = 'Bob'\")", ["two"]),
        ("o.find({ owner: ann.id })", ["one"]),
        ("o.find({ _id: rows[1].id })", ["two"]),
        ("o.find({ id: { $in: [rows[1].id, rows[2].id] } })", ["two", "three"]),
        ("o.find(rows[2].id)", ["three"]),
        ("o.find({ title: /^T/i })", ["two", "three"]),
        ("o.find({ due: new Date(Date.UTC(2026, 0, 1)) })", ["one"]),
        ("o.find({ due: { $lt: new Date() } })", ["one"]),
        ("o.find({ tags: 'b' })", ["one"]),
        ("o.find({ 'extra.city.name': 'Ulm' })", ["two"]),
        ("o.find(null, { sort: '-total' })", ["three", "two", "one"]),
        ("o.find(undefined, { sort: { total: -1 }, limit: 2 })", ["three", "two"]),
        ("o.find({}, { limit: 1, page: 2 })", ["two"]),
        ("o.find({}, { skip: 1 })", ["two", "three"]),
        ("o.find({ state: 'taken' })", []),
        ("database.collection('orders').find({ count: 1 })", ["one"]),
        ("$database.orders.find({ count: 1 })", ["one"]),
        ("o.paginate({}, { limit: 2, page: 2 }).items", ["three"]),
        ("[o.findOne({ total: { $gt: 5 } }, { sort: 'title' })]", ["three"]),
        ("[o.findOne({}, { page: 2 })]", ["two"]),
        ("[o.findOne({}, { page: 2, limit: 2 })]", ["three"]),
        ("[o.get(rows[0].id)]", ["one"]),
    ],
)
def test_finds(filled: JSRun, expression: str, wanted: list[str]) -> None:
    assert titles(filled, expression) == wanted


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("o.findOne({ count: 9 })", None),
        ("o.get('nonsense')", None),
        ("o.get(ann.id)", None),
        ("o.get(undefined)", None),
        ("o.count()", 3),
        ("o.count(\"owner.name != ''\")", 2),
        ("o.distinct('tags')", ["a", "b"]),
        ("o.distinct('state')", ["done", "new"]),
        ("o.distinct('day')", ["2026-02-03"]),
        ("o.distinct('total', { total: { $gt: 5 } })", [10, 15]),
        ("o.distinct('extra.city.name')", ["Ulm"]),
        ("o.findOne({ day: '2026-02-03' }).day", "2026-02-03"),
        ("o.findOne(rows[0].id).due", "2026-01-01T00:00:00.000Z"),
        ("Object.keys(o.findOne(rows[0].id, { fields: ['title', 'total'] })).sort()", ["id", "title", "total"]),
        ("o.findOne(rows[0].id, { expand: 'owner' }).expand.owner.name", "Ann"),
        ("o.find({ title: 'one' }, { expand: ['owner'], fields: 'title' })[0].expand.owner.email", "ann@example.com"),
        ("o.paginate({}, { limit: 2 }).total_pages", 2),
        ("o.findAsync({ count: 1 }).then((found) => found.length)", 1),
        ("JSON.stringify(o.aggregate([{ $match: { title: 'one' } }])[0]) === JSON.stringify(rows[0])", True),
        ("o.aggregate([{ $unwind: '$tags' }]).map((row) => `${row.title} ${row.tags}`)", ["one a", "one b", "two a"]),
        ("JSON.stringify(o.findOne(rows[0].id)) === JSON.stringify(rows[0])", True),
        ("'then' in database || database.then !== undefined || String(database.toJSON)", "undefined"),
        ("database.orders === database.collection('orders') && Object.isFrozen(database.orders)", True),
    ],
)
def test_gives(filled: JSRun, expression: str, wanted: Any) -> None:
    assert filled.value(expression) == wanted


@pytest.mark.parametrize(
    ("stages", "wanted"),
    [
        (
            "[{ $group: { _id: '$state', sum: { $sum: '$total' }, n: { $count: {} } } }, { $sort: { _id: 1 } }]",
            [{"_id": "done", "sum": 15, "n": 1}, {"_id": "new", "sum": 15, "n": 2}],
        ),
        ("[{ $match: { owner: ann.id } }, { $project: { title: 1, _id: 0 } }]", [{"title": "one"}]),
        ("[{ $match: { due: { $lt: new Date() } } }, { $count: 'n' }]", [{"n": 1}]),
        (
            "[{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $match: { n: { $gt: 1 } } }]",
            [{"_id": "a", "n": 2}],
        ),
        (
            "[{ $sort: { total: 1 } }, { $skip: 1 }, { $limit: 1 },"
            " { $project: { _id: 0, t: { $add: ['$total', 2] } } }]",
            [{"t": 12}],
        ),
        ("[{ $match: { title: 'one' } }, { $project: { due: 1, _id: 0 } }]", [{"due": "2026-01-01T00:00:00.000Z"}]),
        ("[{ $match: { title: 'one' } }, { $project: { _id: 0, x: { $literal: '$title' } } }]", [{"x": "$title"}]),
        ("[{ $limit: 1 }, { $project: { mine: { $eq: ['$id', '$$ROOT._id'] }, _id: 0 } }]", [{"mine": True}]),
    ],
)  # fmt: skip
def test_aggregates(filled: JSRun, stages: str, wanted: Any) -> None:
    assert filled.value(f"o.aggregate({stages})") == wanted


def test_more_than_was_asked_for_is_said_in_the_log(filled: JSRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsread, "MOST_WITHOUT_LIMIT", 2)
    monkeypatch.setattr(jsread, "MOST_DISTINCT", 1)
    assert filled.value("[o.find().length, o.find({}, { limit: 3 }).length, o.find({ count: 1 }).length]") == [2, 3, 1]
    assert filled.value("[o.distinct('state').length, o.aggregate([{ $match: {} }]).length]") == [1, 2]
    assert filled.texts("warn") == [
        "database.orders.find: there are more than 2, and only the first 2 are given: add a limit",
        "database.orders.distinct: there are more than 1, and only the first 1 are given: add a limit",
        "database.orders.aggregate: there are more than 2, and only the first 2 are given: add a limit",
    ]


# ---- writing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("o.insert({ title: 'x' }).state", "new"),
        ("o.insert({ title: 'x', due: new Date(0), count: undefined }).due", "1970-01-01T00:00:00.000Z"),
        ("o.insert({ title: 'x', extra: { __proto__: null, a: [1, { b: null }] } }).extra.a[1].b", None),
        ("o.insert({ title: 'x', due: { toJSON: () => new Date(0) } }).due", "1970-01-01T00:00:00.000Z"),
        (
            "Object.keys(o.insert({ title: 'x', extra: JSON.parse('{\"__proto__\": {\"a\": 1}}') }).extra)",
            ["__proto__"],
        ),
        ("o.insertMany([])", []),
        ("o.insertMany([{ title: 'x' }, { title: 'y' }]).map((row) => row.title)", ["x", "y"]),
        ("o.update(rows[0].id, { title: 'x' }).title", "x"),
        ("o.update({ title: 'one' }, { title: 'x' }).revision", 2),
        ("o.update({ title: 'none' }, { title: 'x' })", None),
        ("o.update('0123456789abcdef01234567', { title: 'x' })", None),
        ("o.update(\"owner.name = 'Bob'\", { title: 'x' }).id === rows[1].id", True),
        ("o.update(rows[0].id, { ...rows[0], title: 'x' }).title", "x"),
        ("o.update({ title: 'one' }, { ...rows[0], title: 'x' }).title", "x"),
        ("o.update({ title: 'none' }, { ...rows[0], revision: 7 })", None),
        ("o.update({ title: 'one' }, { title: 'x', id: rows[1].id, revision: 7 })", None),
        ("o.findOneAndUpdate({ state: 'new' }, { state: 'taken' }, { sort: '-title' }).title", "two"),
        ("[o.updateMany({ state: 'new' }, { state: 'done' }), o.count({ state: 'done' })]", [2, 3]),
        ("[o.updateMany(\"owner.name = 'Ann'\", { count: 9 }), o.distinct('count')]", [1, [2, 9]]),
        ("[o.updateMany({}, { tags: ['c'] }), o.distinct('tags')]", [3, ["c"]]),
        ("[o.upsert({ title: 'one' }, { count: 5 }).count, o.count()]", [5, 3]),
        (
            "[o.upsert({ title: 'four', total: { $gt: 1 } }, { count: 5 }), o.count()].map((x) => x.title ?? x)",
            ["four", 4],
        ),
        ("o.upsert('0123456789abcdef01234567', { title: 'x' }).id", "0123456789abcdef01234567"),
        ("o.increment(rows[0].id, 'count').count", 2),
        ("o.increment({ title: 'three' }, 'count', -3).count", -3),
        ("o.increment(rows[0].id, 'total', 0.5).total", 5.5),
        ("o.increment({ title: 'none' }, 'count')", None),
        ("[o.delete(rows[0].id), o.delete(rows[0].id), o.count()]", [True, False, 2]),
        ("[o.delete({ total: { $gt: 5 } }), o.count()]", [True, 2]),
        ("[o.deleteMany({ total: { $gt: 5 } }), o.count()]", [2, 1]),
        ("[o.deleteMany(\"owner.name = 'Ann'\"), o.deleteMany({}), o.count()]", [1, 2, 0]),
        ("[p.delete({ name: 'Ann' }), o.count()]", [True, 2]),
        ("o.insertAsync({ title: 'x' }).then((made) => o.getAsync(made.id)).then((found) => found.title)", "x"),
    ],
)
def test_writes(filled: JSRun, expression: str, wanted: Any) -> None:
    assert filled.value(expression) == wanted


# ---- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "code", "message"),
    [
        ("database.oders.find()", "model_not_found", 'no model "oders" in this project; it has orders, people.'),
        ("o.find({ titel: 1 })", "unknown_field", 'The model "orders" has no field "titel". Did you mean "title"?'),
        ("o.find({ $where: '1' })", "unknown_operator", '"$where" is no operator here'),
        ("o.find({ title: { $gt: '', $function: 1 } })", "unknown_operator", '"$function" is no operator here'),
        ("o.find('title =')", "filter_syntax", "The filter ends here"),
        ("o.find({ title: undefined })", "invalid_arguments", "database.orders.find: argument 1.title is undefined"),
        ("o.find({ total: NaN })", "invalid_arguments", "database.orders.find: argument 1.total is NaN"),
        ("o.find({ title: /a/m })", "invalid_arguments", "a pattern can have the flag i only, not m"),
        ("o.find({ due: new Date('x') })", "invalid_arguments", "is an invalid date"),
        ("o.find([])", "invalid_arguments", "a filter is an id, an object"),
        ("o.find({}, { limt: 1 })", "invalid_arguments", 'there is no option "limt" here; there are sort, limit'),
        ("o.paginate({}, { limit: 1001 })", "invalid_arguments", "limit is a whole number from 1 to 1000"),
        ("o.paginate({}, { skip: 1 })", "invalid_arguments", 'there is no option "skip" here; there are sort, limit'),
        ("o.get(rows[0].id, { skip: 1 })", "invalid_arguments", 'there is no option "skip" here; there are fields'),
        ("o.findOneAndUpdate({}, { title: 'x' }, { skip: 1 })", "invalid_arguments", 'no option "skip" here'),
        ("o.find({}, { limit: 0 })", "invalid_arguments", "limit is a whole number from 1 to 100000"),
        ("o.find({}, { sort: { title: 2 } })", "invalid_arguments", "sort wants 1 or -1"),
        ("o.find({}, 5)", "invalid_arguments", "options are an object"),
        ("o.find({}, { page: 2, skip: 1 })", "invalid_arguments", "give page or skip, not both"),
        ("o.find({}, { expand: 'title' })", "wrong_type", "only refs can be expanded"),
        ("o.insert({ total: 'x', nope: 1 })", "validation_failed", "total: Must be a number.; nope: "),
        ("o.insert()", "invalid_arguments", "a record is an object"),
        ("o.insert({ title: 'x', total: Infinity })", "invalid_arguments", "argument 1.total is Infinity"),
        ("o.insert({ title: 'x', extra: new Map() })", "invalid_arguments", "argument 1.extra is a Map"),
        ("o.insert({ title: 'x', owner: rows[0].id })", "validation_failed", "There is no record"),
        ("o.insertMany([{ title: 'x' }, {}])", "validation_failed", "1.title: Is required."),
        ("o.insertMany({})", "invalid_arguments", "insertMany wants a list"),
        ("p.insert({ name: 'x', email: 'ann@example.com' })", "validation_failed", "email: Another record"),
        ("p.updateMany({}, { email: 'x@example.com' })", "validation_failed", "email: Another record"),
        ("p.update({ name: 'Bob' }, { email: 'ann@example.com' })", "validation_failed", "email: Another record"),
        ("o.update(rows[0].id, { $set: { title: 'x' } })", "invalid_arguments", '"$set" is no field'),
        ("o.update(rows[0].id, { ...rows[0], revision: 7 })", "stale_revision", "The record was changed meanwhile"),
        ("o.update({ title: 'one' }, { ...rows[0], revision: 7 })", "stale_revision", "it is at revision 1"),
        ("o.update(\"owner.name = 'Ann'\", { ...rows[0], updated_at: 0 })", "stale_revision", "it is at revision 1"),
        ("o.upsert({ title: 'one' }, { title: 'x', revision: 7 })", "stale_revision", "it is at revision 1"),
        ("o.findOneAndUpdate({ count: 1 }, { ...rows[0], revision: 7 })", "stale_revision", "it is at revision 1"),
        ("o.update(undefined, { title: 'x' })", "invalid_arguments", "update wants a filter"),
        ("o.updateMany('', { title: 'x' })", "invalid_arguments", "updateMany wants a filter"),
        ("o.updateMany({}, { id: rows[0].id })", "invalid_arguments", "updateMany changes fields"),
        ("o.delete()", "invalid_arguments", "delete wants a filter; for all records write {}"),
        ("o.deleteMany()", "invalid_arguments", "deleteMany wants a filter"),
        ("o.deleteMany(' ')", "invalid_arguments", "deleteMany wants a filter"),
        ("o.deleteMany('// title = 1')", "invalid_arguments", "deleteMany wants a filter"),
        ("o.updateMany('\\n', { title: 'x' })", "invalid_arguments", "updateMany wants a filter"),
        ("o.deleteMany({ owner: undefined })", "invalid_arguments", "argument 1.owner is undefined"),
        ("o.increment(rows[0].id, 'title')", "invalid_arguments", "increment wants a field of numbers"),
        ("o.increment(rows[0].id, 'count', 0.5)", "invalid_arguments", "increment wants a whole number to add"),
        ("o.increment(rows[0].id, 'total', 96)", "validation_failed", "total would leave the range"),
        ("o.aggregate([{ $out: 'x' }])", "unknown_operator", '"$out" is no stage here; there are $match'),
        ("o.aggregate([{ $lookup: { from: 'users' } }])", "unknown_operator", '"$lookup" is no stage here'),
        ("o.aggregate([{ $project: { x: { $function: {} } } }])", "unknown_operator", '"$function" is not'),
        ("o.aggregate([{ $project: { x: '$nope' } }])", "unknown_field", 'has no field "nope"'),
        ("o.aggregate([{ $group: { _id: null, n: { $accumulator: {} } } }])", "unknown_operator", '"$accumulator"'),
        ("o.aggregate([{ $match: { $expr: {} } }])", "unknown_operator", '"$expr" is no operator here'),
        ("o.aggregate([{ $match: {}, $limit: 1 }])", "filter_syntax", "A stage is an object with one key"),
        ("o.aggregate({})", "filter_syntax", "An aggregation is a list"),
        ("o.aggregate([{ $project: { x: { $toInt: '$title' } } }])", "wrong_calculation", "a value cannot become"),
        ("o.aggregate([{ $project: { x: { $add: ['$title', 1] } } }])", "wrong_calculation", "$add is given what"),
        ("o.aggregate([{ $project: { x: { $divide: [1, 0] } } }])", "wrong_calculation", "$divide is given what"),
        ("o.aggregate([{ $project: { x: { $cond: [1] } } }])", "wrong_calculation", "$cond is given what"),
        ("o.aggregate([{ $project: { x: { $year: '$title' } } }])", "wrong_calculation", "an expression or a stage is"),
        ("o.aggregate([{ $project: { x: '$$nope' } }])", "wrong_calculation", "an expression or a stage is"),
        ("o.aggregate([{ $project: { title: 1, count: 0 } }])", "wrong_calculation", "an expression or a stage is"),
        ("o.aggregate([{ $project: { x: {} } }])", "wrong_calculation", "an expression or a stage is"),
        ("o.aggregate([{ $project: { x: 5 } }])", "filter_syntax", "a number is {$literal: 5}"),
        ("o.aggregate([{ $unwind: { path: '$tags', other: 1 } }])", "filter_syntax", "$unwind wants a field"),
        ("o.aggregate([{ $match: { title: { $regex: '(' } } }])", "wrong_pattern", "is no regular expression"),
        ("o.aggregate([{ $project: { x: '$extra' + '.a'.repeat(200) } }])", "too_complex", "at most 100 names"),
        ("o.find({ ['extra' + '.a'.repeat(200)]: 1 })", "too_complex", "at most 100 names"),
        ("o.find({ extra: { $elemMatch: { ['a' + '.a'.repeat(200)]: 1 } } })", "too_complex", "at most 100 names"),
        ("o.find({}, { sort: { '': 1 } })", "invalid_arguments", "sort is a text such as"),
        ("o.find({}, { fields: [''] })", "invalid_arguments", "fields is a text such as"),
        ("o.deleteMany({ title: { toJSON() {} } })", "invalid_arguments", "argument 1.title is undefined"),
        ("o.find({ title: { toJSON: () => ({ $gt: NaN }) } })", "invalid_arguments", "argument 1.title.$gt is NaN"),
        ("o.find({ extra: { toJSON: () => ({ $where: '1' }) } })", "unknown_operator", '"$where" is no operator here'),
        ("o.insert({ title: 'x', extra: { toJSON: () => ({ $set: 1 }) } })", "validation_failed", "begins with $"),
        ("o.find(JSON.parse('{\"__proto__\": 1}'))", "unknown_field", 'has no field "__proto__"'),
        ("o.find({ constructor: 1 })", "unknown_field", 'has no field "constructor"'),
        ("o.find(\"constructor = 1\")", "unknown_field", 'has no field "constructor"'),
        ("o.update(rows[0].id, { revision: 2 ** 70 })", "validation_failed", "revision: Must be a whole number."),
        ("o.distinct('nope')", "unknown_field", 'has no field "nope"'),
    ],
)  # fmt: skip
def test_refuses(filled: JSRun, expression: str, code: str, message: str) -> None:
    error = refusal(filled, expression)
    assert (error.code, message in error.message) == (code, True), error.message
    assert filled.value("[o.count(), p.count()]") == [3, 2]


def test_an_error_names_its_fields_and_points_into_the_service(filled: JSRun) -> None:
    filled.run("function save() {\n  try { o.insert({ total: 'x' }) } catch (error) { return error }\n}")
    assert filled.value("Object.keys(save().fields).sort()") == ["title", "total"]
    assert filled.value("save().stack").startswith("    at save (main.js:2:")


def test_a_service_sees_its_own_project_only(filled: JSRun, stage: Kernel) -> None:
    with run_js(within=stage, project_id=OTHER, slug="other") as other:
        assert other.value("database.people.count()") == 0
        assert refusal(other, "database.orders.count()").code == "model_not_found"
        assert other.value("database.people.get('" + filled.value("ann.id") + "')") is None


def test_hundred_claims_get_hundred_records(js: JSRun) -> None:
    js.value("o.insertMany(Array.from({ length: 100 }, (_, n) => ({ title: `t${n}` })))")
    claimed = js.value(
        """Promise.all(Array.from({ length: 120 }, () =>
          o.findOneAndUpdateAsync({ state: "new" }, { state: "taken" })))
          .then((all) => all.filter(Boolean).map((x) => x.id))"""
    )
    assert len(claimed) == len(set(claimed)) == 100


def test_concurrent_increments_and_upserts_lose_nothing(js: JSRun) -> None:
    js.value("o.insert({ title: 'counter' })")
    js.value("Promise.all(Array.from({ length: 100 }, () => o.incrementAsync({ title: 'counter' }, 'count')))")
    assert js.value("o.findOne({ title: 'counter' }).count") == 100
    js.value("Promise.all(Array.from({ length: 20 }, () => p.upsertAsync({ email: 'x@example.com' }, { name: 'X' })))")
    assert js.value("p.count({ email: 'x@example.com' })") == 1


def test_a_changed_model_is_seen_without_a_restart(js: JSRun, stage: Kernel) -> None:
    models = stage.host.context("datastore").service.models
    assert refusal(js, "p.insert({ name: 'x', age: 5 })").code == "validation_failed"
    models.change(PROJECT, "people", {"fields": [*PEOPLE, {"key": "age", "type": "number"}]})
    js.until(lambda: js.value("(() => { try { return p.insert({ name: 'x', age: 5 }).age } catch { return 0 } })()"))
    models.change(PROJECT, "people", {"fields": PEOPLE}, force=True)


def test_a_wrong_filter_says_where(js: JSRun) -> None:
    caught = "(() => {{ try {{ o.find({}) }} catch (error) {{ return [error.code, error.position ?? null] }} }})()"
    assert js.value(caught.format("\"title = 'x' && nope = 1\"")) == ["unknown_field", 15]
    assert js.value(caught.format("{ nope: 1 }")) == ["unknown_field", None]
