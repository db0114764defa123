"""Uploads to a whole server, whose processes and clients end in the middle."""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from forms import BOUNDARY, TYPE, form, part

from m3m_core.testing import LiveServer, live_server

EMAIL, PASSWORD = "root@example.com", "correct horse battery staple"
URL = "/api/projects/shop/storage"
MB = 1024 * 1024
MOMENTS, UPLOADS = 20, 30


class Shop:
    """A project on a live server. `home` holds its files."""

    def __init__(self, server: LiveServer) -> None:
        self.server = server
        server.run("new-admin", EMAIL, PASSWORD)
        self.token = server.request("POST", "/api/auth/login", body={"email": EMAIL, "password": PASSWORD}).json[
            "token"
        ]
        made = server.request("POST", "/api/projects", body={"name": "Shop", "slug": "shop"}, token=self.token)
        self.home = server.folder / "storage" / made.json["id"]

    def upload(self, length: int, start: bytes) -> socket.socket:
        """A connection on which an upload of `length` bytes has begun."""
        head = (
            f"POST {URL}/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: {TYPE}\r\nContent-Length: {length}\r\n\r\n"
        )
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        connection.sendall(head.encode() + start)
        return connection

    def listed(self) -> list[str]:
        return [item["name"] for item in self.server.request("GET", URL, token=self.token).json["items"]]

    def drafts(self) -> list[Path]:
        return list(self.home.glob("tmp/*"))

    def arrived(self) -> int:
        return sum(path.stat().st_size for path in self.drafts())


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def closed(connection: socket.socket) -> None:
    connection.close()


