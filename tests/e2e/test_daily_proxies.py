"""Services between others (tests/js/services), on a real server: small pictures, a gateway, a watch."""

from __future__ import annotations

import contextlib
import gzip
import json
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from io import BytesIO

from PIL import Image

from m3m_core.testing import LiveServer

from .client import Project, Reply, until
from .prepared import environment, field, goal, model
from .upstream import Asked, Given, Upstream


def test_thumbs(project: Project, world: Upstream, code: dict[str, str]) -> None:
    photo = BytesIO()
    Image.new("RGB", (400, 300), (200, 30, 30)).save(photo, "JPEG")
    world.answers |= {
        "/a.jpg": lambda asked: (time.sleep(0.1), Given(body=photo.getvalue(), headers={"Content-Type": "image/jpeg"}))[
            1
        ],
        "/text": lambda asked: Given(body=b"no picture"),
    }
    environment(project, KEEP_S=2)
    project.run(code["thumbs"])

    def thumb(path: str = "/a.jpg", width: int = 64, **headers: str) -> Reply:
        return project.get(f"/thumb?w={width}&url={world.url}{path}", headers)

    small = thumb()
    assert Image.open(BytesIO(small.body)).size == (64, 48)
    assert (small.header("content-type"), small.header("cache-control")) == ("image/webp", "public, max-age=2")
    assert thumb(**{"If-None-Match": small.header("etag")}).status == 304
    assert len(world.asked) == 1
    assert (thumb("/text").status, thumb("/missing").status, thumb(width=65).status) == (415, 502, 400)
    assert project.get("/thumb?url=file:///etc/passwd").status == 400
    assert project.post("/sweep").json == {"swept": 0}
    until(lambda: project.post("/sweep").json == {"swept": 1})
    asked = len(world.asked)
    assert thumb().status == 200
    assert len(world.asked) == asked + 1
    assert project.messages(level="error") == []


def test_a_relay(project: Project, world: Upstream, code: dict[str, str], server: LiveServer) -> None:
    troubles = [502, 503]

    def shaky(asked: Asked) -> Given:
        return Given(troubles.pop()) if troubles else Given(body=b"at last", headers={"X-Kind": "shaky"})

    def slow(asked: Asked) -> Given:
        time.sleep(1)
        return Given()

    first_has_come = threading.Event()

    def streamed() -> Iterator[bytes]:
        yield b"first"
        assert first_has_come.wait(20)
        yield b", and last"

    world.answers |= {
        "/v1/shaky": shaky,
        "/v1/slow": slow,
        "/v1/streamed": lambda asked: Given(pieces=streamed()),
        "/v1/packed": lambda asked: Given(body=gzip.compress(b"words"), headers={"Content-Encoding": "gzip"}),
        "/v1/echo": lambda asked: Given(201, asked.body, {"Content-Type": "text/x", "Set-Cookie": ["a=1", "b=2"]}),
    }
    environment(project, UPSTREAM=f"{world.url}/", UPSTREAM_TOKEN="inner", TIMEOUT_MS=500, REST_MS=3000)
    project.run(code["relay"])
    answer = project.get("/api/v1/shaky?a=1&a=2", {"Authorization": "Bearer outer", "X-Mine": "yes"})
    assert (answer.status, answer.body, answer.header("x-kind")) == (200, b"at last", "shaky")
    assert [asked.path for asked in world.asked] == ["/v1/shaky?a=1&a=2"] * 3
    assert (world.asked[0].headers["authorization"], world.asked[0].headers["x-mine"]) == ("Bearer inner", "yes")
    echo = project.post("/api/v1/echo", b"\x00\xffbytes", {"Content-Type": "text/x"})
    assert (echo.status, echo.body, echo.all("set-cookie")) == (201, b"\x00\xffbytes", ["a=1", "b=2"])
    packed = project.get("/api/v1/packed", {"Accept-Encoding": "gzip"})
    assert (gzip.decompress(packed.body) if packed.header("content-encoding") else packed.body) == b"words"
    with contextlib.closing(HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.request("GET", f"/r/{project.slug}/api/v1/streamed")
        coming = connection.getresponse()
        assert coming.read(5) == b"first"
        first_has_come.set()
        assert coming.read() == b", and last"
    assert project.get("/api/v1/nothing").status == 404
    assert project.post("/api/v1/slow", b"").status == 504
    asked = len(world.asked)
    assert project.get("/api/v1/slow").status == 504
    assert len(world.asked) == asked + 3
    refused = project.get("/api/v1/echo")
    assert (refused.status, refused.header("retry-after")) == (503, "1")
    until(lambda: project.get("/api/v1/echo").status == 201)
    assert project.get("/health").json == {"open": False, "failures": 0}
    assert project.messages(level="error") == []


def test_uptime(project: Project, world: Upstream, code: dict[str, str]) -> None:
    state = {"status": 200}
    world.answers |= {
        "/fine": lambda asked: Given(),
        "/shaky": lambda asked: Given(state["status"]),
        "/slow": lambda asked: (time.sleep(1), Given())[1],
        "/alarm": lambda asked: Given(),
    }
    environment(project, EVERY="100ms", CHECK_TIMEOUT="300ms", ALARM_URL=f"{world.url}/alarm")
    for slug in ("checks", "failures"):
        goal(project, slug, "daily_counter")
    model(
        project,
        "sites",
        field("name"),
        field("url", "url"),
        field("is_up", "bool"),
        field("failures", "number"),
        field("error", nullable=True),
        field("ms", "number", nullable=True),
        field("checked", "datetime", nullable=True),
    )
    project.run(code["uptime"])

    def alarms() -> list[str]:
        return [json.loads(asked.body)["text"] for asked in world.asked if asked.path == "/alarm"]

    for name in ("fine", "shaky", "slow"):
        assert project.post("/sites", {"name": name, "url": f"{world.url}/{name}"}).status == 201
    assert project.post("/sites", {"name": "x", "url": "nowhere"}).status == 422
    until(lambda: alarms() == ["slow is down: timeout"])
    state["status"] = 503
    until(lambda: "shaky is down: status 503" in alarms())
    state["status"] = 200
    until(lambda: "shaky is back" in alarms())
    shown = project.get("/").json
    assert [(site["name"], site["is_up"], site["error"]) for site in shown["sites"]] == [
        ("fine", True, None), ("shaky", True, None), ("slow", False, "timeout"),
    ]  # fmt: skip
    assert len(shown["days"]) == 7
    assert 0 < shown["days"][-1]["uptime"] < 100
    assert shown["days"][0]["uptime"] is None
    assert project.messages(level="error") == []
