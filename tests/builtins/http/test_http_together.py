"""http under load: many at once, bounded, over kept connections, without holding up the instance; proxies."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from answering import Server

from m3m_core import ScriptError
from m3m_core.testing import JSRun

POOL = 10
"""`runtime.worker_pool_size` of the kit."""


def test_async_requests_run_together(js: JSRun, server: Server) -> None:
    js.run(
        "globalThis.all = (n) => Promise.all(Array.from({length: n}, () => http.getAsync(base + '/slow?seconds=0.2')))"
    )
    started = time.monotonic()
    assert js.value(f"all({POOL}).then((answers) => answers.map((answer) => answer.body))") == ["at last"] * POOL
    assert time.monotonic() - started < 0.2 * POOL / 2
    started = time.monotonic()
    js.value(f"all({2 * POOL}).then((answers) => answers.length)")
    assert time.monotonic() - started >= 0.4  # the second half waited for the first


def test_others_are_served_meanwhile(js: JSRun) -> None:
    js.run("globalThis.ticks = 0; globalThis.timer = setInterval(() => { ticks++ }, 5)")
    js.value("http.getAsync(base + '/slow?seconds=0.2').then(() => ticks)")
    assert js.value("ticks") > 10
    before = js.value("ticks")
    assert js.value("(() => { const t = ticks; http.get(base + '/slow?seconds=0.1'); return ticks - t })()") == 0
    assert js.value("ticks") >= before
    js.run("clearInterval(timer)")


def test_a_connection_that_the_server_closed_is_made_anew(js: JSRun, server: Server) -> None:
    for _ in range(3):
        assert js.value("http.get(base + '/cut', {headers: {Connection: 'close'}}).status") == 200
        assert (
            js.value("(() => { try { http.get(base + '/truncated') } catch { return http.get(base).status } })()")
            == 200
        )


class Proxy:
    """Takes CONNECT and absolute addresses; `asked` are the first lines of requests, `heads` all of them."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.heads: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._proxy, args=(client,), daemon=True).start()

    def _proxy(self, client: socket.socket) -> None:
        with client:
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(65536)
            self.heads.append(head.decode())
            method, url, _ = head.split(b" ", 2)
            if b"refuse" in url:
                client.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
                return
            place = url if method == b"CONNECT" else url.split(b"/")[2]
            host, _, port = place.decode().rpartition(":")
            with socket.create_connection((host, int(port))) as upstream:
                if method == b"CONNECT":
                    client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                else:
                    upstream.sendall(head)
                self._pump(client, upstream)

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        while True:
            for ready in select.select([one, other], [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    return
                (other if ready is one else one).sendall(data)

    def close(self) -> None:
        self._listener.close()


@contextmanager
def proxying() -> Iterator[Proxy]:
    made = Proxy()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def proxy(js: JSRun) -> Iterator[Proxy]:
    with proxying() as made:
        js.run(f"globalThis.proxy = 'http://ann:secret@127.0.0.1:{made.port}'")
        yield made


def test_a_proxy(js: JSRun, server: Server, proxy: Proxy) -> None:
    told = js.value("http.get(base + '/x', {proxy}).json()")
    assert told["path"].endswith("/x")
    assert proxy.heads[-1].startswith(f"GET {server.url}/x HTTP/1.1\r\n")
    assert "proxy-authorization: basic YW5uOnNlY3JldA==" in proxy.heads[-1].replace("Basic", "basic").replace(
        "Proxy-A", "proxy-a"
    )


def test_a_tunnel(js: JSRun, proxy: Proxy) -> None:
    from answering import answering

    with answering(tls=True) as secure:
        url = f"https://localhost:{secure.port}/x"
        assert js.value(f"http.get('{url}', {{proxy, verify: false}}).json().path") == "/x"
        assert proxy.heads[-1].startswith(f"CONNECT localhost:{secure.port} HTTP/1.")
        assert "x-secret" not in proxy.heads[-1].lower()


@pytest.mark.parametrize(
    ("url", "proxy_url", "code"),
    [
        ("base", "'http://169.254.169.254:3128'", "egress_refused"),
        ("'http://169.254.169.254/'", "proxy", "egress_refused"),
        ("'http://0xa9fea9fe/'", "proxy", "egress_refused"),
        ("'https://[::ffff:a9fe:a9fe]/'", "proxy", "egress_refused"),
        ("'https://refuse.invalid/'", "proxy", "proxy_failed"),
        ("base", "'http://127.0.0.1:1'", "connect_failed"),
        ("base", "'socks5://127.0.0.1:1'", "bad_url"),
    ],
)
def test_through_a_proxy_nothing_else_is_reached(js: JSRun, proxy: Proxy, url: str, proxy_url: str, code: str) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value(f"http.get({url}, {{proxy: {proxy_url}}})")
    assert caught.value.code == code
    assert "secret" not in caught.value.message
