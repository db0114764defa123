"""A link to somewhere else in a project's folder leads nowhere, whatever asks; and names differ by case."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from m3m_core.kernel import Kernel
from m3m_core.testing import Answer, Client, run_js

URL = "/api/projects/shop/storage"
FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="new.txt"\r\n\r\nhi\r\n--x--\r\n'
PATHS = ["link", "link/a.txt"]

REQUESTS: dict[str, Callable[[Client, str], Answer]] = {
    "list": lambda client, path: client.get(URL, params={"path": path}),
    "delete": lambda client, path: client.delete(f"{URL}/{path}/a.txt"),
    "delete by query": lambda client, path: client.delete(URL, params={"path": f"{path}/a.txt"}),
    "mkdir": lambda client, path: client.post(f"{URL}/mkdir", json={"path": f"{path}/new"}),
    "upload": lambda client, path: client.post(
        f"{URL}/upload", params={"path": path}, body=FORM, content_type="multipart/form-data; boundary=x"
    ),
    "download": lambda client, path: client.get(f"{URL}/download/{path}"),
    "rename": lambda client, path: client.put(f"{URL}/rename", json={"from": f"{path}/a.txt", "to": "out.txt"}),
    "rename itself": lambda client, path: client.put(f"{URL}/rename", json={"from": path, "to": "out"}),
    "rename into": lambda client, path: client.put(f"{URL}/rename", json={"from": "own.txt", "to": f"{path}/b.txt"}),
    "make": lambda client, path: client.post(f"{URL}/file", json={"path": path, "content": "x"}),
    "read": lambda client, path: client.get(f"{URL}/file/{path}"),
    "edit": lambda client, path: client.put(f"{URL}/file/{path}", json={"content": "x"}),
    "thumb": lambda client, path: client.get(f"{URL}/thumb/{path}"),
    "zip": lambda client, path: client.post(f"{URL}/zip", json={"paths": [path], "to": "a.zip"}),
    "zip into": lambda client, path: client.post(f"{URL}/zip", json={"paths": ["own.txt"], "to": f"{path}/a.zip"}),
    "unzip": lambda client, path: client.post(f"{URL}/unzip", json={"path": path, "to": "out"}),
    "unzip into": lambda client, path: client.post(f"{URL}/unzip", json={"path": "own.zip", "to": path}),
    "link": lambda client, path: client.post(f"{URL}/link", json={"path": path}),
}
CALLS = [
    *("read(at)", "readBytes(at)", "readJSON(at)", "write(at + '/b', 'x')", "writeJSON(at + '/b', 1)"),
    *("append(at, 'x')", "append(at + '/b', 'x')", "stat(at)", "list(at)", "mkdir(at + '/new')", "url(at)"),
    *("copy(at, 'out')", "copy(at + '/a.txt', 'out')", "copy('own.txt', at + '/b')", "move(at, 'out')"),
    *("move(at + '/a.txt', 'out')", "move('own.txt', at + '/b')", "zip(at, 'a.zip')", "zip('own.txt', at + '/a.zip')"),
    *("unzip(at, 'out')", "unzip('own.zip', at)"),
]
QUIET = {"exists(at)": False, "exists(at + '/a.txt')": False, "glob(at + '/*')": [], "delete(at + '/a.txt')": False}
"""Calls that say that there is nothing, rather than throw."""


@pytest.fixture
def linked(owner: Client, files: Path, outside: Path) -> Path:
    """What is not the project's, to which its `link` leads."""
    owner.post(f"{URL}/file", json={"path": "own.txt", "content": "own"})
    owner.post(f"{URL}/zip", json={"paths": ["own.txt"], "to": "own.zip"})
    (files / "link").symlink_to(outside)
    return outside


def assert_untouched(outside: Path, files: Path) -> None:
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"a.txt": "secret"}
    assert (files / "link").is_symlink()
    assert (files / "own.txt").read_text() == "own"


@pytest.mark.parametrize("request_", REQUESTS)
def test_over_http(owner: Client, files: Path, linked: Path, request_: str) -> None:
    for path in PATHS:
        answer = REQUESTS[request_](owner, path)
        assert answer.status in (404, 409, 422), (path, answer)
        assert "secret" not in str(answer.json)
    assert_untouched(linked, files)


def test_from_code(running: Kernel, shop: str, files: Path, linked: Path) -> None:
    with run_js(within=running, project_id=shop, slug="shop") as js:
        for path in PATHS:
            js.run(f"globalThis.at = {json.dumps(path)}")
            for call in CALLS:
                told = js.value(
                    f"(() => {{ try {{ return [storage.{call}] }} catch (error) {{ return error.code }} }})()"
                )
                assert told in ("not_found", "exists", "bad_path", "is_directory"), (path, call)
            assert {call: js.value(f"storage.{call}") for call in QUIET} == QUIET
    assert_untouched(linked, files)


def test_names_differ_by_case(owner: Client, files: Path) -> None:
    texts = {"a.txt": "small", "A.txt": "large"}
    for path, content in texts.items():
        assert owner.get(f"{URL}/file/{path}").status == 404
        assert owner.post(f"{URL}/file", json={"path": path, "content": content}).status == 201
    assert {path: owner.get(f"{URL}/file/{path}").json["content"] for path in texts} == texts
    assert owner.put(f"{URL}/rename", json={"from": "a.txt", "to": "A.txt"}).json["code"] == "exists"
    assert owner.delete(f"{URL}/A.txt").status == 204
    assert owner.get(f"{URL}/file/a.txt").json["content"] == "small"
