"""The pages in their states: failed, forbidden, loading, with the longest names, in the other language."""

from __future__ import annotations

from typing import Any

from .acts import editor, log_in, open_record
from .scene import Scene, emptied, failing, many_projects, waiting
from .scenes import LOG

PAGES = {
    "projects": "/projects",
    "goals": "/goals",
    "users": "/users",
    "plugins": "/plugins",
    "reference": "/reference",
    "profile": "/profile",
}
PROJECT_PAGES = {
    "overview": "",
    "code": "/code",
    "releases": "/code/releases",
    "data": "/data",
    "data-records": "/data/articles",
    "data-model": "/data/articles/model",
    "files": "/files",
    "project-goals": "/goals",
    "env": "/env",
    "logs": "/logs",
    "settings": "/settings",
}
EVERY = PAGES | {name: f"/projects/{{project}}{path}" for name, path in PROJECT_PAGES.items()}

PARTS = {
    "overview": "/monitor",
    "projects": "projects",
    "goals": "goals",
    "users": "users?",
    "plugins": "plugins",
    "reference": "runtime/modules",
    "code": "/pipeline",
    "releases": "/releases",
    "data": "/models",
    "data-records": "/data",
    "data-model": "/models",
    "files": "/storage",
    "project-goals": "/goals",
    "env": "/env",
    "logs": "/logs",
    "settings": "/members",
}
"""What a page asks for, by its address in the API."""


def _late(name: str) -> dict[str, Any]:
    """How to wait for a page where there is more to wait for than its requests."""
    if name == "logs":
        return {"act": LOG, "settles": False}
    return {"act": editor} if name == "code" else {}


ERRORS = (
    Scene("login-wrong", "/login", user="", act=log_in),
    Scene("login-error", "/login", user="", before=failing("auth/login"), act=log_in),
    Scene("record-error", "/projects/{project}/data/articles?record={record}", before=failing("/data/")),
    Scene("release-error", "/projects/{project}/code/releases/0.1", before=failing("/releases/0.1")),
    Scene("release-unknown", "/projects/{project}/code/releases/9.9"),
    Scene("data-unknown", "/projects/{project}/data/nothing"),
    Scene("files-unknown", "/projects/{project}/files/no/such/folder"),
    *(
        Scene(f"{name}-error", EVERY[name], before=failing(PARTS[name]))
        for name in ("env", "logs", "settings", "users", "goals", "reference", "releases", "data-records", "data-model")
    ),
)
FORBIDDEN = (
    *(
        Scene(f"{name}-forbidden", EVERY[name], before=failing(PARTS[name], 403))
        for name in PARTS
        if name != "projects"
    ),
    *(Scene(f"{name}-outsider", path, user="dora") for name, path in PAGES.items()),
    *(Scene(f"{name}-outsider", EVERY[name], user="dora") for name in ("overview", "code")),
    *(Scene(f"{name}-member", EVERY[name], user="boris") for name in ("overview", "settings", "project-goals")),
)
LOADING = tuple(
    Scene(f"{name}-loading", EVERY[name], before=waiting(part), settles=False) for name, part in PARTS.items()
)
FULL = (
    Scene("projects-many", "/projects", before=many_projects),
    Scene("goals-empty", "/goals", before=emptied("goals")),
    Scene("projects-empty", "/projects", before=emptied("projects")),
)
LONG = (
    *(
        Scene(f"{name}-long", f"/projects/{{long}}{path.replace('articles', 'long')}", **_late(name))
        for name, path in PROJECT_PAGES.items()
    ),
    Scene("release-long", "/projects/{long}/code/releases/0.1", act=lambda page: editor(page, ".view-lines")),
    Scene("data-record-long", "/projects/{long}/data/long", act=open_record),
    Scene("files-grid-long", "/projects/{long}/files?view=grid"),
    Scene("goal-long", "/projects/{long}/goals?edit={long_goal}"),
    Scene(
        "settings-delete-long",
        "/projects/{long}/settings",
        act=lambda page: page.get_by_role("button", name="Delete the project").click(),
    ),
)
RUSSIAN = (
    Scene("login-ru", "/login", user="", locale="ru-RU"),
    *(Scene(f"{name}-ru", path, locale="ru-RU", **_late(name)) for name, path in EVERY.items()),
    Scene(
        "data-record-ru",
        "/projects/{project}/data/articles?record={record}",
        locale="ru-RU",
        act=lambda page: page.get_by_role("dialog").wait_for(),
    ),
)

STATES = (*ERRORS, *FORBIDDEN, *LOADING, *FULL, *LONG, *RUSSIAN)
