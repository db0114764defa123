"""Goals of projects and global ones: what they may be called, and who may make and see them."""

from __future__ import annotations

from typing import Any

import pytest

from m3m_builtins.goals.documents import Goal, GoalStat
from m3m_builtins.goals.service import GoalService
from m3m_builtins.projects.documents import Deleted
from m3m_core import SYSTEM
from m3m_core.testing import Client

GOALS = "/api/projects/shop/goals"
NEW: dict[str, Any] = {"name": "Sales", "slug": "sales", "type": "counter"}


def test_a_goal_of_a_project(owner: Client, shop: str) -> None:
    status, made, _ = owner.post(GOALS, json=NEW | {"color": "teal", "description": "All of them"})
    assert status == 201
    assert made == NEW | {
        "id": made["id"],
        "slug": "shop-sales",
        "color": "teal",
        "description": "All of them",
        "project_ref": shop,
        "allowed_projects": [],
        "created_at": made["created_at"],
        "updated_at": made["created_at"],
    }
    assert owner.get(GOALS).json["items"] == [made]
    assert owner.get(f"/api/goals/{made['id']}").json == made
    assert owner.get("/api/goals").json["items"] == []


def test_a_global_goal(root: Client, outsider: Client, shop: str) -> None:
    status, made, _ = root.post("/api/goals", json=NEW | {"allowed_projects": [shop]})
    assert (status, made["slug"], made["project_ref"], made["allowed_projects"]) == (201, "sales", None, [shop])
    hidden = made | {"allowed_projects": []}  # who does not see the project does not learn of it
    assert outsider.get("/api/goals/sales").json == outsider.get(f"/api/goals/{made['id']}").json == hidden
    assert outsider.get("/api/goals").json["items"] == [hidden]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"slug": "Sales"}, "slug"),
        ({"slug": "-sales"}, "slug"),
        ({"slug": "a" * 64}, "slug"),
        ({"slug": "a" * 24}, "slug"),
        ({"slug": "shop-"}, "slug"),
        ({"type": "gauge"}, "type"),
        ({"color": "beige"}, "color"),
        ({"name": " "}, "name"),
        ({"description": "x" * 2001}, "description"),
        ({"allowed_projects": []}, "allowed_projects"),
        ({"project_ref": None}, "project_ref"),
    ],
)
def test_wrong_goals_of_a_project(owner: Client, shop: str, wrong: dict[str, Any], field: str) -> None:
    answer = owner.post(GOALS, json=NEW | wrong)
    assert (answer.status, list(answer.json["fields"])) == (422, [field])
    assert owner.get(GOALS).json["total_items"] == 0


@pytest.mark.parametrize("wrong", [{"slug": "stats"}, {"allowed_projects": ["0" * 24]}, {"allowed_projects": ["shop"]}])
def test_wrong_global_goals(root: Client, wrong: dict[str, Any]) -> None:
    assert root.post("/api/goals", json=NEW | wrong).status == 422


def test_a_slug_is_taken_once_in_its_place(
    root: Client, owner: Client, outsider: Client, shop: str, other: str
) -> None:
    for made_by, path in ((owner, GOALS), (outsider, "/api/projects/other/goals"), (root, "/api/goals")):
        assert made_by.post(path, json=NEW).status == 201
        again = made_by.post(path, json=NEW)
        assert (again.status, again.json["code"]) == (409, "slug_taken")
    assert owner.post(GOALS, json=NEW | {"slug": "shop-sales"}).status == 409


def test_given_keys_are_changed(owner: Client, orders: dict[str, Any]) -> None:
    for name in (orders["id"], "orders", "shop-orders"):
        status, changed, _ = owner.put(f"{GOALS}/{name}", json={"color": "red"})
        assert (status, changed) == (200, orders | {"color": "red", "updated_at": changed["updated_at"]})
    sent_back = {key: changed[key] for key in ("name", "slug", "color", "type", "description")}
    again = owner.put(f"{GOALS}/orders", json=sent_back).json
    assert again == changed | {"updated_at": again["updated_at"]}
    assert owner.put(f"{GOALS}/orders", json={"slug": "sold"}).json["slug"] == "shop-sold"
    assert owner.put(f"{GOALS}/orders", json={"slug": "x"}).status == 404


def test_the_type_stays(owner: Client, orders: dict[str, Any]) -> None:
    answer = owner.put(f"{GOALS}/orders", json={"type": "counter"})
    assert (answer.status, answer.json["fields"]["type"]["code"]) == (422, "fixed")
    assert owner.put(f"{GOALS}/orders", json={"type": "daily_counter"}).status == 200


def test_a_changed_slug_may_be_taken(owner: Client, orders: dict[str, Any]) -> None:
    owner.post(GOALS, json=NEW)
    assert owner.put(f"{GOALS}/orders", json={"slug": "sales"}).json["code"] == "slug_taken"


