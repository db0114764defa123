"""A real server for tests, in threads of its own: it answers as its path says."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

CERTIFICATES = Path(__file__).with_name("certificates")


def packed_zeros(megabytes: int) -> bytes:
    """Made in pieces: nobody shall have had that much memory."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([packer.compress(b"\0" * 1_000_000) for _ in range(megabytes)]) + packer.flush()


BOMB = packed_zeros(100)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for head and body

    def log_message(self, *arguments: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        """The server asks for do_GET, do_POST and so on: every method is answered."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self) -> None:
        split = urlsplit(self.path)
        self.query = {name: values[-1] for name, values in parse_qs(split.query, keep_blank_values=True).items()}
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append(f"{self.command} {split.path}")  # type: ignore[attr-defined]
        self.server.peers.add(self.client_address)  # type: ignore[attr-defined]
        name = split.path.strip("/").partition("/")[0]
        answer: Callable[[Handler], None] = ANSWERS.get(name, echo)
        answer(self)
        self.wfile.flush()

    def reply(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for header, value in ({"Content_Length": str(len(body))} | headers).items():
            for item in value.split("\n"):
                self.send_header(header.replace("_", "-"), item)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def echo(handler: Handler) -> None:
    told = {
        "method": handler.command,
        "path": handler.path,
        "headers": {name.lower(): value for name, value in handler.headers.items()},
        "body": handler.body.decode("latin-1"),
    }
    handler.reply(json.dumps(told).encode(), Content_Type="application/json")


def redirect(handler: Handler) -> None:
    query = handler.query
    cookie = {"Set_Cookie": query["cookie"]} if "cookie" in query else {}
    handler.reply(b"moved", int(query.get("status", 302)), Location=query["to"], **cookie)


def loop(handler: Handler) -> None:
    handler.reply(b"", 302, Location=f"/loop/{len(handler.path)}/{handler.path.count('/')}")


def slow(handler: Handler) -> None:
    handler.server.waiting.wait(float(handler.query.get("seconds", 5)))  # type: ignore[attr-defined]
    handler.reply(b"at last")


def drip(handler: Handler) -> None:
    """Pieces with waits between, until the other side is gone."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    try:
        for number in range(int(handler.query.get("pieces", 1000))):
            handler.wfile.write(b"5\r\n%05d\r\n" % number)
            handler.wfile.flush()
            time.sleep(float(handler.query.get("wait", 0.02)))
        handler.wfile.write(b"0\r\n\r\n")
    except OSError:
        handler.server.gone.set()  # type: ignore[attr-defined]


def truncated(handler: Handler) -> None:
    handler.reply(b"half", Content_Length="1000", Content_Type="text/plain")
    handler.close_connection = True


def cut_chunks(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"ff\r\nhalf")
    handler.close_connection = True


def garbage(handler: Handler) -> None:
    handler.wfile.write(b"this is not HTTP at all\r\n\r\n")
    handler.close_connection = True


def zipped(handler: Handler) -> None:
    handler.reply(gzip.compress("сжато".encode()), Content_Encoding="gzip", Content_Type="text/plain; charset=utf-8")


def bomb(handler: Handler) -> None:
    handler.reply(BOMB, Content_Encoding="gzip")


def lying(handler: Handler) -> None:
    handler.reply(b"not gzip", Content_Encoding="gzip")


def big(handler: Handler) -> None:
    size = int(handler.query["size"])
    handler.reply(b"", Content_Length=str(size))
    piece = bytes(range(256)) * 256
    try:
        for start in range(0, size, len(piece)):
            handler.wfile.write(piece[: size - start])
    except OSError:
        pass  # the other side had enough


def endless(handler: Handler) -> None:
    handler.close_connection = True
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        pass  # the other side had enough


def text(handler: Handler) -> None:
    kind = handler.query.get("type", "text/plain; charset=windows-1251")
    handler.reply("Привет".encode("cp1251"), Content_Type=kind)


def cookies(handler: Handler) -> None:
    handler.reply(b"", 200, Set_Cookie="\n".join(handler.query["set"].split("|")))


def odd_head(handler: Handler) -> None:
    """Headers that are none; after them, a body that has to be read."""
    handler.wfile.write(b"HTTP/1.1 200 Fine\r\nX-Ok: 1\r\nX-Odd: a\x00b\r\nConnection: close\r\nA b: 1\r\n\r\nbody")
    handler.close_connection = True


def many_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 200 + b"Content-Length: 0\r\n\r\n")


def odd_status(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 999 What\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")


def hesitating(handler: Handler) -> None:
    """Never comes to the point."""
    try:
        while True:
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            handler.wfile.flush()
            time.sleep(0.01)
    except OSError:
        handler.server.gone.set()  # type: ignore[attr-defined]


def status(handler: Handler) -> None:
    handler.reply(b"told you so", int(handler.query["code"]))


ANSWERS: dict[str, Callable[[Handler], None]] = {
    "redirect": redirect, "loop": loop, "slow": slow, "drip": drip, "truncated": truncated, "cut-chunks": cut_chunks,
    "garbage": garbage, "zipped": zipped, "bomb": bomb, "lying": lying, "big": big, "endless": endless, "text": text,
    "cookies": cookies, "status": status, "odd-head": odd_head, "many-headers": many_headers, "odd-status": odd_status,
    "hesitating": hesitating,
}  # fmt: skip


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[str] = []
        self.peers: set[Any] = set()
        self.waiting = threading.Event()
        self.gone = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def handle_error(self, request: Any, address: Any) -> None:
        pass  # connections that are cut off are part of the tests

    def process_request(self, request: Any, address: Any) -> None:
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().process_request(request, address)


@contextmanager
def answering(*, tls: bool = False) -> Iterator[Server]:
    server = Server()
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / "localhost.pem", CERTIFICATES / "localhost.key")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.waiting.set()
        server.shutdown()
        server.server_close()
        thread.join()
