"""A scene: what is photographed, and how the API is made to answer for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Route

Act = Callable[[Page], Any]

ERRORS = {
    500: {"error": "Something went wrong on the server.", "code": "internal_error"},
    403: {"error": "You may not do this here.", "code": "forbidden"},
}

OFF_REASON = "it could not be imported: ModuleNotFoundError: No module named 'almanac'"


def nothing(_page: Page) -> None:
    pass


@dataclass(frozen=True)
class Scene:
    """`before` is done before the page is opened, `act` after it has settled.

    `{project}` in an address is a project with everything in it (see `world.py`), `{empty}` one with nothing, `{long}`
    one with the longest names, `{demo}` that of `m3m demo`. `user` is a user of `world.py`, or empty: nobody.
    """

    name: str
    path: str
    act: Act = nothing
    before: Act = nothing
    user: str = "root"
    locale: str = "en-US"
    settles: bool = True
    """Not when an answer never comes."""
    end: bool = False
    """The end of the page is shown, in each window."""


# ---- for `before` ----------------------------------------------------------------------------------------------------


def _asks(part: str) -> Callable[[str], bool]:
    return lambda url: "/api/" in url and part in url.partition("/api/")[2]


def failing(part: str, status: int = 500) -> Act:
    """Whatever has this in its address fails."""
    body = ERRORS[status] | {"request_id": "5f0c3b1e9a7d2468"}
    return lambda page: page.route(_asks(part), lambda route: route.fulfill(status=status, json=body))


def waiting(part: str) -> Act:
    """Whatever has this in its address is never answered."""
    return lambda page: page.route(_asks(part), lambda route: None)


def refused(page: Page) -> None:
    """The whole API fails, but for the session and the state of a project."""

    def fail(route: Route) -> None:
        route.fulfill(status=500, json=ERRORS[500] | {"request_id": "5f0c3b1e9a7d2468"})

    page.route(lambda url: "/api/" in url and "/auth/" not in url and not url.endswith("/status"), fail)


def emptied(part: str) -> Act:
    """A list has nothing in it."""
    body = {"items": [], "page": 1, "per_page": 30, "total_items": 0, "total_pages": 0}
    return lambda page: page.route(_asks(part), lambda route: route.fulfill(json=body))


def plugin_off(page: Page) -> None:
    """One more plugin, which could not be loaded."""

    def add(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        lost: dict[str, list[str]] = {"modules": [], "routes": [], "hooks": []}
        wrong = {"name": "tides", "state": "off", "reason": OFF_REASON, "description": "Tables of the tides."}
        entry = body["items"][-1] | lost | wrong | {"source": "file"}
        route.fulfill(response=answer, json=body | {"items": [*body["items"], entry]})

    page.route(lambda url: "/api/plugins?" in url, add)


def many_projects(page: Page) -> None:
    """Two hundred projects, all like the first."""

    def multiply(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        first = body["items"][0]
        stopped = {"status": "stopped", "running_source": None}
        items = [
            first | {"id": f"{index:024x}", "name": f"Service {index}", "slug": f"service-{index}"} | stopped
            for index in range(1, 201)
        ]
        shown = items[: body["per_page"]]
        total = {"total_items": len(items), "total_pages": -(-len(items) // body["per_page"])}
        route.fulfill(response=answer, json=body | {"items": shown} | total)

    page.route(lambda url: "/api/projects?" in url, multiply)


# ---- for `act` -------------------------------------------------------------------------------------------------------


def shown(selector: str) -> Act:
    """Waits for what comes late."""
    return lambda page: page.locator(selector).first.wait_for()
