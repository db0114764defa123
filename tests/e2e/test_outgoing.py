"""Requests of a service to other servers, from a real runner."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .client import Project

SERVICE = """
router.get("/blocking", () => http.get(BASE + "/a").text())
router.get("/together", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => http.getAsync(BASE + "/crowd")))
  return answers.map((answer) => answer.status)
})
router.get("/fetched", () => fetch(BASE + "/b"))
router.get("/saved", () => http.download(BASE + "/c", "c.txt"))
router.get("/metadata", () => {
  try { return http.get("http://169.254.169.254/") } catch (error) { return { code: error.code } }
})
router.get("/nobody", () => http.get("http://nobody.invalid/"))
"""


CROWD = threading.Barrier(8)
"""Nobody of eight is answered before all of them are there."""


class Target(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/crowd":
            CROWD.wait(20)
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def target() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Target)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_outgoing(project: Project, target: str) -> None:
    project.run(f"const BASE = '{target}'\n{SERVICE}")
    assert project.call("GET", "/blocking").text == "/a"
    assert project.call("GET", "/fetched").text == "/b"
    assert project.call("GET", "/together").json == [200] * 8
    assert project.call("GET", "/saved").json["size"] == 2
    assert project.send("GET", "/storage/download/c.txt").text == "/c"
    assert project.call("GET", "/metadata").json == {"code": "egress_refused"}
    assert project.call("GET", "/nobody").status == 500
    assert project.until_logged("nobody.invalid: no address is known").count("main.js:") == 1
