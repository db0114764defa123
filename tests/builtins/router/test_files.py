"""`router.file`: files of the project's storage as answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_builtins.storage.media import SANDBOX
from m3m_core.testing import JSRun, run_js

CODE = """
storage.write("site/index.html", "<h1>Hi</h1>");
storage.write("data.bin", new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
storage.write("empty.txt", "");
storage.write("Привет.txt", "hello");
router.get("/index", () => router.file("site/index.html"));
router.get("/data", () => router.file("/data.bin", { maxAge: 60 }));
router.get("/empty", () => router.file("empty.txt"));
router.get("/save", () => router.file("Привет.txt", { download: true, headers: { "Cache-Control": "no-store" } }));
router.get("/named", () => router.file("data.bin", { download: 'my "x".bin', type: "application/x-mine" }));
router.get("/missing", () => router.file("nope.txt"));
router.get("/folder", () => router.file("site"));
router.get("/lost", () => router.file("site/index.html", { status: 404 }));
router.get("/set", (ctx) => { ctx.header("X-Set", "1"); return router.file("empty.txt"); });
router.get("/bodiless", (ctx) => router.file("data.bin", { status: +ctx.query.status }));
router.get("/wrong", () => router.file("data.bin", { age: 5 }));
router.get("/number", () => router.file(5));
router.get("/any/*path", (ctx) => router.file(ctx.params.path));
"""


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["router", "storage"], CODE) as run:
        yield run


@pytest.mark.parametrize(
    ("path", "sent", "status", "content", "headers"),
    [
        ("/index", {}, 200, b"<h1>Hi</h1>", {"content-type": "text/html; charset=utf-8", "accept-ranges": "bytes"}),
        ("/data", {}, 200, bytes(range(10)), {"cache-control": "public, max-age=60", "content-length": "10"}),
        ("/data", {"Range": "bytes=2-4"}, 206, b"\x02\x03\x04", {"content-range": "bytes 2-4/10"}),
        ("/data", {"Range": "bytes=-2"}, 206, b"\x08\x09", {"content-range": "bytes 8-9/10"}),
        ("/data", {"Range": "bytes=20-"}, 416, None, {"content-range": "bytes */10"}),
        ("/data", {"Range": "bytes=1-2,4-5"}, 200, bytes(range(10)), {}),
        ("/data", {"Range": "bytes=0-1", "If-Range": '"other"'}, 200, bytes(range(10)), {}),
        ("/empty", {}, 200, None, {"content-length": "0"}),
        ("/save", {}, 200, b"hello", {"cache-control": "no-store"}),
        ("/named", {}, 200, bytes(range(10)), {"content-type": "application/x-mine"}),
        ("/missing", {}, 404, {"error": "There is no such file.", "code": "not_found"}, {}),
        ("/folder", {}, 404, {"error": "There is no such file.", "code": "not_found"}, {}),
        ("/lost", {}, 404, b"<h1>Hi</h1>", {}),
        ("/set", {}, 200, None, {"x-set": "1"}),
        ("/any/site/index.html", {}, 200, b"<h1>Hi</h1>", {}),
        ("/any/../../../etc/passwd", {}, 404, {"error": "There is no such file.", "code": "not_found"}, {}),
        ("/any/%2e%2e%2f%2e%2e%2fetc%2fpasswd", {}, 404, {"error": "There is no such file.", "code": "not_found"}, {}),
        ("/any/%00", {}, 404, {"error": "There is no such file.", "code": "not_found"}, {}),
        ("/any/", {}, 404, {"error": "There is no such file.", "code": "not_found"}, {}),
    ],
)
def test_answers(
    js: JSRun, path: str, sent: dict[str, str], status: int, content: object, headers: dict[str, str]
) -> None:
    answer = js.request("GET", path, headers=sent)
    assert (answer.status, answer.json) == (status, content)
    assert headers.items() <= answer.headers.items()


LIVE = """
for (const ending of ["html", "htm", "svg", "xml", "txt", "js", "css", "png", "pdf", "json"])
  storage.write(`a.${ending}`, "1");
router.get("/own", () => router.file("a.html", { headers: { "content-security-policy": "default-src 'self'" } }));
router.get("/typed/:type", (ctx) => router.file("a.txt", { type: decodeURIComponent(ctx.params.type) }));
router.get("/:name", (ctx) => router.file(ctx.params.name));
"""


@pytest.fixture(scope="module")
def live() -> Iterator[JSRun]:
    with run_js(["router", "storage"], LIVE) as run:
        yield run


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        *[(f"/a.{ending}", SANDBOX) for ending in ("html", "htm", "svg", "xml")],
        *[(f"/a.{ending}", None) for ending in ("txt", "js", "css", "png", "pdf", "json")],
        ("/typed/text%2Fhtml", SANDBOX),
        ("/typed/TEXT%2FHTML%3B%20charset=utf-8", SANDBOX),
        ("/typed/application%2Fatom%2Bxml", SANDBOX),
        ("/typed/text%2Fplain", None),
        ("/own", "default-src 'self'"),
    ],
)
def test_what_a_file_holds_does_not_act_as_a_page_of_this_origin(live: JSRun, path: str, policy: str | None) -> None:
    answer = live.request("GET", path)
    assert (answer.status, answer.headers.get("content-security-policy")) == (200, policy)
    again = live.request("GET", path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status, again.headers.get("content-security-policy")) == (304, policy)


def test_names_of_downloads(js: JSRun) -> None:
    saved = js.request("GET", "/save").headers["content-disposition"]
    assert saved == "attachment; filename=\"______.txt\"; filename*=UTF-8''%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82.txt"
    named = js.request("GET", "/named").headers["content-disposition"]
    assert named == "attachment; filename=\"my _x_.bin\"; filename*=UTF-8''my%20%22x%22.bin"


def test_what_the_client_has_already(js: JSRun) -> None:
    headers = js.request("GET", "/data").headers
    for name, value, status in [
        ("If-None-Match", headers["etag"], 304),
        ("If-None-Match", f'W/{headers["etag"]}, "x"', 304),
        ("If-None-Match", '"x"', 200),
        ("If-Modified-Since", headers["last-modified"], 304),
        ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT", 200),
        ("If-Modified-Since", "nonsense", 200),
    ]:
        answer = js.request("GET", "/data", headers={name: value})
        assert answer.status == status, value
        assert answer.json == (None if status == 304 else bytes(range(10)))
        assert answer.headers["etag"] == headers["etag"]


def test_head_tells_the_length_alone(js: JSRun) -> None:
    answer = js.request("HEAD", "/data")
    assert (answer.status, answer.json, answer.headers["content-length"]) == (200, None, "10")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/wrong", 'router.file has no option "age"'),
        ("/number", "router.file wants a path in the project's storage"),
        ("/bodiless?status=204", "RangeError: an answer 204 has no body"),
        ("/bodiless?status=304", "RangeError: an answer 304 has no body"),
    ],
)
def test_wrong_arguments(js: JSRun, path: str, message: str) -> None:
    assert js.request("GET", path).status == 500
    assert message in js.texts("error")[-1]


def test_a_large_file_is_never_in_javascript() -> None:
    code = """const piece = new Uint8Array(1024 * 1024);
    for (let i = 0; i < 40; i++) storage.append("big.bin", piece);
    router.get("/big", () => router.file("big.bin"))"""
    with run_js(["router", "storage"], code, memory_limit=16 * 1024 * 1024) as js:
        body = js.request("GET", "/big").json
        assert isinstance(body, bytes)
        assert len(body) == 40 * 1024 * 1024


def test_without_storage_there_are_no_files() -> None:
    with run_js(["router"], "router.get('/', () => router.file('a'))") as js:
        assert js.request("GET", "/").status == 500
        assert "router.file needs a plugin that has files" in js.texts("error")[0]
