from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from m3m_builtins.pipeline import code
from m3m_builtins.pipeline.documents import Branch, LastVersion, Release
from m3m_builtins.projects.documents import Project
from m3m_core.kernel import Kernel
from m3m_core.testing import Answer, Client, as_user

PIPELINE = "/api/projects/shop/pipeline"
BRANCHES = f"{PIPELINE}/branches"
DEVELOP = f"{BRANCHES}/develop"


def publish(owner: Client, branch: str = "develop", bump: str = "minor", tag: str = "stable") -> str:
    answer = owner.post(f"{PIPELINE}/releases", json={"branch": branch, "bump": bump, "tag": tag})
    assert answer.status == 201
    version: str = answer.json["version"]
    return version


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def test_a_new_project_has_develop_with_the_template(owner: Client) -> None:
    status, body, _ = owner.get(DEVELOP)
    assert status == 200
    assert body["code"] == code.template().main
    for part in (
        "service.boot(",
        "service.start(",
        "service.shutdown(",
        "router.get('/hello/:name'",
        "schedule.hourly(",
    ):
        assert part in body["code"]
    assert body["created_at"] == body["updated_at"]
    del body["code"], body["created_at"], body["updated_at"]
    assert body == {
        "name": "develop",
        "files": [],
        "revision": 1,
        "parent_branch": None,
        "created_from_release": None,
    }


def test_list_has_no_code_and_begins_with_develop(owner: Client) -> None:
    for name in ("b", "a"):
        owner.post(BRANCHES, json={"name": name})
    body = owner.get(BRANCHES).json
    assert [branch["name"] for branch in body["items"]] == ["develop", "b", "a"]
    assert {"code", "files"}.isdisjoint(body["items"][0])
    assert [branch["name"] for branch in owner.get(f"{BRANCHES}?page=3&per_page=1").json["items"]] == ["a"]


def test_create_copies_a_branch_or_a_release(owner: Client) -> None:
    owner.put(DEVELOP, json={"code": "first", "files": [{"name": "lib.js", "code": "lib"}]})
    publish(owner)
    owner.put(DEVELOP, json={"code": "second"})
    lib = [{"name": "lib.js", "code": "lib"}]
    for body, copied, parent, release in (
        ({"name": "a"}, "second", "develop", None),
        ({"name": "b", "from_branch": "a"}, "second", "a", None),
        ({"name": "c", "from_release": "0.1"}, "first", None, "0.1"),
        ({"name": "d", "from_branch": None, "from_release": None}, "second", "develop", None),
    ):
        status, branch, _ = owner.post(BRANCHES, json=body)
        assert (status, branch["code"], branch["files"], branch["revision"]) == (201, copied, lib, 1)
        assert (branch["parent_branch"], branch["created_from_release"]) == (parent, release)
        assert owner.get(f"{BRANCHES}/{branch['name']}").json == branch


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": ".a"}, "name"),
        ({"name": "a/b"}, "name"),
        ({"name": "a b"}, "name"),
        ({"name": "a\n"}, "name"),
        ({"name": "x" * 64}, "name"),
        ({"name": 1}, "name"),
        ({"name": "a", "from_branch": "nothing"}, "from_branch"),
        ({"name": "a", "from_release": "9.9"}, "from_release"),
        ({"name": "a", "from_release": "x"}, "from_release"),
        ({"name": "a", "from_branch": "develop", "from_release": "0.1"}, "from_release"),
        ({"name": "a", "code": ""}, "code"),
    ],
)
def test_create_says_what_is_wrong(owner: Client, body: dict[str, Any], field: str) -> None:
    answer = owner.post(BRANCHES, json=body)
    assert (answer.status, set(answer.json["fields"])) == (422, {field})


def test_a_name_belongs_to_one_branch_whoever_races(owner: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: owner.post(BRANCHES, json={"name": "a"}), range(8)))
    assert sorted(answer.status for answer in answers) == [201] + [409] * 7
    assert outcome(owner.post(BRANCHES, json={"name": "develop"})) == (409, "branch_exists")


def test_reset_takes_the_code_of_a_release(owner: Client) -> None:
    owner.put(DEVELOP, json={"code": "first", "files": [{"name": "a.js", "code": "a"}]})
    version = publish(owner)
    owner.put(DEVELOP, json={"code": "second", "files": []})
    status, body, _ = owner.post(f"{DEVELOP}/reset", json={"version": version})
    assert (status, body["code"], body["files"]) == (200, "first", [{"name": "a.js", "code": "a"}])
    assert body["revision"] == 4
    assert outcome(owner.put(DEVELOP, json={"code": "x", "revision": 3})) == (409, "stale_revision")


@pytest.mark.parametrize("body", [{}, {"version": "9.9"}, {"version": 0.1}, {"version": "$"}])
def test_reset_says_what_is_wrong(owner: Client, body: dict[str, Any]) -> None:
    answer = owner.post(f"{DEVELOP}/reset", json=body)
    assert (answer.status, set(answer.json["fields"])) == (422, {"version"})


def test_delete(owner: Client) -> None:
    owner.post(BRANCHES, json={"name": "a"})
    assert owner.delete(f"{BRANCHES}/a")[:2] == (204, None)
    assert owner.get(f"{BRANCHES}/a").status == 404
    assert outcome(owner.delete(DEVELOP)) == (409, "branch_protected")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", "", None), ("PUT", "", {"code": ""}), ("DELETE", "", None), ("POST", "/reset", {"version": "0.1"})],
)
def test_a_branch_that_is_not_there_is_404(owner: Client, method: str, path: str, body: Any) -> None:
    publish(owner)
    assert owner.request(method, f"{BRANCHES}/nothing{path}", json=body).status == 404


def test_branches_of_another_project_are_not_these(running: Kernel, owner: Client) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    owner.post("/api/projects/other/pipeline/branches", json={"name": "theirs"})
    owner.put("/api/projects/other/pipeline/branches/develop", json={"code": "theirs"})
    assert owner.get(f"{BRANCHES}/theirs").status == 404
    assert owner.get(DEVELOP).json["revision"] == 1
    assert owner.post(BRANCHES, json={"name": "a", "from_branch": "theirs"}).status == 422
    outsider = as_user(running, "outsider@example.com")
    assert outsider.get(DEVELOP).status == 404


def test_a_deleted_project_leaves_nothing(owner: Client, shop: Project) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    for slug in ("shop", "other"):
        body = {"branch": "develop", "bump": "minor", "tag": "stable"}
        owner.post(f"/api/projects/{slug}/pipeline/releases", json=body)
    owner.delete("/api/projects/shop")
    for document in (Branch, Release):
        assert document.objects(project_id=shop.id).count() == 0
        assert document.objects.count() == 1
    assert LastVersion.objects.count() == 1
