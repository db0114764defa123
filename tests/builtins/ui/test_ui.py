"""The admin pages as they are served, from a small stand-in for what the build makes."""

from __future__ import annotations

import gzip
import mimetypes
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from m3m_builtins.ui.service import UiService
from m3m_core.kernel import Kernel
from m3m_core.testing import Client, client, kernel

HTML = """<!doctype html><html><head><title>M3M</title><script>var theme = 1</script></head>
<body><script type="module" src="/assets/main-abc.js"></script></body></html>"""
SCRIPT = b"console.log('the admin')\n" * 100


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(HTML)
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / ".stamp").write_text("x")
    (tmp_path / "assets/main-abc.js").write_bytes(SCRIPT)
    (tmp_path / "assets/main-abc.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "assets/main-abc.js.br").write_bytes(b"brotli")
    (tmp_path / "assets/font.woff2").write_bytes(b"font")
    return tmp_path


@pytest.fixture
def running() -> Iterator[Kernel]:
    with kernel(["ui"]) as started:
        yield started


def serve(running: Kernel, folder: Path, services_uri: str = "") -> Client:
    service: UiService = running.host.context("ui").service
    service.__init__(services_uri, folder)  # type: ignore[misc]  # the same object with other files
    return client(running)


@pytest.fixture
def browser(running: Kernel, dist: Path) -> Client:
    return serve(running, dist)


@pytest.mark.parametrize("path", ["/", "/projects", "/projects/shop/code", "/setup", "/rules", "/apis", "/a.b"])
def test_every_address_of_the_admin_is_the_page(browser: Client, path: str) -> None:
    status, page, headers = browser.get(path)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b'window.__APP_CONFIG__ = {"apiURL": "/api"}' in page
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/r", "/r/", "/assets/old-123.js", "/assets/"])
def test_the_api_services_and_old_files_are_not(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_find_nothing(browser: Client, method: str) -> None:
    for path in ("/", "/projects", "/api/nothing"):
        assert browser.request(method, path).status == 404


def test_the_policy_lets_the_page_run_its_own_scripts_only(browser: Client) -> None:
    _, page, headers = browser.get("/")
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    inline = re.findall(r"<script>(.*?)</script>", page.decode())
    hashes = [f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for code in inline]
    assert len(inline) == 2
    assert policy["script-src"] == " ".join(["'self'", *hashes])
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_page_knows_where_services_answer(running: Kernel, dist: Path) -> None:
    _, page, headers = serve(running, dist, "https://apps.example.net").get("/")
    assert b'{"apiURL": "/api", "servicesURL": "https://apps.example.net"}' in page
    assert "connect-src 'self' https://apps.example.net;" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        ("br, gzip", "br", b"brotli"),
        ("gzip, deflate", "gzip", gzip.compress(SCRIPT)),
        ("GZIP;q=0.5", "gzip", gzip.compress(SCRIPT)),
        ("br;q=0, gzip;q=0", None, SCRIPT),
        ("", None, SCRIPT),
    ],
)
def test_files_are_sent_as_the_build_compressed_them(
    browser: Client, accepted: str, encoding: str | None, content: bytes
) -> None:
    status, body, headers = browser.get("/assets/main-abc.js", headers={"Accept-Encoding": accepted})
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert headers.get("content-encoding") == encoding
    assert headers["content-length"] == str(len(body)) == str(len(content)) or encoding == "gzip"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["vary"] == "Accept-Encoding"


def test_what_has_no_compressed_form_is_sent_as_it_is(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    mimetypes.init()
    monkeypatch.setitem(mimetypes.types_map, ".svg", "application/x-of-this-machine")
    answer = browser.get("/assets/font.woff2", headers={"Accept-Encoding": "br"})
    assert (answer.json, answer.headers["content-type"]) == (b"font", "font/woff2")
    favicon = browser.get("/favicon.svg")
    assert (favicon.json, favicon.headers["cache-control"]) == (b"<svg/>", "no-cache")
    assert favicon.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize("path", ["/", "/favicon.svg", "/assets/main-abc.js"])
def test_what_a_browser_has_is_not_sent_again(browser: Client, path: str) -> None:
    etag = browser.get(path).headers["etag"]
    again = browser.get(path, headers={"If-None-Match": etag})
    assert (again.status, again.json) == (304, None)
    head = browser.head(path)
    assert (head.status, head.json, head.headers["etag"]) == (200, None, etag)


@pytest.mark.parametrize("path", ["/.stamp", "/assets/main-abc.js.gz", "/../service.py", "/assets/..%2findex.html"])
def test_nothing_else_of_the_disk_is_served(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status == 404 or b"<title>M3M</title>" in answer.json


def test_without_the_build_a_page_says_how_to_make_it(running: Kernel, tmp_path: Path) -> None:
    status, page, headers = serve(running, tmp_path).get("/projects")
    assert (status, headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert b"npm run build" in page
    assert "default-src 'none'" in headers["content-security-policy"]
    assert serve(running, tmp_path).get("/api/nothing").status == 404


def test_without_the_build_the_first_user_is_made_on_a_plain_page(running: Kernel, tmp_path: Path) -> None:
    browser = serve(running, tmp_path)
    status, page, headers = browser.get("/setup?token=x")
    policy = headers["content-security-policy"]
    nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
    assert nonce is not None
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.decode().count(f'nonce="{nonce[1]}"') == 2
    assert browser.get("/setup").headers["content-security-policy"] != policy


def test_the_page_is_no_part_of_the_api(browser: Client) -> None:
    assert all(path.startswith("/api/") for path in browser.get("/api/openapi.json").json["paths"])
