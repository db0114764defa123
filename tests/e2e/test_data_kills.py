"""SIGKILL while data is written in every way: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymongo
import pytest
from pymongo.database import Database

from m3m_core import Settings, mongod
from m3m_core.settings import Data
from m3m_core.testing import DATABASE, LiveServer, live_server

from .client import Project, sign_in, sign_up, until
from .dataload import MANY_ROWS, MODELS, REFUSED, ROWS, Writer, busy, content, listed, prepare, records, shape, writers
from .test_kills import CONFIG, HEALED, is_well, lives

pytestmark = pytest.mark.slow

KILLS = 3
"""Of each kind, at another moment each time; then of all processes at once."""


def database(server: LiveServer) -> Database[dict[str, Any]]:
    settings = Settings(data=Data(server.folder / "data"))
    return pymongo.MongoClient[dict[str, Any]](mongod.uri(settings))[DATABASE]


def kill_all(server: LiveServer) -> None:
    stored = database(server)
    with stored.client:  # a killed database counts what was written since its last checkpoint wrongly
        stored.client.admin.command("fsync")
    time.sleep(0.1)
    server.kill_all()


def start_again(server: LiveServer, project: Project) -> None:
    server.start()
    project._admin = sign_in(server)
    until(lambda: is_well(server, project), HEALED)


def check_acknowledged(project: Project, load: dict[str, Writer]) -> None:
    """What may be asked at any time: all that was acknowledged, and no batch by half."""
    batches = Counter(each["load"] for each in records(project, "rows"))
    assert set(batches.values()) <= {ROWS}
    assert set(load["batch"].done) <= set(batches)
    assert set(load["service record"].done) <= {each["n"] for each in records(project, "single")}
    (counter,) = records(project, "counters")
    assert len(load["service counter"].done) <= counter["n"] <= load["service counter"].tried
    hits = project.ask("GET", "/goals")["items"][0]["id"]
    counted = project._admin.ask("GET", f"/goals/stats?goal_ids={hits}&group_by=total")["goals"][0]["total"]
    both = load["goal"], load["service goal"]
    assert sum(len(each.done) for each in both) <= counted <= sum(each.tried for each in both)


def check_lists(project: Project) -> None:
    """The pages of a list hold what an export holds."""
    for model in MODELS:
        assert by_id(listed(project, model)) == by_id(records(project, model))


def by_id(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda each: str(each["id"]))


def check_files(folder: Path, load: dict[str, Writer]) -> None:
    names = {path.name for path in (folder / "storage/up").iterdir()}
    assert {f"{number}.bin" for number in load["upload"].done} <= names
    for name in names:
        assert (folder / "storage/up" / name).read_bytes() == content(int(name.removesuffix(".bin")))
    written = {path.stem: path.read_text() for path in (folder / "storage/written").iterdir()}
    assert {str(number) for number in load["service file"].done} <= written.keys()
    assert all(text == name * 20000 for name, text in written.items())


def check_nothing_half(server: LiveServer, project: Project, load: dict[str, Writer]) -> None:
    """After a start of the server."""
    imports = Counter(each["load"] for each in records(project, "imported"))
    assert set(imports.values()) <= {MANY_ROWS}
    assert set(load["import"].done) <= set(imports)
    (now,) = {each["load"] for each in records(project, "changed")}
    assert now >= max(load["upsert"].done)
    assert len(records(project, "changed")) == MANY_ROWS
    kind = project.ask("GET", "/models/shapes")["fields"][0]["type"]
    if load["shape"].tried - 1 in load["shape"].done:  # the last change was acknowledged, so nothing came after it
        assert kind == shape(load["shape"].tried)["type"]
    wanted = {"string": str, "number": int}[kind]
    shapes = records(project, "shapes")
    assert sorted(int(each["v"]) for each in shapes) == list(range(MANY_ROWS))
    assert {type(each["v"]) for each in shapes} == {wanted}
    home = server.folder / "storage" / project.made["id"]
    assert list((home / "tmp").iterdir()) == []
    check_files(home, load)


def check_no_orphan(server: LiveServer) -> None:
    stored = database(server)
    with stored.client:
        models = list(stored["models"].find())
        assert [model["slug"] for model in models if model["pending"]] == []
        collections = {f"data_{model['project_id']}_{model['slug']}" for model in models}
        assert {name for name in stored.list_collection_names() if name.startswith("data_")} == collections
        assert stored["record_imports"].count_documents({}) == 0
        assert stored["record_imports_before"].count_documents({}) == 0


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[LiveServer, Project, dict[str, Writer]]]:
    """What one kill left behind is there at the next."""
    with live_server(CONFIG) as server:
        project = Project(sign_up(server), auto_start=True)
        prepare(project)
        yield server, project, writers(project)


def kill(server: LiveServer, kind: str, chance: random.Random) -> None:
    pid = chance.choice(server.pids()[kind])
    os.kill(pid, signal.SIGKILL)
    until(lambda: not lives(pid))
    time.sleep(chance.random() * 0.2)


@pytest.mark.parametrize("kind", ["front", "runner", "mongod"])
def test_nothing_is_lost_and_nothing_is_half(stage: tuple[LiveServer, Project, dict[str, Writer]], kind: str) -> None:
    (server, project, load), chance = stage, random.Random(kind)
    for _ in range(KILLS):
        with busy(load):
            time.sleep(chance.random() * 0.3)
            kill(server, kind, chance)
        until(lambda: is_well(server, project), HEALED)
        check_acknowledged(project, load)
        check_lists(project)
    with busy(load):
        time.sleep(chance.random() * 0.3)
        kill_all(server)
    start_again(server, project)
    check_acknowledged(project, load)
    check_lists(project)
    check_nothing_half(server, project, load)
    check_no_orphan(server)
    for writer in load.values():
        # A service that does not catch the error of a database that is away answers 500.
        surprises = writer.statuses - {200, 201} - REFUSED
        assert surprises <= ({500} if writer.name.startswith("service") else set()), writer.name
