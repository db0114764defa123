from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from m3m_builtins.projects.colors import COLORS
from m3m_builtins.projects.documents import Project
from m3m_builtins.projects.service import ProjectService
from m3m_core import SYSTEM, Conflict, RunSource, new_id
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user

NEW = {"name": "Shop", "slug": "shop"}


def test_create_answers_with_the_project_without_its_key(owner: Client) -> None:
    status, body, _ = owner.post("/api/projects", json=NEW | {"name": "  Shop  ", "color": "teal"})
    assert status == 201
    assert len(body["id"]) == 24
    assert body["created_at"] == body["updated_at"]
    del body["id"], body["created_at"], body["updated_at"]
    assert body == {
        "name": "Shop",
        "slug": "shop",
        "color": "teal",
        "owner_id": owner.user.id,
        "members": [],
        "status": "stopped",
        "auto_start": True,
        "active_release": None,
        "running_source": None,
        "instances": 1,
    }


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    ({"name": "   "}, "name"),
    ({"name": "x" * 101}, "name"),
    ({"name": 1}, "name"),
    ({"slug": ""}, "slug"),
    ({"slug": "-a"}, "slug"),
    ({"slug": "Shop"}, "slug"),
    ({"slug": "a b"}, "slug"),
    ({"slug": "a_b"}, "slug"),
    ({"slug": "a/b"}, "slug"),
    ({"slug": "é"}, "slug"),
    ({"slug": "a\n"}, "slug"),
    ({"slug": "x" * 64}, "slug"),
    ({"slug": "0123456789abcdef01234567"}, "slug"),
    ({"color": "mauve"}, "color"),
    ({"color": "#ffffff"}, "color"),
    ({"auto_start": "yes"}, "auto_start"),
    ({"instances": 0}, "instances"),
    ({"instances": 17}, "instances"),
    ({"instances": 1.5}, "instances"),
    ({"instances": True}, "instances"),
    ({"owner_id": new_id()}, "owner_id"),
    ({"api_key": "x"}, "api_key"),
    ({"status": "running"}, "status"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_create_and_update_say_what_is_wrong(owner: Client, change: dict[str, Any], field: str) -> None:
    owner.post("/api/projects", json={"name": "Own", "slug": "own"})
    for answer in (owner.post("/api/projects", json=NEW | change), owner.put("/api/projects/own", json=change)):
        assert (answer.status, set(answer.json["fields"])) == (422, {field})
    assert Project.objects.count() == 1


@pytest.mark.parametrize("slug", ["a", "0", "a-b-", "x" * 63, "0123456789abcdef0123456", "me", "api"])
def test_slugs_that_are_accepted(owner: Client, slug: str) -> None:
    assert owner.post("/api/projects", json=NEW | {"slug": slug}).status == 201
    assert owner.get(f"/api/projects/{slug}").json["slug"] == slug


def test_create_needs_the_right(member: Client, owner: Client, root: Client, guest: Client) -> None:
    statuses = [
        client.post("/api/projects", json=NEW | {"slug": f"s{number}"}).status
        for number, client in enumerate((guest, member, owner, root))
    ]
    assert statuses == [401, 403, 201, 201]


def test_a_slug_belongs_to_one_project_whoever_races(owner: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: owner.post("/api/projects", json=NEW), range(8)))
    assert sorted(answer.status for answer in answers) == [201] + [409] * 7
    assert {answer.json.get("code") for answer in answers} == {None, "slug_taken"}


def test_what_the_program_creates_belongs_to_root(projects: ProjectService, root: Client) -> None:
    assert projects.create(SYSTEM, NEW).owner_id == root.user.id


def test_the_program_creates_nothing_before_there_is_a_root(projects: ProjectService) -> None:
    with pytest.raises(Conflict, match="m3m new-admin"):
        projects.create(SYSTEM, NEW)


def test_a_project_is_found_by_id_and_by_slug(owner: Client, shop: str) -> None:
    assert owner.get(f"/api/projects/{shop}").json == owner.get("/api/projects/shop").json


@pytest.mark.parametrize("project", ["nothing", "0" * 24, "SHOP", "$ne", "sh%2Fop", "shop%20"])
def test_what_is_not_there_is_404(owner: Client, shop: str, project: str) -> None:
    answer = owner.get(f"/api/projects/{project}")
    assert (answer.status, answer.json["code"]) == (404, "not_found")


