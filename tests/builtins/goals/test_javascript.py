"""`goals` as a service has it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gevent
import pytest
from pymongo.errors import AutoReconnect

from m3m_builtins.goals import jsmodule, stats
from m3m_core import ScriptError
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, JSRun, run_js


@pytest.fixture
def js(running: Kernel, shop: str) -> Iterator[JSRun]:
    with run_js(within=running, project_id=shop, slug="shop") as started:
        yield started


def test_increment(js: JSRun, owner: Client, orders: dict[str, Any], visits: dict[str, Any]) -> None:
    assert js.value("goals.increment('orders')") == 1
    assert js.value("$goals.increment('shop-orders', 5)") == 6
    assert js.value("goals.incrementAsync('orders', -2)") == 4
    assert js.value("[goals.increment('visits', undefined), goals.increment('visits', 0)]") == [1, 1]
    report = owner.get("/api/goals/stats", params={"project_id": "shop"}).json
    assert {goal["slug"]: goal["total"] for goal in report["goals"]} == {"shop-orders": 4, "visits": 1}


def test_get_and_list(js: JSRun, orders: dict[str, Any], visits: dict[str, Any]) -> None:
    js.run("goals.increment('orders', 3)")
    expected = {
        "id": orders["id"],
        "slug": "orders",
        "name": "Orders",
        "type": "daily_counter",
        "color": None,
        "description": "",
        "isGlobal": False,
        "value": 3,
    }
    assert js.value("goals.get('shop-orders')") == js.value("goals.getAsync('orders')") == expected
    listed = js.value("goals.listAsync()")
    assert [(goal["slug"], goal["isGlobal"], goal["value"]) for goal in listed] == [
        ("orders", False, 3),
        ("visits", True, 0),
    ]


def test_stats(js: JSRun, orders: dict[str, Any], visits: dict[str, Any]) -> None:
    js.run("goals.increment('orders', 3); goals.increment('visits', 2)")
    found = js.value("goals.stats('orders')")
    assert found["total"] == 3
    assert [point["value"] for point in found["points"]] == [0, 0, 0, 0, 0, 0, 3]
    assert len(js.value("goals.statsAsync('orders', 30)")["points"]) == 30
    assert js.value("goals.stats('visits')") == {"total": 2, "points": []}


def test_an_unknown_goal_is_told_with_the_known_ones(js: JSRun, orders: dict[str, Any], visits: dict[str, Any]) -> None:
    with pytest.raises(ScriptError, match=r'there is no goal "order".*there are: orders, visits') as caught:
        js.run("\ngoals.increment('order')")
    assert (caught.value.name, caught.value.code, caught.value.line) == ("NotFound", "not_found", 2)


@pytest.mark.parametrize(
    "call",
    [
        "goals.increment('orders', 1.5)",
        "goals.increment('orders', '1')",
        "goals.increment('orders', NaN * 1e400 || 2 ** 53)",
        "goals.increment('orders', true)",
        "goals.increment({})",
        "goals.get()",
        "goals.stats('orders', 0)",
        "goals.stats('orders', 1101)",
        "goals.stats('orders', 'week')",
    ],
)
def test_wrong_arguments(js: JSRun, orders: dict[str, Any], call: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(call)
    assert caught.value.name in ("Invalid", "TypeError")


def test_goals_of_others_are_not_there(
    js: JSRun, root: Client, outsider: Client, visits: dict[str, Any], other: str
) -> None:
    outsider.post("/api/projects/other/goals", json={"name": "x", "slug": "theirs", "type": "counter"})
    root.put("/api/goals/visits", json={"allowed_projects": [other]})
    for slug in ("theirs", "other-theirs", "visits"):
        with pytest.raises(ScriptError, match="there are: none yet"):
            js.value(f"goals.increment('{slug}')")


def test_goals_are_looked_up_now_and_then(
    js: JSRun, owner: Client, orders: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    js.run("goals.increment('orders')")
    monkeypatch.setattr(jsmodule, "KEEP_SECONDS", 0)
    owner.post("/api/projects/shop/goals", json={"name": "New", "slug": "new", "type": "counter"})
    assert js.value("goals.increment('new')") == 1  # one that is not known yet is looked for at once
    owner.delete("/api/projects/shop/goals/new")
    with pytest.raises(ScriptError, match="there is no goal"):
        js.value("goals.increment('new')")


def test_the_database_is_away(js: JSRun, orders: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise AutoReconnect("connection to 10.0.0.1 refused")

    monkeypatch.setattr(stats, "_stats", away)
    with pytest.raises(ScriptError, match=r"^the database is not available right now$") as caught:
        js.value("goals.increment('orders')")
    assert (caught.value.name, caught.value.code) == ("Unavailable", "database_unavailable")


def test_code_and_api_at_once_lose_nothing(js: JSRun, with_key: Client, orders: dict[str, Any]) -> None:
    def ask() -> int:
        status: int = with_key.post("/api/goals/orders/increment", json={}).status
        return status

    js.run("globalThis.all = () => Promise.all(Array.from({ length: 50 }, () => goals.incrementAsync('orders')))")
    with ThreadPoolExecutor(10) as pool:
        asked = [pool.submit(ask) for _ in range(50)]
        counted = js.value("all()")
        while not all(future.done() for future in asked):
            gevent.sleep(0.005)
    assert [future.result() for future in asked] == [200] * 50
    assert len(set(counted)) == 50
    assert js.value("goals.get('orders').value") == 100
