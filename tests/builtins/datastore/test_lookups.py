"""What a request about records asks the database: who asks, project and model in one go, and then the records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from m3m_core.kernel import Kernel
from m3m_core.testing import Client, as_user

MODELS = "/api/projects/shop/models"


@pytest.fixture
def orders(owner: Client) -> Client:
    fields = [{"key": "title", "type": "string"}]
    assert owner.post(MODELS, json={"name": "Orders", "slug": "orders", "fields": fields}).status == 201
    assert owner.post(f"{MODELS}/orders/data", json={"title": "first"}).status == 201
    return owner


@contextmanager
def questions(running: Kernel) -> Iterator[list[dict[str, Any]]]:
    """What the database is asked meanwhile."""
    database, asked = running.db.get(), list[dict[str, Any]]()
    database.drop_collection("system.profile")
    database.command("profile", 2)
    try:
        yield asked
    finally:
        database.command("profile", 0)
        asked += database["system.profile"].find({"op": {"$in": ["query", "command"]}, "command.profile": None})
        database.drop_collection("system.profile")


@pytest.mark.parametrize("path", ["data?skip_total=true", "data?filter=title='first'&skip_total=true"])
def test_a_list_asks_twice(running: Kernel, orders: Client, path: str) -> None:
    with questions(running) as asked:
        assert len(orders.get(f"{MODELS}/orders/{path}").json["items"]) == 1
    assert [each["ns"].partition(".")[2].partition("_")[0] for each in asked] == ["sessions", "data"]


def test_a_model_is_found_by_slug_and_id_and_only_in_its_project(running: Kernel, orders: Client) -> None:
    model_id = orders.get(f"{MODELS}/orders").json["id"]
    other = as_user(running, "other@example.com", create_projects=True)
    assert other.post("/api/projects", json={"name": "Other", "slug": "other"}).status == 201
    for project in ("shop", orders.project_id):  # type: ignore[attr-defined]
        for model in ("orders", model_id):
            assert orders.get(f"/api/projects/{project}/models/{model}/data").json["total_items"] == 1
    for model in ("orders", model_id):
        assert other.get(f"/api/projects/other/models/{model}/data").json["code"] == "model_not_found"
        assert other.get(f"{MODELS}/{model}/data").json["code"] == "not_found"


def test_a_change_of_a_model_shows_at_once(orders: Client) -> None:
    model = orders.get(f"{MODELS}/orders").json
    assert orders.get(f"{MODELS}/orders/data").json["items"][0].keys() >= {"title"}
    model["fields"].append({"key": "city", "type": "string", "default_value": "Riga"})
    changed = orders.put(f"{MODELS}/orders", json={"fields": model["fields"], "revision": model["revision"]})
    assert changed.status == 200, changed.json
    assert "city" in orders.get(f"{MODELS}/orders/data").json["items"][0]
