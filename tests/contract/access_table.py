"""Who may do what: for every operation of the HTTP API, what each who may ask is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from access_world import PICTURE

from m3m_core.testing import PASSWORD

ASKING = ("guest", "expired", "blocked", "outsider", "granted", "member", "owner", "root", "key", "foreign_key")
"""`key` is the project's own, `foreign_key` that of another project."""

EVERYBODY = "200 200 200 200 200 200 200 200 200 200"
USERS = "401 401 401 200 200 200 200 200 403 403"
USERS_AND_KEY = "401 401 401 200 200 200 200 200 200 200"
ROOT = "401 401 401 403 403 403 403 200 403 403"
GLOBAL_GOAL = "401 401 401 200 200 200 200 200 200 404"
MEMBERS = "401 401 401 404 200 200 200 200 403 403"
MEMBERS_AND_KEY = "401 401 401 404 200 200 200 200 200 404"
BELONGING = "401 401 401 404 403 200 200 200 403 403"
OWNER = "401 401 401 404 403 403 200 200 403 403"


@dataclass(frozen=True)
class Row:
    """`statuses`: one for each in ASKING. A `{name}` in the path or the body stands for what the world has of it.

    `raw`: a body that is no JSON, with its type. `names`: what some names stand for in this row.
    """

    statuses: str
    body: Any = None
    query: str = ""
    raw: tuple[str, bytes] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def instead(statuses: str, done: int) -> str:
    """The same, where success has another status than 200."""
    return statuses.replace("200", str(done))


RUN = "/api/projects/{project}"
MEMBER = f"{RUN}/members/{{user}}"
BRANCHES = f"{RUN}/pipeline/branches"
MODEL = f"{RUN}/models/{{model}}"
DATA = f"{MODEL}/data"
RELEASES = f"{RUN}/pipeline/releases"
STORAGE = f"{RUN}/storage"
GOALS = f"{RUN}/goals"
ENV = f"{RUN}/env"
NEW_USER = {"email": "new@example.com", "password": PASSWORD}
NEW_RELEASE = {"branch": "{branch}", "bump": "minor", "tag": "stable"}
NEW_GOAL = {"name": "New", "slug": "new", "type": "counter"}

FORM = (
    "multipart/form-data; boundary=x",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="new.txt"\r\n\r\nnew\r\n--x--\r\n',
)

