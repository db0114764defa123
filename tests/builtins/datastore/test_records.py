from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from worlds import MODELS, add, codes, field, items, make, outcome, store

from m3m_builtins.datastore import listing
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user, kernel, plugin

DATA = f"{MODELS}/things/data"
NOBODY = "0" * 24


def test_create_get_change_delete(owner: Client) -> None:
    make(owner, "things", field("title"), field("count", "number"))
    status, made, _ = owner.post(DATA, json={"title": "a"})
    assert status == 201
    assert {key: made[key] for key in ("title", "count", "revision")} == {"title": "a", "count": None, "revision": 1}
    assert made["created_at"] == made["updated_at"]
    path = f"{DATA}/{made['id']}"
    assert owner.get(path).json == made
    status, changed, _ = owner.put(path, json={"count": 2})
    assert status == 200
    assert changed == made | {"count": 2, "revision": 2, "updated_at": changed["updated_at"]}
    assert owner.delete(path)[:2] == (204, None)
    for answer in (owner.get(path), owner.put(path, json={"count": 1}), owner.delete(path)):
        assert outcome(answer) == (404, "record_not_found")


@pytest.mark.parametrize("name", [NOBODY, "x", "65A1B2C3D4E5F60718293A4B", "$ne", "batch"])
def test_what_is_no_record_is_404(owner: Client, name: str) -> None:
    make(owner, "things")
    assert owner.get(f"{DATA}/{name}").status in (404, 405)


def test_defaults(owner: Client) -> None:
    make(
        owner,
        "things",
        field("a", default_value="x", required=True),
        field("b", "datetime", default_value="$now"),
        field("c", "date", default_value="$now"),
        field("d", "number", default_value=0, nullable=False),
        field("e", "multiselect", values=["v"], default_value=["v"]),
        field("f", "document", default_value={"a.b": []}),
        field("g"),
    )
    made = add(owner, "things")
    assert [made[key] for key in "adefg"] == ["x", 0, ["v"], {"a.b": []}, None]
    assert made["b"] == made["created_at"]
    assert made["c"] == made["created_at"][:10]
    assert add(owner, "things", g=None, b=None)["b"] is None
    assert codes(owner.post(DATA, json={"a": None, "d": None})) == dict.fromkeys("ad", "null_not_allowed")


def test_a_creation_whose_answer_was_lost_may_be_sent_again(owner: Client) -> None:
    make(owner, "things", field("name", unique=True), field("n", "number"), field("next", "ref", model="things"))
    sent = {"id": "a" * 24, "name": "x", "next": "a" * 24}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: owner.post(DATA, json=sent), range(6)))
    assert sorted(answer.status for answer in answers) == [201] + [422] * 5
    assert owner.put(f"{DATA}/{sent['id']}", json={"n": 5}).status == 200
    again = owner.post(DATA, json=sent)
    assert [codes(each) for each in (*answers, again) if each.status == 422] == [{"id": "duplicate"}] * 6
    (only,) = items(owner, "things")
    assert (only["id"], only["n"]) == (sent["id"], 5)
    batch = owner.post(f"{DATA}/batch", json={"operations": [{"op": "create", "data": sent}]})
    assert codes(batch)["operations.0.id"] == "duplicate"


def test_two_editors_of_one_record(owner: Client) -> None:
    make(owner, "things", field("a"), field("b"))
    made = add(owner, "things", a="1", b="1")
    path = f"{DATA}/{made['id']}"
    first = owner.put(path, json=made | {"a": "2"})
    assert (first.status, first.json["revision"]) == (200, 2)
    for stale in (made | {"b": "2"}, {"b": "2", "revision": 1}, {"b": "2", "updated_at": "2000-01-01"}):
        assert outcome(owner.put(path, json=stale)) == (409, "stale_revision")
    assert owner.get(path).json["b"] == "1"
    assert owner.put(path, json={"b": "2"}).json["a"] == "2"


