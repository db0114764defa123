from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from m3m_builtins.pipeline.service import PipelineService
from m3m_builtins.projects.documents import Project
from m3m_builtins.projects.service import ProjectService
from m3m_core import RunSource
from m3m_core.testing import Answer, Client

PIPELINE = "/api/projects/shop/pipeline"
RELEASES = f"{PIPELINE}/releases"
DEVELOP = f"{PIPELINE}/branches/develop"
BODY = {"branch": "develop", "bump": "minor", "tag": "stable"}


def publish(owner: Client, **change: Any) -> Answer:
    return owner.post(RELEASES, json=BODY | change)


def versions(owner: Client) -> list[str]:
    return [release["version"] for release in owner.get(RELEASES).json["items"]]


def test_publish_answers_with_the_release(owner: Client) -> None:
    owner.put(DEVELOP, json={"code": "one", "files": [{"name": "a.js", "code": "a"}]})
    status, body, _ = publish(owner, comment="first\nrelease")
    assert status == 201
    assert body.pop("created_at").endswith("Z")
    assert body == {
        "version": "0.1",
        "branch": "develop",
        "tag": "stable",
        "comment": "first\nrelease",
        "is_active": False,
        "is_running": False,
        "created_by": owner.user.id,
        "code": "one",
        "files": [{"name": "a.js", "code": "a"}],
    }
    shown = owner.get(f"{RELEASES}/0.1").json
    assert {key: shown[key] for key in body} == body


@pytest.mark.parametrize(
    ("bumps", "expected"),
    [
        (["minor"], ["0.1"]),
        (["major"], ["1.0"]),
        (["minor", "minor", "major", "minor", "major"], ["0.1", "0.2", "1.0", "1.1", "2.0"]),
        (["major"] + ["minor"] * 11, ["1.0", *(f"1.{number}" for number in range(1, 12))]),
    ],
)
def test_versions_count_up(owner: Client, bumps: Sequence[str], expected: list[str]) -> None:
    assert [publish(owner, bump=bump).json["version"] for bump in bumps] == expected
    assert versions(owner) == expected[::-1]


def test_a_version_never_comes_back(owner: Client) -> None:
    for _ in range(2):
        publish(owner)
    assert owner.delete(f"{RELEASES}/0.2").status == 204
    assert publish(owner).json["version"] == "0.3"
    assert owner.delete(f"{RELEASES}/0.3").status == 204
    assert publish(owner, bump="major").json["version"] == "1.0"


def test_the_list_tells_the_numbers_that_come_next(owner: Client) -> None:
    def told() -> dict[str, str]:
        numbers: dict[str, str] = owner.get(RELEASES).json["next_versions"]
        return numbers

    assert told() == {"minor": "0.1", "major": "1.0"}
    for bump in ("major", "minor"):
        assert publish(owner, bump=bump).json["version"] in ("1.0", "1.1")
    assert told() == {"minor": "1.2", "major": "2.0"}
    assert owner.delete(f"{RELEASES}/1.1").status == 204
    assert told() == {"minor": "1.2", "major": "2.0"}
    assert publish(owner).json["version"] == "1.2"


def test_many_who_publish_at_once_get_versions_of_their_own(owner: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: publish(owner), range(24)))
    assert {answer.status for answer in answers} == {201}
    assert {answer.json["version"] for answer in answers} == {f"0.{number}" for number in range(1, 25)}


def test_code_of_a_release_never_changes(owner: Client) -> None:
    owner.put(DEVELOP, json={"code": "one"})
    publish(owner)
    owner.put(DEVELOP, json={"code": "two"})
    assert owner.get(f"{RELEASES}/0.1").json["code"] == "one"
    for method in ("PUT", "PATCH", "POST"):
        assert owner.request(method, f"{RELEASES}/0.1", json={"code": "x"}).status == 405


@pytest.mark.parametrize("tag", ["stable", "hot-fix", "night-build", "develop"])
def test_tags(owner: Client, tag: str) -> None:
    assert publish(owner, tag=tag).json["tag"] == tag


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"branch": "nothing"}, "branch"),
        ({"branch": 1}, "branch"),
        ({"bump": "patch"}, "bump"),
        ({"bump": None}, "bump"),
        ({"tag": "beta"}, "tag"),
        ({"tag": ""}, "tag"),
        ({"comment": "x" * 2001}, "comment"),
        ({"version": "7.0"}, "version"),
        ({"code": "x"}, "code"),
    ],
)
def test_publish_says_what_is_wrong(owner: Client, change: dict[str, Any], field: str) -> None:
    answer = publish(owner, **change)
    assert (answer.status, set(answer.json["fields"])) == (422, {field})
    assert versions(owner) == []
    assert publish(owner).json["version"] == "0.1"


