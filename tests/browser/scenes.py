"""What is photographed: a name, an address, and what to do there before the picture is taken.

`{project}` in an address is a project with everything in it (see `world.py`), `{empty}` one with nothing, `{demo}` that
of `m3m demo`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Route

Act = Callable[[Page], Any]


def nothing(_page: Page) -> None:
    pass


def refused(page: Page) -> None:
    """From now on the API fails: the state of an error. For `before`."""

    def fail(route: Route) -> None:
        body = {
            "error": "Something went wrong on the server.",
            "code": "internal_error",
            "request_id": "5f0c3b1e9a7d2468",
        }
        route.fulfill(status=500, json=body)

    page.route(lambda url: "/api/" in url and "/auth/" not in url and not url.endswith("/status"), fail)


def failing(part: str) -> Act:
    """Only what has this in its address fails."""

    def before(page: Page) -> None:
        body = {"error": "Something went wrong on the server.", "code": "internal_error", "request_id": "5f0c3b1e9a7d"}
        page.route(lambda url: part in url and "/api/" in url, lambda route: route.fulfill(status=500, json=body))

    return before


def shown(selector: str) -> Act:
    """Waits for what comes late."""
    return lambda page: page.locator(selector).first.wait_for()


@dataclass(frozen=True)
class Scene:
    """`before` is done before the page is opened, `act` after it has settled."""

    name: str
    path: str
    act: Act = nothing
    before: Act = nothing
    signed_in: bool = True


def _new_project(page: Page) -> None:
    page.get_by_role("button", name="New project").first.click()
    page.get_by_label("Name", exact=True).fill("Weather station")


def _select_files(page: Page) -> None:
    for place in range(3):
        page.get_by_label("Select this row").nth(place).click()


def _public_link(page: Page) -> None:
    page.get_by_role("button", name="Actions for station-map.png").click()
    page.get_by_role("menuitem", name="Public link").click()


def _upload_failing(page: Page) -> None:
    page.route("**/storage/upload**", lambda route: route.abort())
    names = ("summer.jpg", "a rather long name of a file that does not fit into one line of the panel.csv")
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"x" * 2048} for name in names]
    page.get_by_label("Choose files to upload").set_input_files(files)


def _open_goal(name: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("link", name=name).click()
        page.locator(".uplot").wait_for()

    return act


def _add_to_goal(page: Page) -> None:
    page.get_by_role("button", name="Add to Sign-ups").click()


def _new_goal(page: Page) -> None:
    page.get_by_role("button", name="New goal").first.click()


def _edit_user(page: Page) -> None:
    page.get_by_role("button", name="Ann").first.click()


def _delete_user(page: Page) -> None:
    page.get_by_role("button", name="Actions for Boris").click()
    page.get_by_role("menuitem", name="Delete").click()


SCENES = (
    Scene("login", "/login", signed_in=False),
    Scene("setup", "/setup?token=x", signed_in=False),
    Scene("projects", "/projects"),
    Scene("projects-none", "/projects?search=nothing-like-that"),
    Scene("projects-error", "/projects", before=refused),
    Scene("projects-new", "/projects", act=_new_project),
    Scene("palette", "/projects", act=lambda page: page.keyboard.press("Control+k")),
    Scene("not-found", "/nowhere"),
    Scene("project-not-found", "/projects/nowhere"),
    Scene("overview", "/projects/{project}"),
    Scene("overview-empty", "/projects/{empty}"),
    Scene("code", "/projects/{project}/code"),
    Scene("data", "/projects/{project}/data"),
    Scene("data-empty", "/projects/{empty}/data"),
    Scene("files", "/projects/{project}/files"),
    Scene("files-empty", "/projects/{empty}/files"),
    Scene("files-error", "/projects/{project}/files?sort=size", before=failing("/storage")),
    Scene("files-grid", "/projects/{project}/files?view=grid"),
    Scene("files-none", "/projects/{project}/files?search=nothing"),
    Scene("files-selected", "/projects/{project}/files", act=_select_files),
    Scene("files-text", "/projects/{project}/files?open=readings.json", act=shown("textarea")),
    Scene("files-picture", "/projects/{project}/files?open=station-map.png", act=shown("[role=dialog] img")),
    Scene("files-pdf", "/projects/{project}/files?open=manual.pdf", act=shown("iframe")),
    Scene("files-link", "/projects/{project}/files", act=_public_link),
    Scene("files-upload-failed", "/projects/{project}/files", act=_upload_failing),
    Scene("project-goals", "/projects/{project}/goals"),
    Scene("project-goals-empty", "/projects/{empty}/goals"),
    Scene("project-goals-error", "/projects/{project}/goals?search=x", before=failing("/goals")),
    Scene("goal", "/projects/{demo}/goals", act=_open_goal("Orders")),
    Scene("goal-weeks", "/projects/{demo}/goals?group_by=week", act=_open_goal("Visits")),
    Scene("env", "/projects/{project}/env"),
    Scene("env-empty", "/projects/{empty}/env"),
    Scene("env-add", "/projects/{project}/env?edit=%2B"),
    Scene("logs", "/projects/{project}/logs"),
    Scene("logs-empty", "/projects/{empty}/logs"),
    Scene("settings", "/projects/{project}/settings"),
    Scene("goals", "/goals"),
    Scene("goals-add", "/goals", act=_add_to_goal),
    Scene("goals-new", "/goals", act=_new_goal),
    Scene("users", "/users"),
    Scene("users-none", "/users?search=nothing-like-that"),
    Scene("users-edit", "/users", act=_edit_user),
    Scene("users-delete", "/users", act=_delete_user),
    Scene("plugins", "/plugins"),
    Scene("plugins-none", "/plugins?search=nothing-like-that"),
    Scene("plugins-error", "/plugins", before=refused),
    Scene("reference", "/reference"),
    Scene("reference-search", "/reference?search=sleep"),
    Scene("profile", "/profile"),
)
