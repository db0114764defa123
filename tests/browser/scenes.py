"""What is photographed: a name, an address, and what to do there before the picture is taken.

`{project}` in an address is a project with everything in it (see `world.py`), `{empty}` one with nothing, `{demo}` that
of `m3m demo`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FilePayload, Page, Route

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
    files: list[Any] = [{"name": name, "mimeType": "text/plain", "buffer": b"x" * 2048} for name in names]
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


EDITOR_MS = 30_000
"""The editor and its compiler are some megabytes; the machine may be busy."""


def _editor(page: Page, selector: str = "[data-testid=code-editor] .view-lines") -> None:
    page.locator(selector).first.wait_for(timeout=EDITOR_MS)


def _complete(page: Page) -> None:
    _editor(page)
    page.locator("[data-testid=code-editor] .view-lines").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("router.")
    page.locator(".suggest-widget.visible").wait_for(timeout=EDITOR_MS)


def _code_log(page: Page) -> None:
    _editor(page)
    page.get_by_role("tab", name="Log").click()
    page.get_by_role("log").get_by_text("wrong checksum").wait_for()


def _debug_run(page: Page) -> None:
    _editor(page)
    page.get_by_role("button", name="Debug run").click()
    page.get_by_role("list", name="Problems").wait_for()


def _call_route(page: Page) -> None:
    _editor(page)
    page.get_by_label("Path").fill("/hello/ann")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("region", name="Answer").wait_for()


def _complete_filter(page: Page) -> None:
    line = page.get_by_role("combobox", name="Filter")
    line.click()
    line.press_sequentially("author.")


def _choose_records(page: Page) -> None:
    for index in range(3):
        page.locator("tbody tr").nth(index).get_by_role("checkbox").click()


def _import_records(page: Page) -> None:
    page.get_by_role("button", name="Import and export").click()
    page.get_by_role("menuitem", name="Import").click()
    rows = b"title,state,views,odd\nNew maps,published,1,x\nOld maps,gone,2,\n,draft,-1,\n"
    file: FilePayload = {"name": "articles.csv", "mimeType": "text/csv", "buffer": rows}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("region", name="Wrong rows").wait_for()


def _see_text(page: Page) -> None:
    page.get_by_role("textbox", name="Text").wait_for()


def _open_field(page: Page) -> None:
    page.get_by_role("button", name="Details of state").click()


def _lose_a_field(page: Page) -> None:
    page.get_by_role("button", name="Remove tags").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("dialog").wait_for()


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
    Scene("overview-error", "/projects/invoices"),
    Scene("overview-debug", "/projects/chat-bot"),
    Scene("overview-start", "/projects/{empty}", act=lambda page: page.get_by_role("button", name="Start").click()),
    Scene("overview-failed", "/projects/{project}", before=refused),
    Scene("code", "/projects/{project}/code", act=_editor),
    Scene("code-completion", "/projects/{project}/code", act=_complete),
    Scene("code-log", "/projects/{project}/code", act=_code_log),
    Scene("code-problem", "/projects/invoices/code", act=_debug_run),
    Scene("code-request", "/projects/{project}/code?panel=request", act=_call_route),
    Scene("code-publish", "/projects/{project}/code?dialog=publish", act=_editor),
    Scene("code-reset", "/projects/{project}/code?dialog=reset", act=_editor),
    Scene("code-shortcuts", "/projects/{project}/code?dialog=shortcuts", act=_editor),
    Scene("code-error", "/projects/{project}/code?branch=develop", before=failing("/pipeline")),
    Scene("code-no-branch", "/projects/{project}/code?branch=gone"),
    Scene("releases", "/projects/{project}/code/releases"),
    Scene("releases-none", "/projects/{empty}/code/releases"),
    Scene("release", "/projects/{project}/code/releases/0.1", act=lambda page: _editor(page, ".view-lines")),
    Scene("data", "/projects/{project}/data"),
    Scene("data-empty", "/projects/{empty}/data"),
    Scene("data-error", "/projects/{project}/data", before=refused),
    Scene("data-records", "/projects/{project}/data/articles"),
    Scene("data-records-none", "/projects/{project}/data/articles?search=nothing-like-that"),
    Scene(
        "data-filter-wrong", "/projects/{project}/data/articles?filter=state%20%3D%20'draft'%20%26%26%20vews%20%3E%201"
    ),
    Scene("data-filter", "/projects/{project}/data/articles", act=_complete_filter),
    Scene("data-selection", "/projects/{project}/data/articles", act=_choose_records),
    Scene("data-import", "/projects/{project}/data/articles", act=_import_records),
    Scene("data-record", "/projects/{project}/data/articles?record={record}", act=_see_text),
    Scene("data-record-new", "/projects/{project}/data/articles?record=new", act=_see_text),
    Scene("data-model", "/projects/{project}/data/articles/model", act=_open_field),
    Scene("data-model-layout", "/projects/{project}/data/articles/model?tab=layout"),
    Scene("data-model-report", "/projects/{project}/data/articles/model", act=_lose_a_field),
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
    Scene("logs-none", "/projects/{project}/logs?search=nothing-like-that"),
    Scene("settings", "/projects/{project}/settings"),
    Scene("settings-slug", "/projects/{project}/settings", act=lambda page: page.get_by_label("Slug").fill("other")),
    Scene(
        "settings-delete",
        "/projects/{project}/settings",
        act=lambda page: page.get_by_role("button", name="Delete the project").click(),
    ),
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