def test_publish_names_every_missing_field(owner: Client) -> None:
    assert set(owner.post(RELEASES, json={}).json["fields"]) == {"branch", "bump", "tag"}


def test_list_is_paged_and_has_no_code(owner: Client) -> None:
    for _ in range(3):
        publish(owner)
    body = owner.get(f"{RELEASES}?per_page=2&page=2").json
    assert [release["version"] for release in body["items"]] == ["0.1"]
    assert (body["total_items"], body["total_pages"]) == (3, 2)
    assert {"code", "files"}.isdisjoint(body["items"][0])


@pytest.mark.parametrize("version", ["0.2", "1", "x", "01.1", "0.1.0", "0.1%0A", "-0.1", "9" * 20 + ".0", "$ne"])
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("DELETE", ""), ("POST", "/activate")])
def test_a_release_that_is_not_there_is_404(owner: Client, version: str, method: str, path: str) -> None:
    publish(owner)
    assert owner.request(method, f"{RELEASES}/{version}{path}").status == 404


def test_releases_of_another_project_are_not_these(owner: Client) -> None:
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    owner.post("/api/projects/other/pipeline/releases", json=BODY)
    assert versions(owner) == []
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/activate")):
        assert owner.request(method, f"{RELEASES}/0.1{path}").status == 404
    assert owner.post(f"{DEVELOP}/reset", json={"version": "0.1"}).status == 422


def test_activate_shows_one_active_release_everywhere(owner: Client) -> None:
    for _ in range(3):
        publish(owner)
    for version in ("0.2", "0.3", "0.3"):
        status, body, _ = owner.post(f"{RELEASES}/{version}/activate")
        assert (status, body["version"], body["is_active"]) == (200, version, True)
        assert owner.get("/api/projects/shop").json["active_release"] == version
        active = [release["version"] for release in owner.get(RELEASES).json["items"] if release["is_active"]]
        assert active == [version]
        assert owner.get(f"{RELEASES}/{version}").json["is_active"]


def test_the_active_release_cannot_be_deleted(owner: Client) -> None:
    for _ in range(2):
        publish(owner)
    owner.post(f"{RELEASES}/0.1/activate")
    answer = owner.delete(f"{RELEASES}/0.1")
    assert (answer.status, answer.json["code"]) == (409, "release_active")
    owner.post(f"{RELEASES}/0.2/activate")
    assert owner.delete(f"{RELEASES}/0.1").status == 204


@pytest.mark.parametrize("status", ["starting", "running", "stopping"])
def test_a_running_release_is_shown_and_cannot_be_deleted(
    owner: Client, shop: Project, projects: ProjectService, status: str
) -> None:
    for _ in range(2):
        publish(owner)
    projects.set_run_state(shop.id, status, RunSource("release", "0.1", "stable"))
    shown = {release["version"]: release["is_running"] for release in owner.get(RELEASES).json["items"]}
    assert shown == {"0.1": True, "0.2": False}
    answer = owner.delete(f"{RELEASES}/0.1")
    assert (answer.status, answer.json["code"]) == (409, "release_running")
    projects.set_run_state(shop.id, "stopped", None)
    assert owner.delete(f"{RELEASES}/0.1").status == 204


def test_a_branch_named_like_a_version_is_no_release(owner: Client, shop: Project, projects: ProjectService) -> None:
    publish(owner)
    projects.set_run_state(shop.id, "running", RunSource("branch", "0.1"))
    assert not owner.get(f"{RELEASES}/0.1").json["is_running"]
    assert owner.delete(f"{RELEASES}/0.1").status == 204


def test_a_release_is_activated_or_deleted_never_both(owner: Client) -> None:
    def attempt(number: int) -> int:
        if number % 2:
            return owner.post(f"{RELEASES}/{version}/activate").status
        return owner.delete(f"{RELEASES}/{version}").status

    for _ in range(4):
        version = publish(owner).json["version"]
        with ThreadPoolExecutor(8) as pool:
            statuses = set(pool.map(attempt, range(8)))
        assert statuses <= {200, 204, 404, 409}
        is_active = owner.get("/api/projects/shop").json["active_release"] == version
        assert owner.get(f"{RELEASES}/{version}").status == (200 if is_active else 404)


def test_delete_after_a_crash_in_the_middle(
    owner: Client, shop: Project, projects: ProjectService, pipeline: PipelineService
) -> None:
    """Retired, and still there."""
    publish(owner)
    projects.retire_release(shop.id, "0.1")
    answer = owner.post(f"{RELEASES}/0.1/activate")
    assert (answer.status, answer.json["code"]) == (409, "release_deleted")
    pipeline.on_started(shop, RunSource("release", "0.1", "stable"))
    assert projects.get(shop.id).active_release is None
    assert owner.delete(f"{RELEASES}/0.1").status == 204