def reset(connection: socket.socket) -> None:
    """What has not been read on the way is lost."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with live_server({"server": {"workers": 1}, "jwt": {"expiration": "1h"}}) as server:
        yield Shop(server)


def test_a_client_that_leaves_leaves_nothing(shop: Shop) -> None:
    connection = shop.upload(100 * MB, part("half", b"x" * 10 * MB)[:-2])
    until(lambda: shop.arrived() >= 8 * MB)
    assert "half" not in shop.listed()
    connection.close()
    until(lambda: not shop.drafts())
    assert "half" not in shop.listed()


@pytest.mark.parametrize("end", [closed, reset])
def test_a_client_may_leave_at_any_moment(shop: Shop, end: Callable[[socket.socket], None]) -> None:
    before = shop.listed()
    body = form(("first", b"x" * 2 * MB), ("second", b"y" * 3 * MB))
    for sent in [*range(0, len(body), len(body) // (MOMENTS - 1)), len(body) - 1]:
        end(shop.upload(len(body), body[:sent]))
    body = form(("whole", b"z" * 5 * MB))
    with shop.upload(len(body), body) as connection:  # the server has heard of all others when this one is answered
        assert b" 201 " in connection.recv(4096).split(b"\r\n")[0]
    until(lambda: not shop.drafts())
    assert set(shop.listed()) == {*before, "whole"}


def test_of_many_uploads_of_one_name_one_is_there_as_a_whole(shop: Shop) -> None:
    def upload(number: int) -> bytes:
        body = form(("many", bytes([number]) * MB))
        with shop.upload(len(body), body) as connection:
            return connection.recv(4096).split(b"\r\n")[0]

    def content() -> bytes:
        answer = shop.server.request("GET", f"{URL}/download/many", token=shop.token)
        return answer.json if answer.status == 200 else bytes(MB)

    with ThreadPoolExecutor(UPLOADS) as pool:
        answers = [pool.submit(upload, number) for number in range(1, UPLOADS + 1)]
        seen = {content()}
        while not all(answer.done() for answer in answers):
            seen.add(content())
    assert {answer.result() for answer in answers} == {b"HTTP/1.1 201 Created"}
    assert {(len(each), len(set(each))) for each in seen} == {(MB, 1)}
    assert content()[0] in range(1, UPLOADS + 1)
    until(lambda: not shop.drafts())


def test_a_killed_front_leaves_no_half_file_and_the_next_start_tidies_up(shop: Shop) -> None:
    server = shop.server
    server.request("POST", f"{URL}/file", body={"path": "kept", "content": "old"}, token=shop.token)
    with shop.upload(100 * MB, part("half", b"x" * 5 * MB) + part("kept", b"x" * 5 * MB)[:-2]):
        until(lambda: shop.arrived() >= 8 * MB)
        server.kill("front")
        server.wait_until_healthy()
    assert "half" not in shop.listed()
    assert len(shop.drafts()) == 2
    server.stop()
    server.start()
    until(lambda: not shop.drafts())
    assert "half" not in shop.listed()
    assert server.request("GET", f"{URL}/download/kept", token=shop.token).json == b"old"


def test_tidying_spares_an_upload_that_goes_on(shop: Shop) -> None:
    """The supervisor is started again alone, and is ready again while a front is receiving."""
    body = form(("whole", b"x" * 6 * MB))
    with shop.upload(len(body), body[: 3 * MB]) as connection:
        until(lambda: shop.arrived() >= MB)
        (shop.home / "tmp/left").write_text("of a crash")
        shop.server.kill("supervisor")
        until(lambda: not (shop.home / "tmp/left").exists())
        connection.sendall(body[3 * MB :])
        assert b" 201 " in connection.recv(4096).split(b"\r\n")[0]
    assert (shop.home / "storage/whole").stat().st_size == 6 * MB


def test_memory_stays_flat_and_others_are_answered(shop: Shop) -> None:
    front = psutil.Process(shop.server.pids()["front"][0])
    size = 200 * MB
    opening = part("big", b"")[:-2]
    closing = f"\r\n--{BOUNDARY}--\r\n".encode()
    piece = b"x" * MB
    with shop.upload(len(opening) + size + len(closing), opening) as connection:
        connection.sendall(piece * 10)
        before = front.memory_info().rss
        slowest = 0.0
        for number in range(size // MB - 10):
            connection.sendall(piece)
            if number % 20 == 0:
                start = time.monotonic()
                assert shop.server.request("GET", "/health").status == 200
                slowest = max(slowest, time.monotonic() - start)
        grown = front.memory_info().rss - before
        connection.sendall(closing)
        assert b" 201 " in connection.recv(4096).split(b"\r\n")[0]
    assert grown < 20 * MB
    assert slowest < 2
    answer = shop.server.request("GET", f"{URL}/download/big", token=shop.token, headers={"Range": "bytes=-5"})
    assert (answer.status, answer.json) == (206, b"xxxxx")


def test_a_chunked_upload_needs_no_length(shop: Shop) -> None:
    body = form(("chunked", b"y" * 300_000))
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(body[at : at + 7000]), body[at : at + 7000]) for at in range(0, len(body), 7000)
    )
    head = (
        f"POST {URL}/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {shop.token}\r\n"
        f"Content-Type: {TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", shop.server.port), timeout=30) as connection:
        connection.sendall(head.encode() + chunks + b"0\r\n\r\n")
        assert b" 201 " in connection.recv(4096).split(b"\r\n")[0]
    assert (shop.home / "storage/chunked").read_bytes() == b"y" * 300_000


def test_a_service_and_the_api_share_files(shop: Shop) -> None:
    code = """
    router.post("/save/*path", async (ctx) => (await storage.writeAsync(ctx.params.path, ctx.bytes())).size)
    router.get("/link/*path", (ctx) => storage.url(ctx.params.path, { expiresIn: "1h" }))
    """
    ask = shop.server.request
    ask("PUT", "/api/projects/shop/pipeline/branches/develop", body={"code": code}, token=shop.token)
    started = ask("POST", "/api/projects/shop/start", body={"branch": "develop"}, token=shop.token)
    assert started.status == 200, started.json
    assert ask("POST", "/r/shop/save/docs/from%20code.bin", body=b"\0\1\2").json == 3
    assert ask("GET", f"{URL}/download/docs/from%20code.bin", token=shop.token).json == b"\0\1\2"
    url = ask("GET", "/r/shop/link/docs/from%20code.bin").json.decode()
    path = re.sub(r"^http://[^/]+", "", url)
    assert ask("GET", path).json == b"\0\1\2"
    assert ask("HEAD", path).headers["content-length"] == "3"
