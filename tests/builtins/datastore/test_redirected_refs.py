"""A field becomes a ref, or leads to another model: what has no target there is told before."""

from __future__ import annotations

from typing import Any

import pytest
from test_schema_changes import ID, THINGS, change, effects
from worlds import add, field, make

from m3m_core.testing import Client


@pytest.mark.parametrize(
    ("old", "old_options", "new_options", "values", "wrong"),
    [
        ("string", {}, {"model": "people"}, ["{ann}", "{team}", ID, "x", None], {1, 2}),
        ("string", {}, {"model": "people", "multiple": True}, ["{ann}", ID], {1}),
        ("ref", {"model": "people"}, {"model": "teams"}, ["{ann}", None], {0}),
        ("ref", {"model": "people"}, {"model": "people", "multiple": True}, ["{ann}"], set()),
        ("ref", {"model": "people", "multiple": True}, {"model": "teams", "multiple": True}, [["{ann}"], []], {0}),
        ("ref", {"model": "people", "multiple": True}, {"model": "teams", "multiple": True, "max": 1},
         [["{ann}", "{bob}"]], {0}),
    ],
)  # fmt: skip
def test_refs_whose_target_is_not_there_are_no_longer_valid(
    owner: Client, old: str, old_options: Any, new_options: Any, values: list[Any], wrong: set[int]
) -> None:
    make(owner, "people")
    make(owner, "teams")
    names = {"ann": add(owner, "people")["id"], "bob": add(owner, "people")["id"], "team": add(owner, "teams")["id"]}
    make(owner, "things", field("f", old, **old_options))
    made = [add(owner, "things", f=_named(value, names))["id"] for value in values]
    new = field("f", "ref", **new_options)
    told = [
        each for each in change(owner, new, query="dry_run=true").json["effects"] if each["kind"] == "no_longer_valid"
    ]
    assert {example["id"] for each in told for example in each["examples"]} == {made[index] for index in wrong}
    assert sum(each["records"] for each in told) == len(wrong)
    assert change(owner, new, query="force=true").status == 200


def test_a_ref_to_the_model_itself_follows_its_new_name(owner: Client) -> None:
    make(owner, "things", field("f"))
    add(owner, "things", f=add(owner, "things")["id"])
    add(owner, "things", f=ID)
    body = {"slug": "items", "fields": [field("f", "ref", model="items")]}
    told = owner.put(f"{THINGS}?dry_run=true", json=body)
    assert effects(told) == {("converted", "f"): 2, ("no_longer_valid", "f"): 1}


def _named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_named(item, names) for item in value]
    return value.format_map(names) if value else value
