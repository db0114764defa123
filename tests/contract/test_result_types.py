"""What functions return has the members that are declared, no more and no fewer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from test_types import SAMPLES, ask

from m3m_core.testing import JSRun, as_user, kernel, run_js

RESULTS = {
    "DrawSaved": "draw.createCanvas(1, 1).save('a.png')",
    "Goal": "goals.get('orders')",
    "GoalStats": "goals.stats('orders')",
    "HttpAnswer": "http.get(base)",
    "HttpCookie": "(() => { const s = http.session(); s.get(base); return s.cookies()[0] })()",
    "HttpDownload": "http.download(base, 'page')",
    "ImageInfo": "image.info(draw.createCanvas(1, 1).toBytes())",
    "ImageSaved": "image.flip(draw.createCanvas(1, 1).toBytes(), 'both', { saveTo: 'b.png' })",
    "MailReceipt": "smtp.send({ host: '127.0.0.1', port, from: 'a@b.co', to: 'c@d.co' })",
    "Page": "database.posts.paginate({})",
    "Picture": "draw.loadImage(draw.createCanvas(1, 1).toBytes())",
    "RecordBase": "database.posts.insert({})",
    "RouterError": "router.error(404, 'none')",
    "SchemaError": "validator.check(1, { type: 'string' }).errors[0]",
    "SchemaReport": "validator.check(1, {})",
    "StorageEntry": "storage.write('a.txt', 'a')",
    "TextMetrics": "draw.createCanvas(1, 1).measureText('a')",
}
"""An expression for a value of each type."""

GIVEN = {
    *("AesAlgorithm", "AesGcmParameters", "HmacAlgorithm", "JobName", "JobOverlap", "JobZone", "JsonWebKey"),
    *("MailAttachment", "MailServer", "Operators", "PasswordRule", "ReadableSource", "ReadableWritablePair"),
    *("RequestInit", "ResponseInit", "StorageLink", "StorageOverwrite", "StreamStrategy", "StreamTransformer"),
    "WritableSink",
}
"""What services give, beside the interfaces whose names end with Options."""

PARTS = {"Body", "Collection", "Given", "HttpFunctions"}
"""What others extend, and what depends on a project's models."""

SHAPE = """
globalThis.shapeOf = (value) => {
  const names = new Set(value instanceof Error ? ["name", "message", "stack", "cause"] : [])
  const ends = [Object.prototype, Error.prototype]
  for (let at = value; at && !ends.includes(at); at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name)
  }
  return [...names].filter((name) => name !== "constructor")
}
"""


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Set-Cookie", "a=b")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"hi")

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def mail_port() -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


@pytest.fixture(scope="module")
def js(base: str, mail_port: int) -> Iterator[JSRun]:
    """Every module, in a project with a model and a goal."""
    with ExitStack() as stack:
        running = stack.enter_context(kernel())
        owner = as_user(running, "shapes@example.com", create_projects=True)
        project = owner.post("/api/projects", json={"name": "Shapes", "slug": "shapes"}).json["id"]
        owner.post("/api/projects/shapes/goals", json={"name": "Orders", "slug": "orders", "type": "daily_counter"})
        owner.post("/api/projects/shapes/models", json={"name": "Posts", "slug": "posts", "fields": []})
        run = stack.enter_context(run_js(within=running, project_id=project, slug="shapes"))
        run.run(f"{SHAPE}; globalThis.base = '{base}'; globalThis.port = {mail_port}")
        yield run


@pytest.fixture(scope="module")
def declared(js: JSRun, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found: dict[str, Any] = ask(tmp_path_factory.mktemp("types"), js.declarations)["globals"]
    return found


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_has_the_declared_members(js: JSRun, declared: dict[str, Any], name: str) -> None:
    assert set(js.value(f"shapeOf({RESULTS[name]})")) == set(declared[f"M3M.{name}"]["members"])


def test_every_interface_is_a_module_or_has_a_sample_or_is_given(declared: dict[str, Any]) -> None:
    modules = [set(known["members"]) for known in declared.values() if known["kind"] == "value"]
    left = {
        name.removeprefix("M3M.")
        for name, known in declared.items()
        if known["kind"] == "interface" and name not in SAMPLES and set(known["members"]) not in modules
    }
    assert {name for name in left if not name.endswith("Options")} - GIVEN - PARTS == set(RESULTS)