def test_a_hidden_project_and_a_missing_one_are_answered_alike(outsider: Client, shop: str) -> None:
    answers = [outsider.get(f"/api/projects/{name}").json for name in (shop, "shop", "nothing")]
    assert len({(answer["error"], answer["code"]) for answer in answers}) == 1


def test_list_shows_what_one_may_see(running: Kernel, owner: Client, member: Client, root: Client, shop: str) -> None:
    other = root.post("/api/projects", json={"name": "another", "slug": "other"}).json["id"]
    granted = as_user(running, "granted@example.com", project_access=[other])
    outsider = as_user(running, "outsider@example.com")
    for client, slugs in (
        (owner, ["shop"]),
        (member, ["shop"]),
        (granted, ["other"]),
        (root, ["other", "shop"]),
        (outsider, []),
    ):
        body = client.get("/api/projects").json
        assert [project["slug"] for project in body["items"]] == slugs
        assert body["total_items"] == len(slugs)
        assert all("api_key" not in project for project in body["items"])
        assert [client.get(f"/api/projects/{slug}").status for slug in slugs] == [200] * len(slugs)


def test_list_is_paged_sorted_and_searched(owner: Client) -> None:
    for number, name in enumerate(("banana", "Apple", "cherry", "a.b")):
        owner.post("/api/projects", json={"name": name, "slug": f"slug-{number}"})
    body = owner.get("/api/projects?per_page=3&page=2").json
    assert [project["name"] for project in body["items"]] == ["cherry"]
    assert (body["total_items"], body["total_pages"]) == (4, 2)
    for search, found in (("APP", ["Apple"]), ("slug-2", ["cherry"]), (".", ["a.b"]), ("(", [])):
        items = owner.get("/api/projects", params={"search": search}).json["items"]
        assert [project["name"] for project in items] == found


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=1001", "per_page=-1", "page=99999999999"])
def test_a_wrong_page_is_400(owner: Client, query: str) -> None:
    assert owner.get(f"/api/projects?{query}").status == 400


def test_update_changes_the_given_keys_only(member: Client, shop: str) -> None:
    before = member.get("/api/projects/shop").json
    status, after, _ = member.put("/api/projects/shop", json={"name": "New", "color": "red", "instances": 16})
    assert status == 200
    assert after["updated_at"] > before["updated_at"]
    same = before.keys() - {"name", "color", "instances", "updated_at", "api_key"}
    assert (after["name"], after["color"], after["instances"]) == ("New", "red", 16)
    assert {key: after[key] for key in same} == {key: before[key] for key in same}
    assert member.put("/api/projects/shop", json={"color": None}).json["color"] is None
    assert member.put("/api/projects/shop", json={"auto_start": False, "slug": "kiosk"}).json["slug"] == "kiosk"
    assert member.get("/api/projects/shop").status == 404


def test_update_to_a_taken_slug_is_409(owner: Client, shop: str) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    answer = owner.put("/api/projects/shop", json={"slug": "other"})
    assert (answer.status, answer.json["code"]) == (409, "slug_taken")


@pytest.mark.parametrize("status", ["starting", "running", "stopping", "crashed"])
def test_the_slug_stays_while_the_project_is_not_stopped(
    owner: Client, shop: str, projects: ProjectService, status: str
) -> None:
    projects.set_run_state(shop, status, RunSource("branch", "develop"))
    answer = owner.put("/api/projects/shop", json={"slug": "kiosk", "name": "New"})
    assert (answer.status, answer.json["code"]) == (409, "project_not_stopped")
    assert owner.get("/api/projects/shop").json["name"] == "Shop"
    assert owner.put("/api/projects/shop", json={"slug": "shop", "name": "New"}).json["name"] == "New"
    projects.set_run_state(shop, "stopped", None)
    assert owner.put("/api/projects/shop", json={"slug": "kiosk"}).status == 200


def test_colors(member: Client, guest: Client) -> None:
    body = member.get("/api/colors").json
    assert len(body["items"]) == body["total_items"] == 16
    assert {color["name"]: color["hex"] for color in body["items"]} == COLORS
    assert len(set(COLORS.values())) == 16
    assert guest.get("/api/colors").status == 401
