"""`m3m demo` beside a server that runs: its service is live."""

from __future__ import annotations

from m3m_core.testing import LiveServer

from .client import Admin


def test_the_demo_is_live(server: LiveServer, admin: Admin) -> None:
    assert server.run("demo").returncode == 0
    assert admin.ask("GET", "/projects/demo/status")["status"] == "running"
    assert server.request("GET", "/r/demo/").status == 200
    assert admin.send("DELETE", "/projects/demo").status == 204
