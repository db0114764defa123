"""Answers whose records are too large together are refused; exports come in parts."""

from __future__ import annotations

import pytest
from worlds import MODELS, add, field, make, outcome

from m3m_builtins.datastore.query import budget
from m3m_core.testing import Client

THINGS = f"{MODELS}/things/data"


@pytest.fixture
def target(owner: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """Eight records of 5 KB, which refer to one of 20 KB; an answer has 100 KB."""
    monkeypatch.setattr(budget, "LARGEST_ANSWER", 100_000)
    make(owner, "targets", field("t", "text"))
    refs = field("r", "ref", model="targets"), field("rs", "ref", model="targets", multiple=True)
    make(owner, "things", field("t", "text"), *refs)
    made: str = add(owner, "targets", t="x" * 20_000)["id"]
    for _ in range(8):
        add(owner, "things", t="x" * 5_000, r=made)
    return made


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?expand=r", 400),
        ("?expand=r&per_page=3", 200),
        ("?expand=r&per_page=4", 400),
        ("?expand=r&fields=id&per_page=4", 200),
        ("?expand=r&fields=id&per_page=5", 400),
        ("?filter=r.t~'x'", 200),
        ("?filter=r.t~'x'&expand=r", 400),
    ],
)
def test_expanded_records_count_as_often_as_they_are_shown(owner: Client, target: str, query: str, status: int) -> None:
    answer = owner.get(THINGS + query)
    assert answer.status == status
    assert status == 200 or outcome(answer) == (400, "answer_too_large")


def test_a_page_of_large_records(owner: Client, target: str) -> None:
    for _ in range(13):
        add(owner, "things", t="x" * 5_000)
    assert outcome(owner.get(THINGS)) == (400, "answer_too_large")
    assert len(owner.get(f"{THINGS}?per_page=15").json["items"]) == 15
    assert len(owner.get(f"{THINGS}?fields=id,r").json["items"]) == 21


def test_one_record_with_many_behind_it(owner: Client, target: str) -> None:
    many = [target, *(add(owner, "targets", t="x" * 20_000)["id"] for _ in range(5))]
    few = add(owner, "things", rs=many[:4])["id"]
    assert len(owner.get(f"{THINGS}/{few}?expand=rs").json["expand"]["rs"]) == 4
    lots = add(owner, "things", rs=many)["id"]
    assert outcome(owner.get(f"{THINGS}/{lots}?expand=rs")) == (400, "answer_too_large")


def test_an_export_has_no_bound(owner: Client, target: str) -> None:
    for _ in range(25):
        add(owner, "things", t="x" * 5_000)
    assert len(owner.get(f"{THINGS}/export").json) == 33
    assert len(owner.get(f"{THINGS}/export?filter=r.t!~'x'").json) == 25