TABLE: dict[str, Row] = {
    "GET /health": Row(EVERYBODY),
    "GET /api/openapi.json": Row(EVERYBODY),
    "POST /api/auth/login": Row(EVERYBODY, {"email": "target@example.com", "password": PASSWORD}),
    "POST /api/auth/refresh": Row(EVERYBODY, {"refresh_token": "{refresh_token}"}),
    "POST /api/auth/setup": Row(instead(EVERYBODY, 403), NEW_USER | {"token": "used"}),
    "POST /api/auth/logout": Row(instead(USERS, 204)),
    "GET /api/users": Row(USERS),
    "POST /api/users": Row(instead(ROOT, 201), NEW_USER),
    "GET /api/users/me": Row(USERS),
    "PUT /api/users/me": Row(USERS, {"name": "New"}),
    "PUT /api/users/me/password": Row(USERS, {"old_password": PASSWORD, "new_password": "a new long one"}),
    "PUT /api/users/me/avatar": Row(USERS, raw=("image/png", PICTURE)),
    "GET /api/users/{user}": Row(USERS),
    "PUT /api/users/{user}": Row(ROOT, {"name": "New"}),
    "DELETE /api/users/{user}": Row(instead(ROOT, 204)),
    "POST /api/users/{user}/block": Row(ROOT),
    "POST /api/users/{user}/unblock": Row(ROOT),
    "GET /api/users/{user}/avatar": Row(USERS),
    "GET /api/colors": Row(USERS),
    "GET /api/projects": Row(USERS),
    "POST /api/projects": Row("401 401 401 201 403 403 201 201 403 403", {"name": "New", "slug": "new"}),
    f"GET {RUN}": Row(MEMBERS),
    f"PUT {RUN}": Row(MEMBERS, {"name": "New"}),
    f"DELETE {RUN}": Row(instead(OWNER, 204)),
    f"POST {RUN}/regenerate-key": Row(BELONGING),
    f"GET {RUN}/members": Row(MEMBERS),
    f"POST {RUN}/members": Row(instead(OWNER, 201), {"user_id": "{user}"}),
    f"DELETE {MEMBER}": Row(instead(OWNER, 204), names={"user": "{member}"}),
    "GET /api/goals": Row(USERS_AND_KEY),
    "POST /api/goals": Row(instead(ROOT, 201), NEW_GOAL),
    "GET /api/goals/stats": Row(GLOBAL_GOAL, query="?goal_ids={goal}"),
    "GET /api/goals/{goal}": Row(GLOBAL_GOAL),
    "PUT /api/goals/{goal}": Row(ROOT, {"name": "New"}),
    "DELETE /api/goals/{goal}": Row(instead(ROOT, 204)),
    "POST /api/goals/{goal}/increment": Row(MEMBERS_AND_KEY, {"project_id": "{project}"}),
    f"GET {GOALS}": Row(MEMBERS_AND_KEY),
    f"POST {GOALS}": Row(instead(MEMBERS_AND_KEY, 201), NEW_GOAL),
    f"PUT {GOALS}/{{goal}}": Row(MEMBERS_AND_KEY, {"name": "New"}),
    f"DELETE {GOALS}/{{goal}}": Row(instead(MEMBERS_AND_KEY, 204)),
    f"GET {ENV}": Row(MEMBERS_AND_KEY),
    f"POST {ENV}": Row(instead(MEMBERS, 201), {"key": "NEW", "type": "string", "value": "new"}),
    f"PUT {ENV}/{{key}}": Row(MEMBERS, {"value": "new"}),
    f"DELETE {ENV}/{{key}}": Row(instead(MEMBERS, 204)),
    f"GET {BRANCHES}": Row(MEMBERS),
    f"POST {BRANCHES}": Row(instead(MEMBERS, 201), {"name": "new", "from_branch": "{branch}"}),
    f"GET {BRANCHES}/{{branch}}": Row(MEMBERS),
    f"PUT {BRANCHES}/{{branch}}": Row(MEMBERS, {"code": "new"}),
    f"DELETE {BRANCHES}/{{branch}}": Row(instead(MEMBERS, 204)),
    f"POST {BRANCHES}/{{branch}}/reset": Row(MEMBERS, {"version": "{version}"}),
    f"GET {RELEASES}": Row(MEMBERS),
    f"POST {RELEASES}": Row(instead(MEMBERS, 201), NEW_RELEASE),
    f"GET {RELEASES}/{{version}}": Row(MEMBERS),
    f"DELETE {RELEASES}/{{version}}": Row(instead(MEMBERS, 204)),
    f"POST {RELEASES}/{{version}}/activate": Row(MEMBERS),
    f"POST {RUN}/start": Row(MEMBERS_AND_KEY, {"version": "{version}"}),
    f"POST {RUN}/stop": Row(MEMBERS_AND_KEY),
    f"POST {RUN}/restart": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/status": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/monitor": Row(MEMBERS_AND_KEY),
    "GET /metrics": Row(ROOT),
    f"GET {RUN}/logs": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/logs/download": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/logs/stream": Row(MEMBERS_AND_KEY),
    f"GET {RUN}/models": Row(MEMBERS),
    f"POST {RUN}/models": Row(instead(MEMBERS, 201), {"name": "New", "slug": "new"}),
    f"GET {MODEL}": Row(MEMBERS),
    f"PUT {MODEL}": Row(MEMBERS, {"name": "New"}),
    f"DELETE {MODEL}": Row(instead(MEMBERS, 204)),
    f"GET {DATA}": Row(MEMBERS_AND_KEY),
    f"POST {DATA}": Row(instead(MEMBERS_AND_KEY, 201), {"title": "new"}),
    f"GET {DATA}/{{record}}": Row(MEMBERS_AND_KEY),
    f"PUT {DATA}/{{record}}": Row(MEMBERS_AND_KEY, {"title": "new"}),
    f"DELETE {DATA}/{{record}}": Row(instead(MEMBERS_AND_KEY, 204)),
    f"POST {DATA}/batch": Row(MEMBERS_AND_KEY, {"operations": [{"op": "create"}]}),
    f"GET {DATA}/export": Row(MEMBERS_AND_KEY),
    f"POST {DATA}/import": Row(MEMBERS_AND_KEY, [{"title": "new"}]),
    f"GET {STORAGE}": Row(MEMBERS_AND_KEY),
    f"DELETE {STORAGE}": Row(instead(MEMBERS_AND_KEY, 204), query="?path={path}"),
    f"DELETE {STORAGE}/{{path}}": Row(instead(MEMBERS_AND_KEY, 204)),
    f"POST {STORAGE}/mkdir": Row(instead(MEMBERS_AND_KEY, 201), {"path": "new"}),
    f"POST {STORAGE}/upload": Row(instead(MEMBERS_AND_KEY, 201), raw=FORM),
    f"GET {STORAGE}/download/{{path}}": Row(MEMBERS_AND_KEY),
    f"PUT {STORAGE}/rename": Row(MEMBERS_AND_KEY, {"from": "{path}", "to": "new"}),
    f"POST {STORAGE}/file": Row(instead(MEMBERS_AND_KEY, 201), {"path": "new", "content": "new"}),
    f"GET {STORAGE}/file/{{path}}": Row(MEMBERS_AND_KEY),
    f"PUT {STORAGE}/file/{{path}}": Row(MEMBERS_AND_KEY, {"content": "new"}),
    f"GET {STORAGE}/thumb/{{path}}": Row(MEMBERS_AND_KEY, names={"path": "a.png"}),
    f"POST {STORAGE}/zip": Row(instead(MEMBERS_AND_KEY, 201), {"paths": ["a.zip"], "to": "new"}),
    f"POST {STORAGE}/unzip": Row(MEMBERS_AND_KEY, {"path": "a.zip", "to": "new"}),
    f"GET {STORAGE}/link": Row(MEMBERS_AND_KEY),
    f"POST {STORAGE}/link": Row(instead(MEMBERS_AND_KEY, 201), {"path": "{path}"}),
    f"DELETE {STORAGE}/link/{{token}}": Row(instead(MEMBERS_AND_KEY, 204)),
    "GET /api/storage/public/{token}/{filename}": Row(EVERYBODY),
    "GET /api/runtime/types": Row(USERS),
    "GET /api/runtime/modules": Row(USERS),
    "GET /api/plugins": Row(USERS),
    "GET /api/plugins/{plugin}": Row(USERS),
    "POST /api/plugins/{plugin}/reload": Row(instead(ROOT, 202)),
}