def test_of_racing_editors_one_wins(owner: Client) -> None:
    make(owner, "things", field("n", "number"))
    path = f"{DATA}/{add(owner, 'things')['id']}"
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: owner.put(path, json={"n": n, "revision": 1}).status, range(4)))
    assert sorted(answers) == [200, 409, 409, 409]
    assert owner.get(path).json["revision"] == 2


def test_what_the_server_sets_cannot_be_changed(owner: Client) -> None:
    make(owner, "things")
    made = add(owner, "things")
    wrong = {"id": NOBODY, "created_at": "2000-01-01T00:00:00Z"}
    assert codes(owner.put(f"{DATA}/{made['id']}", json=wrong)) == dict.fromkeys(wrong, "read_only")
    wrong = {"id": 1, "created_at": "x", "updated_at": [], "revision": "1"}
    assert set(codes(owner.put(f"{DATA}/{made['id']}", json=wrong))) == set(wrong)
    chosen = add(owner, "things", id=NOBODY, created_at="2000-01-01", revision=7)
    assert (chosen["id"], chosen["revision"], chosen["created_at"][:2]) == (NOBODY, 1, "20")
    assert chosen["created_at"][:4] != "2000"
    assert codes(owner.post(DATA, json={"id": NOBODY})) == {"id": "duplicate"}


@pytest.mark.parametrize(
    ("type_", "options", "one", "other"),
    [
        ("string", {}, "a", "b"),
        ("email", {}, "a@b.cd", "A@b.cd"),
        ("number", {}, 0, 1),
        ("float", {}, -1.5, 2.0),
        ("date", {}, "2026-11-22", "1900-01-01"),
        ("datetime", {}, "2026-11-22T00:00:00Z", "2026-11-22T00:00:00.001Z"),
        ("select", {"values": ["a", "b"]}, "a", "b"),
        ("file", {}, "a", "b"),
    ],
)
def test_unique(owner: Client, type_: str, options: dict[str, Any], one: Any, other: Any) -> None:
    make(owner, "things", field("f", type_, unique=True, **options))
    for each in (one, other) if type_ == "file" else ():
        store(owner, each)
    first = add(owner, "things", f=one)
    assert codes(owner.post(DATA, json={"f": one})) == {"f": "duplicate"}
    second = add(owner, "things", f=other)
    assert codes(owner.put(f"{DATA}/{second['id']}", json={"f": one})) == {"f": "duplicate"}
    assert owner.put(f"{DATA}/{first['id']}", json={"f": one}).status == 200
    add(owner, "things", f=None)
    add(owner, "things")


def test_of_racing_twins_one_is_created(owner: Client) -> None:
    make(owner, "things", field("f", unique=True))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: owner.post(DATA, json={"f": "x"}).status, range(4)))
    assert sorted(answers) == [201, 422, 422, 422]


def test_a_record_that_is_too_large(owner: Client) -> None:
    make(owner, "things", *(field(f"f{n}", "text") for n in range(6)))
    body = {f"f{n}": "я" * 1_000_000 for n in range(6)}
    small = add(owner, "things", **{key: body[key] for key in ("f0", "f1", "f2", "f3", "f4")})
    assert small["f0"] == body["f0"]
    huge = dict.fromkeys(body, "👋" * 1000000)
    assert outcome(owner.post(DATA, json=huge)) == (413, "record_too_large")
    assert outcome(owner.put(f"{DATA}/{small['id']}", json=huge)) == (413, "record_too_large")


def test_pages(owner: Client) -> None:
    make(owner, "things", field("n", "number"))
    for n in range(5):
        add(owner, "things", n=n)
    body = owner.get(f"{DATA}?page=2&per_page=2").json
    assert [each["n"] for each in body["items"]] == [2, 3]
    assert (body["total_items"], body["total_pages"]) == (5, 3)
    body = owner.get(f"{DATA}?sort=-n&per_page=2&skip_total=true&fields=n").json
    assert [(each["n"], set(each)) for each in body["items"]] == [(4, {"id", "n"}), (3, {"id", "n"})]
    assert (body["total_items"], body["total_pages"]) == (-1, -1)
    body = owner.get(f"{DATA}?filter=n>2").json
    assert ([each["n"] for each in body["items"]], body["total_items"]) == ([3, 4], 2)
    for query in ("skip_total=maybe", "per_page=1001", "page=0", "filter=((", "sort=x", "fields=x", "expand=x"):
        assert owner.get(f"{DATA}?{query}").status == 400


