"""A person's tools: HTTP as it is on the wire, the admin's API, and a project with its service."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode

from m3m_core.testing import LiveServer

EMAIL, PASSWORD = "root@example.com", "correct horse battery staple"
SETUP_LINK = re.compile(r"(http://\S+)/setup\?token=(\S+)")


class Reply(NamedTuple):
    """`headers` in order, names in lower case, repeated ones included."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    def all(self, name: str) -> list[str]:
        return [value for known, value in self.headers if known == name]

    def header(self, name: str) -> str:
        """The only value of a header; empty when it is not there."""
        values = self.all(name)
        assert len(values) < 2, f"{name} stands {len(values)} times"
        return values[0] if values else ""


def send(
    server: LiveServer, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
) -> Reply:
    """One request on a connection of its own; redirects are not followed. A body is sent as JSON, bytes as they are."""
    sent = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        sent.setdefault("Content-Type", "application/json")
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return Reply(answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read())
    finally:
        connection.close()


def setup_link(server: LiveServer) -> tuple[str, str]:
    """The address and the token of the link that a server prints when it has no user."""
    match = until(lambda: SETUP_LINK.search(server.log()))
    return match[1], match[2]


def until(probe: Callable[[], Any], seconds: float = 20) -> Any:
    """What `probe` answers when that is true at last."""
    deadline = time.monotonic() + seconds
    while not (found := probe()):
        assert time.monotonic() < deadline, f"still not so after {seconds} s"
        time.sleep(0.02)
    return found


class Admin:
    """The API with a user's token."""

    def __init__(self, server: LiveServer, token: str) -> None:
        self.server = server
        self.headers = {"Authorization": f"Bearer {token}"}

    def send(self, method: str, path: str, body: Any = None) -> Reply:
        return send(self.server, method, f"/api{path}", body, self.headers)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON, when all went well."""
        answer = self.send(method, path, body)
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.body!r}"
        return answer.json if answer.body else None


def sign_up(server: LiveServer) -> Admin:
    """The root user of a new server, made with the link that it prints."""
    _, token = setup_link(server)
    body = {"token": token, "email": EMAIL, "password": PASSWORD, "name": "Root"}
    answer = send(server, "POST", "/api/auth/setup", body)
    assert answer.status == 201, answer
    return Admin(server, answer.json["token"])


def sign_in(server: LiveServer) -> Admin:
    answer = send(server, "POST", "/api/auth/login", {"email": EMAIL, "password": PASSWORD})
    assert answer.status == 200, answer
    return Admin(server, answer.json["token"])


class Project:
    """A project of the API; `call` goes to its service."""

    def __init__(self, admin: Admin, **values: Any) -> None:
        self._admin = admin
        self.made = admin.ask("POST", "/projects", {"name": "Test", "slug": f"p-{secrets.token_hex(5)}"} | values)
        self.slug: str = self.made["slug"]

    def send(self, method: str, path: str = "", body: Any = None) -> Reply:
        return self._admin.send(method, f"/projects/{self.slug}{path}", body)

    def ask(self, method: str, path: str = "", body: Any = None) -> Any:
        return self._admin.ask(method, f"/projects/{self.slug}{path}", body)

    # ---- code and runs -----------------------------------------------------------------------------------------------

    def write(self, code: str, branch: str = "develop") -> None:
        self.ask("PUT", f"/pipeline/branches/{branch}", {"code": code})

    def publish(self, code: str, tag: str = "develop", bump: str = "minor") -> str:
        self.write(code)
        release = {"branch": "develop", "bump": bump, "tag": tag, "comment": ""}
        version: str = self.ask("POST", "/pipeline/releases", release)["version"]
        return version

    def start(self, **source: str) -> Reply:
        return self.send("POST", "/start", source)

    def run(self, code: str) -> Any:
        """Publish the code and start it; the status."""
        return self.ask("POST", "/start", {"version": self.publish(code)})

    def debug(self, code: str) -> Any:
        """Start the code as a debug run; the status."""
        self.write(code)
        return self.ask("POST", "/start", {"branch": "develop"})

    def stop(self) -> Any:
        return self.ask("POST", "/stop")

    def restart(self) -> Any:
        return self.ask("POST", "/restart")

    def status(self) -> Any:
        return self.ask("GET", "/status")

    def log(self, **query: Any) -> list[dict[str, Any]]:
        """Entries, newest first, unless the query says otherwise."""
        items: list[dict[str, Any]] = self.ask("GET", f"/logs?{urlencode({'per_page': 1000} | query)}")["items"]
        return items

    def messages(self, **query: Any) -> list[str]:
        """The log's texts in order of time."""
        found = self.log(**query)
        return [entry["message"] for entry in (found if "after" in query else found[::-1])]

    def until_logged(self, text: str) -> str:
        """The first entry that holds the text, when it is there."""
        message: str = until(lambda: next((found for found in self.messages() if text in found), ""))
        return message

    # ---- the service -------------------------------------------------------------------------------------------------

    def call(
        self,
        method: str,
        path: str = "/",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        *,
        prefix: str = "/r",
    ) -> Reply:
        return send(self._admin.server, method, f"{prefix}/{self.slug}{path}", body, headers)

    def get(self, path: str = "/", headers: Mapping[str, str] | None = None) -> Reply:
        return self.call("GET", path, headers=headers)

    def post(self, path: str = "/", body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        return self.call("POST", path, body, headers)
