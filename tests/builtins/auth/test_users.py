from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from m3m_core import new_id
from m3m_core.kernel import Kernel
from m3m_core.testing import PASSWORD, Answer, Client, as_user

NEW = {"email": "bob@example.com", "password": PASSWORD}
NO_RIGHTS = {"create_projects": False, "manage_users": False, "project_access": []}


def url(client: Client, rest: str = "") -> str:
    return f"/api/users/{client.user.id}{rest}"


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def test_create_answers_with_the_user(root: Client) -> None:
    status, body, _ = root.post("/api/users", json=NEW | {"email": " Bob@Example.com", "name": "Bob"})
    assert status == 201
    assert len(body["id"]) == 24
    assert body["created_at"] == body["updated_at"]
    assert body["created_at"].endswith("Z")
    del body["id"], body["created_at"], body["updated_at"]
    assert body == {
        "email": "bob@example.com",
        "name": "Bob",
        "avatar": None,
        "is_root": False,
        "is_blocked": False,
        "permissions": NO_RIGHTS,
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": None}, "email"),
        ({"email": ""}, "email"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b@c"}, "email"),
        ({"email": "a@\u200bb"}, "email"),
        ({"email": "a@" + "b" * 260}, "email"),
        ({"password": "7 chars"}, "password"),
        ({"password": "x" * 257}, "password"),
        ({"password": 12345678}, "password"),
        ({"name": "x" * 101}, "name"),
        ({"is_root": True}, "is_root"),
        ({"permissions": {"root": True}}, "permissions.root"),
        ({"permissions": {"create_projects": "yes"}}, "permissions.create_projects"),
        ({"permissions": {"project_access": ["x"]}}, "permissions.project_access.0"),
        ({"permissions": {"project_access": [new_id()]}}, "permissions.project_access"),
    ],
)
def test_create_says_what_is_wrong(root: Client, change: dict[str, Any], field: str) -> None:
    answer = root.post("/api/users", json=NEW | change)
    assert answer.status == 422
    assert set(answer.json["fields"]) == {field}


