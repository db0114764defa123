"""The public test kit: a real database, kernels with chosen plugins, clients, and whole servers.

with kernel(["goals", my_plugin]) as running:
    ann = as_user(running, "ann@example.com", create_projects=True)
    status, project, _ = ann.post("/api/projects", json={"name": "Shop"})

with run_js(["utils"]) as js:
    assert js.value("utils.capitalize('ann')") == "Ann"
"""

from .clients import PASSWORD, Answer, Client, as_user, client
from .javascript import JSRun, run_js
from .kernels import kernel, settings
from .live import LiveServer, live_server
from .modules import plugin
from .server import DATABASE, mongod
from .wires import Reply, Wire, head

__all__ = [
    "DATABASE",
    "PASSWORD",
    "Answer",
    "Client",
    "JSRun",
    "LiveServer",
    "Reply",
    "Wire",
    "as_user",
    "client",
    "head",
    "kernel",
    "live_server",
    "mongod",
    "plugin",
    "run_js",
    "settings",
]
