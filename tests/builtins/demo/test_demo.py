"""`m3m demo`: what it loads, twice, and the shop that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from m3m_builtins.demo import data
from m3m_builtins.demo.service import CODE
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, JSRun, as_user, kernel, run_js

NOBODY = SimpleNamespace(ping=lambda: False, notify=lambda *_: None)
"""In place of a server that runs."""


@pytest.fixture(scope="module")
def loaded() -> Iterator[tuple[Kernel, Client]]:
    with kernel(["demo", "router", "schedule", "service", "logger"], runs=NOBODY) as running:
        root = as_user(running, root=True)
        assert running.host.context("demo").service.load() is False
        yield running, root


@pytest.fixture
def shop(loaded: tuple[Kernel, Client]) -> Iterator[JSRun]:
    running, root = loaded
    project = root.get("/api/projects/demo").json
    with run_js(code=CODE.read_text(), within=running, project_id=project["id"], slug="demo") as js:
        yield js


def everything(root: Client) -> dict[str, Any]:
    base = "/api/projects/demo"
    return {
        "env": {each["key"]: each["value"] for each in root.get(f"{base}/env").json["items"]},
        "files": [(each["name"], each["size"]) for each in root.get(f"{base}/storage").json["items"]],
        "goals": [each["slug"] for each in root.get(f"{base}/goals").json["items"]],
        "stats": root.get("/api/goals/stats?project_id=demo&group_by=total").json["goals"],
        **{
            slug: root.get(f"{base}/models/{slug}/data?per_page=1").json["total_items"]
            for slug in ("customers", "orders")
        },
        "releases": [each["version"] for each in root.get(f"{base}/pipeline/releases").json["items"]],
    }


def test_it_loads_everything(loaded: tuple[Kernel, Client]) -> None:
    found = everything(loaded[1])
    assert found["customers"] == data.CUSTOMERS
    assert found["orders"] >= data.ORDERS  # the service that runs takes orders, too
    assert found["env"].keys() == {key for key, _, _ in data.ENVIRONMENT}
    assert [name for name, _ in found["files"]] == ["about.txt", "lamps.png", "warranty.html"]
    assert found["goals"] == ["demo-orders", "demo-visits"]
    assert all(len(each["points"]) == 0 or each["total"] > 500 for each in found["stats"])
    assert len(found["releases"]) == 1


def test_again_it_changes_nothing(loaded: tuple[Kernel, Client]) -> None:
    running, root = loaded
    root.put("/api/projects/demo/env/SHOP_NAME", json={"value": "Mine"})
    before = everything(root)
    running.host.context("demo").service.load()
    assert everything(root) == before
    assert before["env"]["SHOP_NAME"] == "Mine"


def test_what_is_missing_comes_back(loaded: tuple[Kernel, Client]) -> None:
    running, root = loaded
    root.delete("/api/projects/demo/env/OPEN")
    root.delete("/api/projects/demo/storage/about.txt")
    root.delete("/api/projects/demo/models/orders")
    running.host.context("demo").service.load()
    found = everything(root)
    assert found["orders"] == data.ORDERS
    assert found["env"]["OPEN"] is True
    assert len(found["files"]) == 3


def test_the_shop(shop: JSRun) -> None:
    page = shop.request("GET", "/")
    assert page.status == 200
    assert b"<h2>Visits today</h2>" in page.json
    assert page.json.count(b"<tr>") == 12


@pytest.mark.parametrize("path", ["/orders", "/orders?search=lamp&page=2", "/?search=(gift", "/stats", "/hello/you"])
def test_its_pages(shop: JSRun, path: str) -> None:
    assert shop.request("GET", path).status == 200


def test_an_order(shop: JSRun) -> None:
    before = shop.value("goals.get('orders').value")
    made = shop.request("POST", "/orders", json={"product": "Spot", "count": 2})
    assert (made.status, made.json["total"], made.json["state"]) == (201, 72.9, "new")
    assert shop.value("goals.get('orders').value") == before + 1
    assert shop.request("GET", f"/orders/{made.json['id']}").json["expand"]["customer"]["vip"] is True
    assert shop.request("POST", "/orders", json={"product": "Sofa", "count": 1}).status == 422
    assert shop.request("GET", f"/customers/{made.json['customer']}").json["orders"][0]["id"] == made.json["id"]


@pytest.mark.parametrize(
    ("path", "kind", "begin"),
    [("/picture", "image/png", b"\x89PNG"), ("/warranty", "text/html; charset=utf-8", b"<!doctype html>")],
)
def test_its_files(shop: JSRun, path: str, kind: str, begin: bytes) -> None:
    answer = shop.request("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.json.startswith(begin)
    again = shop.request("GET", path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status, again.json) == (304, None)