def test_every_wrong_field_is_named_at_once(root: Client) -> None:
    answer = root.post("/api/users", json={"password": "short", "name": 1, "x": 1})
    assert set(answer.json["fields"]) == {"email", "password", "name", "x"}


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"body": b"{", "content_type": "application/json"}, 400),
        ({"body": b"[]", "content_type": "application/json"}, 422),
        ({"body": b"email=a", "content_type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_create_refuses_other_bodies(root: Client, options: dict[str, Any], status: int) -> None:
    assert root.post("/api/users", **options).status == status


@pytest.mark.parametrize("email", ["bob@example.com", " BOB@example.com "])
def test_an_email_belongs_to_one_user(root: Client, ann: Client, email: str) -> None:
    root.post("/api/users", json=NEW)
    assert outcome(root.post("/api/users", json=NEW | {"email": email})) == (409, "email_taken")
    assert outcome(root.put(url(ann), json={"email": email})) == (409, "email_taken")


def test_an_email_belongs_to_one_user_whoever_races(root: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: root.post("/api/users", json=NEW), range(8))
    assert sorted(answer.status for answer in answers) == [201] + [409] * 7


def test_list_is_paged_sorted_and_searched(root: Client) -> None:
    for name in ("Zoe", "Bob", "Carl.x"):
        root.post("/api/users", json={"email": f"{name}@example.com", "password": PASSWORD, "name": name})
    status, body, _ = root.get("/api/users?per_page=2&page=2")
    assert status == 200
    assert [user["email"] for user in body.pop("items")] == ["root@example.com", "zoe@example.com"]
    assert body == {"page": 2, "per_page": 2, "total_items": 4, "total_pages": 2}
    for search, found in (("ZO", ["Zoe"]), ("l.x", ["Carl.x"]), (".*", []), ("example", ["Bob", "Carl.x", "", "Zoe"])):
        users = root.get("/api/users", params={"search": search}).json["items"]
        assert [user["name"] for user in users] == found


def test_everybody_may_look_users_up_but_not_their_rights(ann: Client, root: Client) -> None:
    seen = ann.get(url(root)).json
    assert (seen["email"], seen["is_root"]) == ("root@example.com", True)
    assert (seen["permissions"], seen["is_blocked"]) == (None, None)
    assert ann.get(url(ann)).json["permissions"] == NO_RIGHTS
    by_email = {user["email"]: user["permissions"] for user in ann.get("/api/users").json["items"]}
    assert by_email == {"ann@example.com": NO_RIGHTS, "root@example.com": None}
    assert root.get(url(root)).json["permissions"] == {
        "create_projects": True,
        "manage_users": True,
        "project_access": [],
    }


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("user", ["0" * 24, "x", "me.", "$ne"])
def test_a_user_who_is_not_there_is_404(root: Client, method: str, user: str) -> None:
    answer = root.request(method, f"/api/users/{user}", **({"json": {"name": "x"}} if method == "PUT" else {}))
    assert outcome(answer) == (404, "not_found")


def test_update_changes_the_given_keys_only(root: Client, ann: Client) -> None:
    root.put(url(ann), json={"name": "Ann", "permissions": {"create_projects": True}})
    changed = root.put(url(ann), json={"permissions": {"manage_users": True}, "email": "Ann2@example.com"}).json
    assert (changed["name"], changed["email"]) == ("Ann", "ann2@example.com")
    assert changed["permissions"] == {"create_projects": True, "manage_users": True, "project_access": []}
    assert changed["updated_at"] > changed["created_at"]
    assert root.put(url(ann), json={}).status == 200


@pytest.mark.parametrize("key", ["id", "is_root", "is_blocked", "avatar", "created_at", "password_hash"])
def test_update_refuses_keys_that_are_not_its_own(root: Client, ann: Client, key: str) -> None:
    answer = root.put(url(ann), json={key: True})
    assert (answer.status, set(answer.json["fields"])) == (422, {key})


def test_root_is_changed_by_root_alone(root: Client, manager: Client) -> None:
    for answer in (
        manager.put(url(root), json={"name": "x"}),
        manager.delete(url(root)),
        manager.post(url(root, "/block")),
        manager.post(url(root, "/unblock")),
        root.delete(url(root)),
        root.post(url(root, "/block")),
    ):
        assert outcome(answer) == (403, "root_protected")
    changed = root.put(url(root), json={"name": "Root", "email": "boss@example.com"})
    assert (changed.status, changed.json["name"], changed.json["email"]) == (200, "Root", "boss@example.com")
    assert set(root.put(url(root), json={"permissions": {}}).json["fields"]) == {"permissions"}


def test_nobody_blocks_or_deletes_themselves(manager: Client) -> None:
    for answer in (manager.delete(url(manager)), manager.post(url(manager, "/block"))):
        assert outcome(answer) == (409, "own_account")


def test_block_and_unblock_answer_with_the_user_and_may_be_repeated(manager: Client, ann: Client) -> None:
    for action, blocked in (("block", True), ("block", True), ("unblock", False), ("unblock", False)):
        answer = manager.post(url(ann, f"/{action}"))
        assert (answer.status, answer.json["is_blocked"]) == (200, blocked)


def test_only_root_sets_the_password_of_another(guest: Client, root: Client, manager: Client, ann: Client) -> None:
    new = {"password": "a new long password"}
    assert outcome(manager.put(url(ann), json=new)) == (403, "root_only")
    assert root.put(url(ann), json=new).status == 200
    assert ann.get("/api/users/me").status == 401
    for password, status in ((PASSWORD, 401), (new["password"], 200)):
        assert guest.post("/api/auth/login", json={"email": ann.user.email, "password": password}).status == status


def test_a_deleted_user_is_gone_from_projects_and_root_owns_theirs(running: Kernel, root: Client, ann: Client) -> None:
    maker = as_user(running, "maker@example.com", create_projects=True)
    maker.post("/api/projects", json={"name": "Left", "slug": "left"})
    root.post("/api/projects", json={"name": "Other", "slug": "other"})
    for slug, user in (("left", ann), ("left", root), ("other", maker)):
        root.post(f"/api/projects/{slug}/members", json={"user_id": user.user.id})
    assert root.delete(url(maker)).status == 204
    left, other = (root.get(f"/api/projects/{slug}").json for slug in ("left", "other"))
    assert (left["owner_id"], left["members"]) == (root.user.id, [ann.user.id])
    assert other["members"] == []
    assert root.get(url(maker)).status == 404
