"""What a start runs, and what it makes active."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from m3m_builtins.pipeline.service import PipelineService
from m3m_builtins.projects.documents import Project
from m3m_builtins.projects.service import ProjectService
from m3m_core import Conflict, Context, Invalid, Manifest, NotFound, RunSource, hookimpl
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, kernel

PIPELINE = "/api/projects/shop/pipeline"
ACTIVATED: list[tuple[str, str]] = []


def listener() -> ModuleType:
    module: Any = ModuleType("listener")
    module.manifest = Manifest("listener", "1.0.0", "Hears of activated releases.", requires=("pipeline",))

    @hookimpl
    def m3m_release_activated(ctx: Context, project: Project, version: str) -> None:
        ACTIVATED.append((project.slug, version))

    module.m3m_release_activated = m3m_release_activated
    made: ModuleType = module
    return made


@pytest.fixture
def running() -> Iterator[Kernel]:
    ACTIVATED.clear()
    with kernel(["pipeline", listener()]) as started:
        yield started


@pytest.fixture
def released(owner: Client) -> None:
    """Releases 0.1 stable, 0.2 hot-fix, 0.3 stable, each with code of its own."""
    for number, tag in ((1, "stable"), (2, "hot-fix"), (3, "stable")):
        owner.put(f"{PIPELINE}/branches/develop", json={"code": f"code {number}"})
        owner.post(f"{PIPELINE}/releases", json={"branch": "develop", "bump": "minor", "tag": tag})


def test_a_branch_runs_as_it_is_now(owner: Client, shop: Project, pipeline: PipelineService) -> None:
    files = [{"name": "lib/a.js", "code": "a"}]
    owner.put(f"{PIPELINE}/branches/develop", json={"code": "draft", "files": files})
    source, code = pipeline.source_of(shop, branch="develop")
    assert source == RunSource("branch", "develop")
    assert source.is_debug
    assert dict(code) == {"main": "draft", "lib/a.js": "a"}
    assert next(iter(code)) == "main"


@pytest.mark.usefixtures("released")
def test_a_release_runs_as_it_was_published(shop: Project, pipeline: PipelineService) -> None:
    source, code = pipeline.source_of(shop, version="0.2")
    assert (source, dict(code)) == (RunSource("release", "0.2", "hot-fix"), {"main": "code 2"})


@pytest.mark.usefixtures("released")
def test_without_a_choice_the_active_release_runs(owner: Client, shop: Project, pipeline: PipelineService) -> None:
    with pytest.raises(Conflict, match="Publish one") as refused:
        pipeline.source_of(shop)
    assert refused.value.code == "no_active_release"
    owner.post(f"{PIPELINE}/releases/0.1/activate")
    assert pipeline.source_of(shop)[0] == RunSource("release", "0.1", "stable")


@pytest.mark.parametrize("choice", [{"version": "9.9"}, {"version": ""}, {"branch": "nothing"}, {"branch": ""}])
def test_what_is_not_there_cannot_run(shop: Project, pipeline: PipelineService, choice: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        pipeline.source_of(shop, **choice)


def test_a_version_and_a_branch_are_too_much(shop: Project, pipeline: PipelineService) -> None:
    with pytest.raises(Invalid):
        pipeline.source_of(shop, version="0.1", branch="develop")


@pytest.mark.usefixtures("released")
def test_starting_makes_active_what_is_stable_or_the_first(
    shop: Project, pipeline: PipelineService, projects: ProjectService
) -> None:
    for choice, active in (
        ({"branch": "develop"}, None),
        ({"version": "0.2"}, "0.2"),
        ({"version": "0.1"}, "0.1"),
        ({"version": "0.2"}, "0.1"),
        ({"branch": "develop"}, "0.1"),
        ({"version": "0.3"}, "0.3"),
        ({"version": "0.3"}, "0.3"),
    ):
        pipeline.on_started(shop, pipeline.source_of(shop, **choice)[0])
        assert projects.get(shop.id).active_release == active
    assert ACTIVATED == [("shop", "0.2"), ("shop", "0.1"), ("shop", "0.3")]
    pipeline.on_started(shop, pipeline.source_of(shop, "0.1")[0], restored=True)
    assert projects.get(shop.id).active_release == "0.3"


@pytest.mark.usefixtures("released")
def test_activation_is_announced_once(owner: Client) -> None:
    for version in ("0.1", "0.1", "0.2"):
        owner.post(f"{PIPELINE}/releases/{version}/activate")
    assert ACTIVATED == [("shop", "0.1"), ("shop", "0.2")]