def test_a_slow_query_is_504(owner: Client, running: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "things", field("n", "number"))
    add(owner, "things", n=1)
    many = {"$range": [0, {"$multiply": ["$n", 3_000_000]}]}
    slow = {"$expr": {"$size": {"$map": {"input": many, "in": {"$add": ["$$this", 1]}}}}}
    plan = listing.plan
    monkeypatch.setattr(listing, "plan", lambda *args, **kw: listing.replace(plan(*args, **kw), match=slow))
    monkeypatch.setattr(listing.fetch, "__kwdefaults__", listing.fetch.__kwdefaults__ | {"seconds": 0.1})
    assert owner.get(DATA).status == 504


def test_refs_lead_to_records_and_are_expanded(owner: Client) -> None:
    make(owner, "people")
    make(owner, "things", field("who", "ref", model="people"), field("all", "ref", model="people", multiple=True))
    ann, bob = (add(owner, "people")["id"] for _ in range(2))
    made = add(owner, "things", who=ann, all=[bob, ann])
    assert (made["who"], made["all"]) == (ann, [bob, ann])
    wrong = {"who": NOBODY, "all": [ann, NOBODY]}
    assert codes(owner.post(DATA, json=wrong)) == dict.fromkeys(wrong, "unknown_ref")
    assert codes(owner.put(f"{DATA}/{made['id']}", json=wrong)) == dict.fromkeys(wrong, "unknown_ref")
    whole = owner.get(f"{DATA}/{made['id']}?expand=who,all").json
    shown = whole["expand"]
    assert owner.put(f"{DATA}/{made['id']}", json=whole).status == 200
    assert (shown["who"]["id"], [each["id"] for each in shown["all"]]) == (ann, [bob, ann])
    assert owner.get(f"{DATA}?filter=who='{ann}'").json["total_items"] == 1


def test_a_record_may_refer_to_itself(owner: Client) -> None:
    make(owner, "things", field("next", "ref", model="things"))
    assert add(owner, "things", id=NOBODY, next=NOBODY)["next"] == NOBODY


def test_restrict(owner: Client) -> None:
    make(owner, "people")
    make(owner, "things", field("who", "ref", model="people"))
    ann = add(owner, "people")["id"]
    thing = add(owner, "things", who=ann)["id"]
    answer = owner.delete(f"{MODELS}/people/data/{ann}")
    assert outcome(answer) == (409, "referenced")
    assert answer.json["details"] == {"referenced_by": {"things": 1}}
    owner.delete(f"{DATA}/{thing}")
    assert owner.delete(f"{MODELS}/people/data/{ann}").status == 204


def test_changes_are_announced_after_the_fact() -> None:
    heard: list[tuple[str, str, str]] = []

    def listen(model: str, record_id: str, kind: str) -> None:
        heard.append((model, record_id, kind))

    with kernel([plugin("ear", requires=("datastore",), m3m_record_changed=listen)]) as running:
        owner = as_user(running, "owner@example.com", create_projects=True)
        owner.post("/api/projects", json={"name": "Shop", "slug": "shop"})
        make(owner, "things", field("up", "ref", model="things", on_delete="cascade"), field("n", "number"))
        one = add(owner, "things")["id"]
        two = add(owner, "things", up=one)["id"]
        owner.post(DATA, json={"n": "x"})
        owner.put(f"{DATA}/{one}", json={"n": 1})
        owner.delete(f"{DATA}/{one}")
    assert heard[:3] == [("things", one, "created"), ("things", two, "created"), ("things", one, "updated")]
    assert sorted(heard[3:]) == sorted([("things", one, "deleted"), ("things", two, "deleted")])
