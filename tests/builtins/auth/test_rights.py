"""Rights: who grants what, and what happens when two change them at once."""

from __future__ import annotations

import pytest

from m3m_builtins.auth.service import AuthService
from m3m_core import Conflict
from m3m_core.actors import SYSTEM
from m3m_core.kernel import Kernel
from m3m_core.testing import PASSWORD, Answer, Client, as_user

NEW = {"email": "bob@example.com", "password": PASSWORD}


def url(client: Client) -> str:
    return f"/api/users/{client.user.id}"


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


@pytest.mark.parametrize("right", ["create_projects", "manage_users"])
def test_nobody_grants_a_right_that_they_lack(root: Client, manager: Client, ann: Client, right: str) -> None:
    granted = {"permissions": {right: True}}
    expected = (200, 201) if right == "manage_users" else (403, 403)
    answers = manager.put(url(ann), json=granted), manager.post("/api/users", json=NEW | granted)
    assert tuple(answer.status for answer in answers) == expected
    if right == "create_projects":
        assert {answer.json["code"] for answer in answers} == {"cannot_grant"}
        assert outcome(manager.put(url(manager), json=granted)) == (403, "cannot_grant")


def test_a_right_that_a_user_has_may_stay_and_be_taken(root: Client, manager: Client, ann: Client) -> None:
    root.put(url(ann), json={"permissions": {"create_projects": True}})
    kept = manager.put(url(ann), json={"permissions": {"create_projects": True}, "name": "Ann"})
    assert (kept.status, kept.json["permissions"]["create_projects"]) == (200, True)
    taken = manager.put(url(ann), json={"permissions": {"create_projects": False}})
    assert (taken.status, taken.json["permissions"]["create_projects"]) == (200, False)


def test_access_is_granted_to_projects_that_one_sees(running: Kernel, root: Client, ann: Client) -> None:
    maker = as_user(running, "maker@example.com", create_projects=True, manage_users=True)
    own = maker.post("/api/projects", json={"name": "Own", "slug": "own"}).json["id"]
    other = root.post("/api/projects", json={"name": "Other", "slug": "other"}).json["id"]
    refused = maker.put(url(ann), json={"permissions": {"project_access": [own, other]}})
    assert set(refused.json["fields"]) == {"permissions.project_access"}
    assert other in refused.json["fields"]["permissions.project_access"]["message"]
    assert outcome(maker.put(url(maker), json={"permissions": {"project_access": [other]}})) == (
        422,
        "validation_failed",
    )
    granted = maker.put(url(ann), json={"permissions": {"project_access": [own, own]}})
    assert granted.json["permissions"]["project_access"] == [own]
    assert ann.get("/api/projects/own").status == 200
    root.put(url(ann), json={"permissions": {"project_access": [own, other]}})
    kept = maker.put(url(ann), json={"permissions": {"project_access": [other]}})
    assert kept.json["permissions"]["project_access"] == [other]
    assert ann.get("/api/projects/own").status == 404


@pytest.mark.parametrize(
    "wanted", [{"create_projects": True}, {"manage_users": True}, {"create_projects": True, "manage_users": False}]
)
def test_a_right_that_is_taken_away_in_the_same_moment_does_not_come_back(
    auth: AuthService, root: Client, ann: Client, wanted: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    root.put(url(ann), json={"permissions": {"create_projects": True}})
    as_read = auth.users.get(ann.user.id)
    root.put(url(ann), json={"permissions": {"create_projects": False}})
    monkeypatch.setattr(auth.users, "_changeable", lambda *_: as_read)
    changed = auth.users.update(SYSTEM, ann.user.id, {"permissions": wanted}).permissions
    assert (changed.create_projects, changed.manage_users) == (False, wanted.get("manage_users", False))


def test_access_that_changes_in_the_same_moment_is_not_written_over(
    auth: AuthService, root: Client, ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (root.post("/api/projects", json={"name": slug, "slug": slug}).json["id"] for slug in ("one", "two"))
    root.put(url(ann), json={"permissions": {"project_access": [one]}})
    as_read = auth.users.get(ann.user.id)
    root.put(url(ann), json={"permissions": {"project_access": []}})
    monkeypatch.setattr(auth.users, "_changeable", lambda *_: as_read)
    with pytest.raises(Conflict):
        auth.users.update(SYSTEM, ann.user.id, {"permissions": {"project_access": [one, two]}})
    assert ann.get("/api/users/me").json["permissions"]["project_access"] == []
