"""A real M3M in a temporary folder, made and used as a person would: command line first, then the HTTP API."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .api import Client
from .programs import HTTP, LOCALHOST, Program, free_port

M3M = Path(sysconfig.get_path("scripts")) / "m3m"
EMAIL, PASSWORD = "root@example.com", "correct horse battery"

HELLO = """
router.get('/hello/:name', (ctx) => ({ hello: ctx.params.name }))
"""


class Server:
    """M3M with the embedded database. As a context manager it is up, and `api` is logged in as root.

    `settings` are sections of the configuration beyond those that every benchmark needs.
    """

    def __init__(self, folder: Path, settings: Mapping[str, object] | None = None) -> None:
        self.base = f"http://{LOCALHOST}:{(port := free_port())}"
        self.api = Client(self.base)
        self._config = folder / "config.yaml"
        self._config.write_text(json.dumps(_config(folder, port) | dict(settings or {})))
        self.program = Program("M3M", self._command("serve"), url=f"{self.base}/health", folder=folder)

    def __enter__(self) -> Server:
        self.program.__enter__()
        try:
            subprocess.run(self._command("new-admin", EMAIL, PASSWORD), check=True, stdout=subprocess.DEVNULL)
            self.api.login(EMAIL, PASSWORD)
        except BaseException:
            self.program.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.program.stop()

    def url(self, slug: str, path: str) -> str:
        """The public address of a service's route."""
        return f"{self.base}/r/{slug}{path}"

    def call(self, slug: str, path: str) -> Any:
        """POST to a service's route; the answer's JSON, None when it has none."""
        answer = HTTP.request("POST", self.url(slug, path), timeout=60)
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status} {answer.data.decode()}")
        return answer.json() if answer.data else None

    def run(self, slug: str, code: str, *, auto_start: bool = False) -> str:
        """Make a service and start it; returns its version."""
        version = self.api.create(slug, code, auto_start=auto_start)
        self.api.start(slug, version)
        return version

    def _command(self, *arguments: str) -> list[str]:
        return [str(M3M), *arguments, "-c", str(self._config)]


@contextlib.contextmanager
def hello(folder: Path) -> Iterator[str]:
    """M3M with the hello route of the other contestants; gives its URL."""
    with Server(folder) as server:
        server.run("hello", HELLO)
        yield server.url("hello", "/hello/ann")


def _config(folder: Path, port: int) -> dict[str, object]:
    """Everything inside `folder`; YAML reads JSON. Tokens outlive the longest benchmark."""
    return {
        "server": {"host": LOCALHOST, "port": port, "uri": f"http://{LOCALHOST}:{port}"},
        "data": {"path": str(folder / "data")},
        "storage": {"path": str(folder / "storage")},
        "logging": {"path": str(folder / "logs")},
        "plugins": {"path": str(folder / "plugins")},
        "jwt": {"expiration": "12h"},
    }
