from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from csv import reader
from typing import Any

import pytest
from worlds import MODELS, add, field, items, load, make, outcome, store

from m3m_builtins.datastore import jsonrows, listing, service, tables, transfer
from m3m_core.testing import Client

DATA = f"{MODELS}/things/data"

FIELDS = (
    field("s"),
    field("t", "text"),
    field("n", "number"),
    field("f", "float"),
    field("b", "bool"),
    field("d", "document"),
    field("file", "file"),
    field("r", "ref", model="things"),
    field("rs", "ref", model="things", multiple=True),
    field("day", "date"),
    field("at", "datetime"),
    field("one", "select", values=["a", "=b"]),
    field("many", "multiselect", values=["a", "=b", "c,d"]),
    field("mail", "email"),
    field("link", "url"),
)
VALUES: dict[str, Any] = {
    "t": 'a "quoted"\r\nline, with; everything\té',
    "n": -5,
    "f": 1e-7,
    "b": False,
    "d": {"a": [1, None, "=x"]},
    "file": "-a/b.txt",
    "day": "2026-11-22",
    "at": "2026-11-22T10:15:30.123Z",
    "one": "=b",
    "many": ["=b", "c,d"],
    "mail": "+x@example.com",
    "link": "https://example.com/?a=1,2",
}


FORMULAS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\r\nx", "＝1+1", "＋1", "－1", "＠x"]
"""What some spreadsheet takes for one."""


def fill(owner: Client) -> list[dict[str, Any]]:
    make(owner, "things", *FIELDS)
    store(owner, VALUES["file"])
    first = add(owner, "things", **VALUES)["id"]
    for text in (*FORMULAS, "'=x", "'", "plain", "''x"):
        add(owner, "things", s=text, r=first, rs=[first])
    add(owner, "things")
    return items(owner, "things")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_was_exported_is_imported_as_it_was(owner: Client, form: str) -> None:
    before = fill(owner)
    exported = owner.get(f"{DATA}/export?format={form}")
    assert exported.headers["content-disposition"] == f'attachment; filename="shop-things.{form}"'
    data = exported.json if form == "csv" else json.dumps(exported.json).encode()
    if form == "json":
        assert exported.json == before
    for record in before:
        owner.put(f"{DATA}/{record['id']}", json={"r": None, "rs": None})
    for record in before:
        owner.delete(f"{DATA}/{record['id']}")
    answer = load(owner, data, csv=form == "csv")
    assert answer.status == 200, answer.json
    rows = len(before)
    assert answer.json == {"dry_run": False, "rows": rows, "created": rows, "updated": 0, "failed": 0, "errors": []}
    assert items(owner, "things") == before
    again = load(owner, data, "mode=upsert", csv=form == "csv").json
    assert (again["created"], again["updated"]) == (0, rows)
    assert [each | {"revision": 1, "updated_at": ""} for each in items(owner, "things")] == [
        each | {"updated_at": ""} for each in before
    ]


def test_no_cell_is_a_formula(owner: Client) -> None:
    fill(owner)
    text = owner.get(f"{DATA}/export?format=csv&fields=s").json.decode()
    cells = [cell for _, cell in reader(io.StringIO(text, newline=""))]
    assert cells[0] == "s"
    assert cells[2 : 2 + len(FORMULAS)] == [f"'{text}" for text in FORMULAS]


def test_export_takes_a_filter_and_reads_in_parts(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "CHUNK", 2)
    make(owner, "things", field("n", "number"))
    for n in range(5):
        add(owner, "things", n=n)
    assert [each["n"] for each in owner.get(f"{DATA}/export").json] == [0, 1, 2, 3, 4]
    assert owner.get(f"{DATA}/export?filter=n>2%26%26n<4&fields=n&format=csv").json.decode().split(",")[-1] == "3\r\n"
    assert owner.get(f"{DATA}/export?filter=n>9").json == []
    for query in ("format=xml", "filter=((", "fields=x"):
        assert owner.get(f"{DATA}/export?{query}").status == 400


