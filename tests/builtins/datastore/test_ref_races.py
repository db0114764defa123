"""A ref is written while its record is deleted: whoever comes first wins, and no ref leads nowhere."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from worlds import MODELS, add, codes, field, items, make, outcome

from m3m_builtins.datastore.files import Files
from m3m_builtins.datastore.references import Deletion
from m3m_core.kernel import Kernel
from m3m_core.testing import Answer, Client, run_js

DATA = f"{MODELS}/things/data"


def once(monkeypatch: pytest.MonkeyPatch, owner_of: Any, name: str, action: Callable[[], Any]) -> None:
    """The action comes before the first call of a step."""
    step, left = getattr(owner_of, name), [action]

    def patched(*args: Any, **kw: Any) -> Any:
        if left:
            left.pop()()
        return step(*args, **kw)

    monkeypatch.setattr(owner_of, name, patched)


@pytest.fixture
def target(owner: Client) -> str:
    """The id of a record that refs of `things` may lead to."""
    make(owner, "targets")
    record_id: str = add(owner, "targets")["id"]
    return record_id


def by_create(owner: Client, target: str, existing: str) -> Answer:
    return owner.post(DATA, json={"r": target})


def by_update(owner: Client, target: str, existing: str) -> Answer:
    return owner.put(f"{DATA}/{existing}", json={"r": target})


def by_batch(owner: Client, target: str, existing: str) -> Answer:
    operations = [{"op": "create", "data": {"r": target}}, {"op": "update", "id": existing, "data": {"r": target}}]
    return owner.post(f"{DATA}/batch", json={"operations": operations})


WAYS = pytest.mark.parametrize("write", [by_create, by_update, by_batch])


@WAYS
@pytest.mark.parametrize(
    ("policy", "left"), [("restrict", "409 referenced"), ("cascade", "gone"), ("set_null", "null")]
)
def test_a_ref_that_comes_while_its_record_is_deleted(
    owner: Client, monkeypatch: pytest.MonkeyPatch, target: str, write: Any, policy: str, left: str
) -> None:
    make(owner, "things", field("r", "ref", model="targets", on_delete=policy))
    existing = add(owner, "things")["id"]
    once(monkeypatch, Deletion, "_check_restricted", lambda: write(owner, target, existing))
    answer = owner.delete(f"{MODELS}/targets/data/{target}")
    refs = {each["r"] for each in items(owner, "things")} - {None}
    if left.startswith("409"):
        assert outcome(answer) == (409, "referenced")
        assert refs == {target}
    else:
        assert answer.status == 204
        assert refs == set()


@WAYS
def test_a_deletion_that_comes_while_a_ref_is_written(
    owner: Client, monkeypatch: pytest.MonkeyPatch, target: str, write: Any
) -> None:
    make(owner, "things", field("r", "ref", model="targets"))
    existing = add(owner, "things")["id"]
    begun: list[Future[Answer]] = []
    with ThreadPoolExecutor(1) as pool:
        delete = lambda: owner.delete(f"{MODELS}/targets/data/{target}")  # noqa: E731
        once(monkeypatch, Files, "check", lambda: begun.append(pool.submit(delete)))
        written = write(owner, target, existing)
    assert written.status < 300
    assert outcome(begun[0].result()) == (409, "referenced")


def test_a_service_too(owner: Client, running: Kernel, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    make(owner, "things", field("n", "number"), field("r", "ref", model="targets", on_delete="set_null"))
    add(owner, "things", n=1)
    with run_js(within=running, project_id=owner.project_id) as js:  # type: ignore[attr-defined]
        for call in ("update({n: 1}, {r: ID})", "updateMany({}, {r: ID})", "insert({r: ID})"):
            made = add(owner, "targets")["id"]
            code = f"database.things.{call.replace('ID', repr(made))} && 0"
            once(monkeypatch, Deletion, "_check_restricted", lambda code=code: js.value(code))
            assert owner.delete(f"{MODELS}/targets/data/{made}").status == 204
            assert {each["r"] for each in items(owner, "things")} == {None}


def test_what_is_held_is_not_shown(owner: Client, target: str) -> None:
    make(owner, "things", field("r", "ref", model="targets"))
    before = owner.get(f"{MODELS}/targets/data/{target}").json
    add(owner, "things", r=target)
    assert owner.get(f"{MODELS}/targets/data/{target}").json == before
    assert codes(owner.post(DATA, json={"r": "0" * 24})) == {"r": "unknown_ref"}