def test_a_project_with_a_new_slug_keeps_its_goals(owner: Client, shop: str, orders: dict[str, Any]) -> None:
    owner.put("/api/projects/shop", json={"slug": "store"})
    assert owner.get("/api/projects/store/goals").json["items"] == [orders]
    for name in ("orders", "shop-orders", "store-orders", orders["id"]):
        assert owner.post(f"/api/goals/{name}/increment", json={"project_id": "store"}).status == 200
    assert owner.post("/api/projects/store/goals", json=NEW | {"slug": "orders"}).json["code"] == "slug_taken"
    assert owner.post("/api/projects/store/goals", json=NEW).json["slug"] == "store-sales"
    unchanged = owner.put("/api/projects/store/goals/orders", json={"slug": "shop-orders"})
    assert unchanged.json["slug"] == "shop-orders"


def test_only_root_changes_global_goals(root: Client, owner: Client, visits: dict[str, Any], shop: str) -> None:
    assert owner.put("/api/goals/visits", json={"name": "Mine"}).status == 403
    assert owner.delete("/api/goals/visits").status == 403
    changed = root.put("/api/goals/visits", json={"slug": "hits", "allowed_projects": []}).json
    assert (changed["slug"], changed["allowed_projects"]) == ("hits", [])
    assert root.delete("/api/goals/hits").status == 204
    assert root.get("/api/goals/hits").status == 404


def test_a_goal_of_a_project_is_changed_below_it_only(root: Client, orders: dict[str, Any]) -> None:
    path = f"/api/goals/{orders['id']}"
    assert root.get(path).status == 200
    assert root.put(path, json={"name": "x"}).status == root.delete(path).status == 404


def test_goals_of_a_hidden_project_are_not_there(outsider: Client, orders: dict[str, Any]) -> None:
    assert outsider.get(f"/api/goals/{orders['id']}").status == 404
    assert outsider.get("/api/goals/shop-orders").status == 404
    assert outsider.get(GOALS).status == 404


def test_a_key_sees_what_its_project_may_add_to(
    root: Client, with_key: Client, orders: dict[str, Any], visits: dict[str, Any], other: str
) -> None:
    root.post("/api/goals", json=NEW | {"allowed_projects": [other]})
    assert [goal["slug"] for goal in with_key.get("/api/goals").json["items"]] == ["visits"]
    assert with_key.get(GOALS).json["items"] == [orders]
    assert with_key.get("/api/goals/visits").json == visits
    assert with_key.get("/api/goals/sales").status == 404
    assert with_key.post(GOALS, json=NEW).status == 201
    assert with_key.post("/api/goals", json=NEW).status == 403


def test_a_list_comes_in_pages(owner: Client, shop: str) -> None:
    for slug in "cab":
        owner.post(GOALS, json=NEW | {"slug": slug})
    first, second = (owner.get(GOALS, params={"per_page": 2, "page": page}).json for page in (1, 2))
    assert [goal["slug"] for goal in first["items"] + second["items"]] == ["shop-a", "shop-b", "shop-c"]
    assert (first["total_items"], first["total_pages"]) == (3, 2)


def test_a_deleted_goal_takes_its_statistics_along(owner: Client, orders: dict[str, Any]) -> None:
    owner.post(f"/api/goals/{orders['id']}/increment", json={})
    assert owner.delete(f"{GOALS}/orders").status == 204
    assert GoalStat.objects.count() == 0
    assert owner.delete(f"{GOALS}/orders").status == 404


def test_a_deleted_project_takes_all_of_its_own_along(
    root: Client, owner: Client, orders: dict[str, Any], visits: dict[str, Any], other: str
) -> None:
    root.put("/api/goals/visits", json={"allowed_projects": [visits["allowed_projects"][0], other]})
    for goal, project in (("orders", "shop"), ("visits", "shop"), ("visits", "other")):
        assert root.post(f"/api/goals/{goal}/increment", json={"project_id": project}).status == 200
    assert owner.delete("/api/projects/shop").status == 204
    assert [goal.slug for goal in Goal.objects] == ["visits"]
    assert root.get("/api/goals/visits").json["allowed_projects"] == [other]
    assert [stat.project_id for stat in GoalStat.objects] == [other]


def test_what_a_deletion_missed_goes_with_the_next_start(
    service: GoalService, shop: str, visits: dict[str, Any]
) -> None:
    kept = service.increment(SYSTEM, "visits", 1, "shop")
    Deleted(id="0" * 24).save()
    Goal(name="x", slug="gone-x", own_slug="x", type="counter", project_ref="0" * 24).save()
    GoalStat(goal_id="1" * 24, project_id=shop).save()
    GoalStat(goal_id=visits["id"], project_id="0" * 24).save()
    service.remove_orphans()
    assert [goal.slug for goal in Goal.objects] == ["visits"]
    assert [(stat.goal_id, stat.project_id) for stat in GoalStat.objects] == [(kept[0].id, shop)]
