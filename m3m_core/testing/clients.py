"""Clients for the HTTP API of a kernel, without a network between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from falcon.testing import TestClient

from ..actors import SYSTEM
from ..http.app import create_app

if TYPE_CHECKING:
    from ..http.app import App
    from ..kernel import Kernel

PASSWORD = "correct horse battery staple"  # noqa: S105  # of users that exist only in tests


class Answer(NamedTuple):
    """`json` is None for an answer without a body, and the bytes of one that is not JSON. Header names are in lower
    case."""

    status: int
    json: Any
    headers: Mapping[str, str]


class Client:
    """`headers` go with every request. `user` is the user that the client is signed in as, if any."""

    def __init__(self, app: App, headers: Mapping[str, str] | None = None, user: Any = None) -> None:
        self._http = TestClient(app)
        self._app = app
        self.headers = dict(headers or {})
        self.user = user

    def with_headers(self, **headers: str) -> Client:
        """A client that also sends these; an underscore in a name stands for a dash."""
        return Client(self._app, self.headers | {name.replace("_", "-"): headers[name] for name in headers}, self.user)

    def request(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **options: Any) -> Answer:
        """`options` are those of `falcon.testing.TestClient.simulate_request`: json, body, params, content_type…"""
        result = self._http.simulate_request(method, path, headers=self.headers | dict(headers or {}), **options)
        answered = {name.lower(): value for name, value in result.headers.items()}
        if not result.content:
            return Answer(result.status_code, None, answered)
        is_json = answered.get("content-type", "").startswith("application/json")
        return Answer(result.status_code, result.json if is_json else result.content, answered)

    def get(self, path: str, **options: Any) -> Answer:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> Answer:
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> Answer:
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Answer:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.request("DELETE", path, **options)

    def head(self, path: str, **options: Any) -> Answer:
        return self.request("HEAD", path, **options)


def client(kernel: Kernel) -> Client:
    """A guest."""
    return Client(_app(kernel))


def as_user(
    kernel: Kernel,
    email: str = "root@example.com",
    *,
    root: bool = False,
    create_projects: bool = False,
    manage_users: bool = False,
    project_access: Sequence[str] = (),
) -> Client:
    """A signed-in user with a real token. Made with PASSWORD and the given rights when there is none of that email."""
    auth = kernel.host.context("auth").service
    user = auth.users.by_email(email)
    if user is None and root:
        user = auth.users.create_root(email, PASSWORD)
    if user is None:
        rights = {"create_projects": create_projects, "manage_users": manage_users}
        user = auth.users.create(SYSTEM, email, PASSWORD, permissions=rights | {"project_access": list(project_access)})
    return Client(_app(kernel), {"Authorization": f"Bearer {auth.tokens_for(user).token}"}, user)


def _app(kernel: Kernel) -> App:
    """One app for each kernel, however many clients it has."""
    kept = vars(kernel)
    if "test_app" not in kept:
        kept["test_app"] = create_app(kernel)
    made: App = kept["test_app"]
    return made