def test_wrong_rows_are_told_and_nothing_is_imported(owner: Client) -> None:
    make(owner, "things", field("name", unique=True, required=True), field("n", "number"), field("on", "bool"))
    add(owner, "things", name="taken")
    data = "name,n,on,x\na,1,true,\nb,one,yes,\n,2,,\ntaken,3,,\na,4,false,\nc,5,,y\n"
    answer = load(owner, data, csv=True)
    assert outcome(answer) == (422, "wrong_rows")
    told = answer.json["details"]
    assert (told["rows"], told["failed"], told["created"]) == (6, 5, 0)
    wrong = {error["row"]: {key: each["code"] for key, each in error["fields"].items()} for error in told["errors"]}
    assert wrong == {
        2: {"n": "wrong_type", "on": "wrong_type"},
        3: {"name": "required"},
        4: {"name": "duplicate"},
        5: {"name": "duplicate"},
        6: {"x": "unknown_field"},
    }
    preview = load(owner, data, "dry_run=true", csv=True)
    assert (preview.status, preview.json["created"], preview.json["failed"]) == (200, 1, 5)
    assert len(items(owner, "things")) == 1
    partly = load(owner, data, "skip_errors=true", csv=True)
    assert (partly.status, partly.json["created"], partly.json["failed"]) == (200, 1, 5)
    assert [each["name"] for each in items(owner, "things")] == ["taken", "a"]


# the records' unique values, rows of an upsert, codes by row, the values when the wrong rows are left out
UPSERTS: list[tuple[list[Any], list[dict[str, Any]], dict[int, str], list[Any]]] = [
    (["a", "b"], [{"id": 0, "u": "a"}, {"id": 1, "u": "b"}], {}, ["a", "b"]),
    (["a", "b"], [{"id": 0, "u": "c"}, {"id": 1, "u": "a"}], {}, ["c", "a"]),
    (["a", "b"], [{"id": 0, "u": "b"}, {"id": 1, "u": "a"}], {1: "duplicate", 2: "duplicate"}, ["a", "b"]),
    (["a", "b"], [{"id": 0, "u": None}, {"u": "a"}], {}, [None, "b", "a"]),
    (["a", "b"], [{"u": "b"}, {"u": "c"}, {"u": "c"}], {1: "duplicate", 3: "duplicate"}, ["a", "b", "c"]),
    (["a"], [{"id": 0, "u": "x"}, {"id": 0, "u": "y"}, {"u": "x"}, {"u": "y"}], {4: "duplicate"}, ["y", "x"]),
    (["a"], [{"id": 0, "n": 1}, {"u": "a"}], {2: "duplicate"}, ["a"]),
    (["a"], [{"u": "x", "n": "wrong"}, {"u": "x"}], {1: "wrong_type"}, ["a", "x"]),
]


@pytest.mark.parametrize(("values", "rows", "wrong", "left"), UPSERTS)
def test_duplicates_of_an_upsert_are_told_by_row(
    owner: Client, values: list[Any], rows: list[dict[str, Any]], wrong: dict[int, str], left: list[Any]
) -> None:
    make(owner, "things", field("u", unique=True), field("n", "number"))
    made = [add(owner, "things", u=value)["id"] for value in values]
    rows = [row | ({"id": made[row["id"]]} if "id" in row else {}) for row in rows]
    preview = load(owner, rows, "mode=upsert&dry_run=true").json
    told = {error["row"]: next(iter(error["fields"].values()))["code"] for error in preview["errors"]}
    assert told == wrong
    assert load(owner, rows, "mode=upsert").status == (422 if wrong else 200)
    done = load(owner, rows, "mode=upsert&skip_errors=true") if wrong else None
    assert done is None or (done.status, done.json["failed"]) == (200, len(wrong))
    assert [each["u"] for each in items(owner, "things")] == left


def test_rows_that_refer_to_a_row_that_is_left_out_are_left_out(owner: Client) -> None:
    make(owner, "things", field("n", "number"), field("next", "ref", model="things"))
    ids = [f"{n:024x}" for n in range(5)]
    rows = [{"id": ids[n], "next": ids[n + 1]} for n in range(3)] + [{"id": ids[3], "n": "x"}, {"id": ids[4]}]
    done = load(owner, rows, "skip_errors=true").json
    assert (done["created"], done["failed"]) == (1, 4)
    assert [next(iter(error["fields"].values()))["code"] for error in done["errors"]] == [
        *["unknown_ref"] * 3,
        "wrong_type",
    ]
    assert [each["id"] for each in items(owner, "things")] == ids[4:]


@pytest.mark.parametrize("text", ["[]", " [ ] ", '[{"s":"a"}]', ' [\n{"s" : "a"} ,\t{ "s":"b" }\r\n] '])
def test_json_with_space_in_it(owner: Client, text: str) -> None:
    make(owner, "things", field("s"))
    assert load(owner, text).status == 200
    assert [each["s"] for each in items(owner, "things")] == [each["s"] for each in json.loads(text)]


def test_lists_in_csv_may_be_plain(owner: Client) -> None:
    make(owner, "things", field("many", "multiselect", values=["a", "b"]))
    assert load(owner, 'many\n"a, b"\n[]\n\n', csv=True).status == 200
    for cell in ("a,", ",a", ",", "a,,b", " ", "'"):
        answer = load(owner, f'many\n"{cell}"\n', csv=True)
        assert outcome(answer) == (422, "wrong_rows"), cell
    assert [each["many"] for each in items(owner, "things")] == [["a", "b"], []]