# Requests for something of another project below the path of one's own. With a status other than 404 where the thing is
# named in the body, which is then wrong.
FOREIGN: dict[str, tuple[dict[str, Any] | None, int]] = {
    f"DELETE {MEMBER}": (None, 404),
    f"GET {BRANCHES}/{{branch}}": (None, 404),
    f"PUT {BRANCHES}/{{branch}}": ({"code": "new"}, 404),
    f"DELETE {BRANCHES}/{{branch}}": (None, 404),
    f"POST {BRANCHES}/{{branch}}/reset": ({"version": "0.1"}, 404),
    f"GET {RELEASES}/{{version}}": (None, 404),
    f"DELETE {RELEASES}/{{version}}": (None, 404),
    f"POST {RELEASES}/{{version}}/activate": (None, 404),
    f"POST {BRANCHES}": ({"name": "new", "from_branch": "{branch}"}, 422),
    f"POST {RELEASES}": (NEW_RELEASE, 422),
    f"POST {RUN}/start": ({"version": "{version}"}, 404),
    f"DELETE {STORAGE}/{{path}}": (None, 404),
    f"GET {STORAGE}/download/{{path}}": (None, 404),
    f"GET {STORAGE}/file/{{path}}": (None, 404),
    f"PUT {STORAGE}/file/{{path}}": ({"content": "new"}, 404),
    f"GET {STORAGE}/thumb/{{path}}": (None, 404),
    f"DELETE {STORAGE}/link/{{token}}": (None, 404),
    f"POST {STORAGE}/link": ({"path": "{path}"}, 404),
    f"PUT {GOALS}/{{goal}}": ({"name": "New"}, 404),
    f"DELETE {GOALS}/{{goal}}": (None, 404),
    f"PUT {ENV}/{{key}}": ({"value": "new"}, 404),
    f"DELETE {ENV}/{{key}}": (None, 404),
    f"GET {MODEL}": (None, 404),
    f"PUT {MODEL}": ({"name": "New"}, 404),
    f"DELETE {MODEL}": (None, 404),
    f"GET {DATA}": (None, 404),
    f"POST {DATA}": ({"title": "new"}, 404),
    f"GET {DATA}/{{record}}": (None, 404),
    f"PUT {DATA}/{{record}}": ({"title": "new"}, 404),
    f"DELETE {DATA}/{{record}}": (None, 404),
    f"POST {DATA}/batch": ({"operations": [{"op": "create"}]}, 404),
    f"GET {DATA}/export": (None, 404),
    f"POST {DATA}/import": (None, 404),
}
