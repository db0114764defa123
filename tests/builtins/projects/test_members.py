from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from m3m_core import new_id
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user

URL = "/api/projects/shop/members"


def test_list_tells_everybody_with_access_and_why(running: Kernel, owner: Client, member: Client, shop: str) -> None:
    granted = as_user(running, "granted@example.com", project_access=[shop])
    as_user(running, "outsider@example.com")
    status, body, _ = member.get(URL)
    assert status == 200
    assert body["items"] == [
        {"id": user.user.id, "email": user.user.email, "name": "", "avatar": None, "role": role}
        for user, role in ((owner, "owner"), (member, "member"), (granted, "granted"))
    ]
    assert body["total_items"] == 3
    assert [one["role"] for one in member.get(f"{URL}?per_page=1&page=2").json["items"]] == ["member"]


def test_a_member_comes_and_goes(owner: Client, outsider: Client, shop: str) -> None:
    assert outsider.get(URL).status == 404
    added = owner.post(URL, json={"user_id": outsider.user.id})
    assert (added.status, added.json["email"], added.json["role"]) == (201, "outsider@example.com", "member")
    assert outsider.get(URL).status == 200
    assert outsider.user.id in owner.get("/api/projects/shop").json["members"]
    assert owner.delete(f"{URL}/{outsider.user.id}").status == 204
    assert outsider.get(URL).status == 404
    assert owner.delete(f"{URL}/{outsider.user.id}").status == 404


@pytest.mark.parametrize(
    "body", [{}, {"user_id": None}, {"user_id": "x"}, {"user_id": new_id()}, {"user_id": {"$ne": 1}}, {"user_id": 1}]
)
def test_add_says_what_is_wrong(owner: Client, shop: str, body: dict[str, Any]) -> None:
    answer = owner.post(URL, json=body)
    assert (answer.status, set(answer.json["fields"])) == (422, {"user_id"})


def test_who_belongs_already_cannot_be_added(owner: Client, member: Client, shop: str) -> None:
    for user in (owner, member):
        answer = owner.post(URL, json={"user_id": user.user.id})
        assert (answer.status, answer.json["code"]) == (409, "already_member")


def test_a_member_is_added_once_whoever_races(owner: Client, outsider: Client, shop: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: owner.post(URL, json={"user_id": outsider.user.id}), range(8))
    assert sorted(answer.status for answer in answers) == [201] + [409] * 7
    assert owner.get("/api/projects/shop").json["members"].count(outsider.user.id) == 1


def test_members_do_not_change_members(member: Client, outsider: Client, root: Client, shop: str) -> None:
    assert member.post(URL, json={"user_id": outsider.user.id}).status == 403
    assert member.delete(f"{URL}/{member.user.id}").status == 403
    assert root.post(URL, json={"user_id": outsider.user.id}).status == 201
    assert root.delete(f"{URL}/{outsider.user.id}").status == 204


@pytest.mark.parametrize("user", ["0" * 24, "x", "$ne"])
def test_who_is_no_member_cannot_be_removed(owner: Client, shop: str, user: str) -> None:
    assert owner.delete(f"{URL}/{user}").status == 404
