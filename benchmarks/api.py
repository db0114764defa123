"""The HTTP API of M3M, as much of it as the benchmarks call."""

from __future__ import annotations

import json
from typing import Any

from .programs import HTTP


class ApiError(Exception):
    """The server answered with an error."""


class Client:
    """Calls with the token of one user. `base` is the server's address."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._token = ""

    @property
    def token(self) -> str:
        """Empty before a login."""
        return self._token

    def login(self, email: str, password: str) -> None:
        self._token = self.call("POST", "/api/auth/login", {"email": email, "password": password})["token"]

    def create(self, slug: str, code: str, *, auto_start: bool = False) -> str:
        """A project with `code` as its first release; returns the release's version."""
        self.call("POST", "/api/projects", {"name": slug, "slug": slug, "auto_start": auto_start})
        pipeline = f"/api/projects/{slug}/pipeline"
        self.call("PUT", f"{pipeline}/branches/develop", {"code": code})
        release = {"branch": "develop", "bump": "minor", "comment": "benchmark", "tag": "develop"}
        version: str = self.call("POST", f"{pipeline}/releases", release)["version"]
        return version

    def start(self, slug: str, version: str) -> None:
        self.call("POST", f"/api/projects/{slug}/start", {"version": version})

    def stop(self, slug: str) -> None:
        self.call("POST", f"/api/projects/{slug}/stop")

    def pids(self, slug: str) -> list[int]:
        """The processes of a running service, one for each instance."""
        return [instance["pid"] for instance in self.call("GET", f"/api/projects/{slug}/status")["instances"]]

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The answer's JSON. Raises ApiError for any status from 400 up."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body)
        answer = HTTP.request(method, self._base + path, body=content, headers=headers, timeout=60)
        if answer.status >= 400:
            raise ApiError(f"{method} {path}: {answer.status} {answer.data.decode()}")
        return answer.json() if answer.data else None