def test_a_mark_before_the_first_line_is_no_part_of_it(owner: Client) -> None:
    make(owner, "things", field("s"))
    assert load(owner, "\ufeffs\nx\n".encode(), csv=True).json["created"] == 1


@pytest.mark.parametrize(
    ("data", "csv"),
    [
        ("{}", False),
        ("[1]", False),
        ("[{]", False),
        ("[NaN]", False),
        ('[{"s": NaN}]', False),
        ('[{"s": "x"}', False),
        ('[{"s": "x"} {}]', False),
        ('[{"s": "x"},]', False),
        ('[{"s": "x"}] x', False),
        ("[" * 100_000, False),
        ('[{"s": ' + "1" * 5000 + "}]", False),
        ('{"s": "x"}', False),
        ("", False),
        (b"\xff", False),
        ("s,s\n", True),
        ("s,\n", True),
        ("s\n1,2\n", True),
        ('s\n"x', True),
        (b"s\n\xff\n", True),
        (b"s\nx\x00\n", True),
    ],
)
def test_files_that_cannot_be_read(owner: Client, data: Any, csv: bool) -> None:
    make(owner, "things", field("s"))
    assert load(owner, data, csv=csv).status in (400, 422)
    assert items(owner, "things") == []


def test_limits(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make(owner, "things", field("s"))
    monkeypatch.setattr(transfer, "MOST_ROWS", 2)
    assert outcome(load(owner, [{}, {}, {}])) == (413, "too_many_rows")
    assert load(owner, [{}, {}]).json["created"] == 2
    assert load(owner, []).json["rows"] == 0
    for text, csv in (("s\na\nb\nc\nd,e\n", True), ('[{}, {}, {}, {}, {"s"', False)):
        assert outcome(load(owner, text, csv=csv)) == (413, "too_many_rows"), "what comes after is not read"
    for query in ("mode=x", "format=x", "dry_run=maybe"):
        assert load(owner, [], query).status == 400
    assert load(owner, [{"id": {"$ne": 1}}, {"$where": "1"}, {"s": {"$gt": ""}}][:2]).status == 422


@pytest.mark.parametrize(
    ("data", "csv", "status"),
    [
        ("s\na\nb\nc\n", True, 200),
        ("s,t\n" + '"x,,,""y,,,",z\n', True, 200),
        ("s,t\na,b\nc,d\n", True, 413),
        ("s\n" + "," * 9, True, 413),
        ('s\na"' + "," * 9, True, 413),  # no quoted cell
        ('s\n"' + "," * 9, True, 400),  # a single one, without its end
        ([{"s": "x,,,y[[[["}], False, 200),
        ([{"s": "x"}] * 2, False, 200),
        ([{"s": "x"}] * 3, False, 413),
        ('[{"s": [[[[[[[[', False, 413),
    ],
)
def test_values_are_counted_before_they_are_made(
    owner: Client, monkeypatch: pytest.MonkeyPatch, data: Any, csv: bool, status: int
) -> None:
    make(owner, "things", field("s"), field("t"))
    for module in (tables, jsonrows):
        monkeypatch.setattr(module, "MOST_VALUES", 5)
    answer = load(owner, data, csv=csv)
    assert answer.status == status
    assert status != 413 or answer.json["code"] == "too_many_values"


def test_refs_from_part_to_part(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PART", 2)
    make(owner, "things", field("next", "ref", model="things"))
    ids = [f"{n:024x}" for n in range(5)]
    rows = [{"id": each, "next": ids[(n + 1) % 5]} for n, each in enumerate(ids)]
    assert load(owner, rows).status == 200
    assert [each["next"] for each in items(owner, "things")] == [*ids[1:], ids[0]]


def test_of_two_imports_of_the_same_file_one_is_there(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PART", 2)
    make(owner, "things", field("s"))
    rows = [{"id": f"{n:024x}", "s": str(n)} for n in range(20)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: load(owner, rows).status, range(2)))
    assert sorted(answers) in ([200, 422], [422, 422])
    assert len(items(owner, "things")) == (20 if 200 in answers else 0)


def test_a_large_file(owner: Client) -> None:
    make(owner, "things", field("s", unique=True), field("n", "number", index=True))
    rows = [{"s": f"record {n}", "n": n} for n in range(12_000)]
    answer = load(owner, rows)
    assert (answer.status, answer.json["created"]) == (200, len(rows))
    assert owner.get(DATA).json["total_items"] == len(rows)
