"""workerd, the runtime of Cloudflare Workers, with one worker."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ..programs import LOCALHOST, Program, free_port
from . import cache

PACKAGE = "workerd@1.20261117.1"

WORKER = """
export default {
  fetch(request) {
    const found = new URL(request.url).pathname.match(/^\\/hello\\/([^/]+)$/)
    if (!found) return new Response('Not found', { status: 404 })
    return Response.json({ hello: found[1] })
  },
}
"""

CONFIG = """
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "{address}", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
);
"""


def binary() -> Path:
    """The program from its npm package, installed on the first call."""
    home = cache.folder(PACKAGE)
    program = home / "node_modules" / ".bin" / "workerd"
    if not program.exists():
        command = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", "--loglevel=error", PACKAGE]
        subprocess.run(command, check=True)
    return program


def server(folder: Path) -> Program:
    address = f"{LOCALHOST}:{free_port()}"
    (folder / "worker.js").write_text(WORKER)
    (folder / "config.capnp").write_text(CONFIG.replace("{address}", address))
    command = [str(binary()), "serve", str(folder / "config.capnp")]
    return Program("workerd", command, url=f"http://{address}/hello/ann", folder=folder)
