"""http: answers that are late, too large, cut off or no HTTP; certificates that are not to be trusted."""

from __future__ import annotations

import socket
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from answering import CERTIFICATES, Server, answering

from m3m_builtins.http.client import Client
from m3m_builtins.http.config import HTTPConfig
from m3m_builtins.http.cookies import Jar
from m3m_builtins.http.requests import Limits, Request
from m3m_builtins.http.targets import target
from m3m_core import M3MError, ScriptError
from m3m_core.egress import Egress
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    ("call", "code", "message"),
    [
        ("get(base + '/slow', {timeout: 50})", "timeout", r"took longer than 0\.05 s"),
        ("get(base + '/slow', {timeout: {read: 50}})", "timeout", "the wait for more of the answer took longer"),
        ("get(base + '/drip', {timeout: {total: '150ms'}})", "timeout", r"the exchange took longer than 0\.15 s"),
        ("download(base + '/drip', 'x', {timeout: '150ms'})", "timeout", "took longer than 0"),
        ("get(base + '/truncated')", "broken_answer", "the answer broke off"),
        ("get(base + '/cut-chunks')", "broken_answer", "the answer broke off"),
        ("get(base + '/garbage')", "broken_answer", "or is not HTTP"),
        ("get(base + '/many-headers')", "broken_answer", "or is not HTTP"),
        ("get(base + '/hesitating', {timeout: 100})", "timeout", "took longer than"),
        ("get(base + '/lying')", "broken_answer", "the answer broke off"),
        ("get(base + '/big?size=2000', {maxSize: 1999})", "too_large", "larger than 1999 bytes"),
        ("get(base + '/big?size=50000000')", "too_large", "larger than 16777216 bytes"),
        ("get(base + '/endless')", "too_large", "larger than"),
        ("get(base + '/bomb')", "too_large", "larger than"),
        ("get('http://127.0.0.1:1/')", "connect_failed", "Connection refused"),
        ("get('http://nobody.invalid/')", "dns_failed", "no address is known"),
    ],
)
def test_failures(js: JSRun, call: str, code: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        js.value(f"http.{call}")
    assert caught.value.code == code
    with pytest.raises(ScriptError, match=message) as later:
        js.value(f"http.{call.replace('(', 'Async(', 1)}")
    assert later.value.code == code


@pytest.fixture(scope="module")
def silent() -> Iterator[int]:
    """The port of a server whose queue of connections is full: what comes to it is never answered, nor refused."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as waiting:
        address = server.getsockname()
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(address)
        yield address[1]


@pytest.mark.parametrize(
    ("timeout", "message"),
    [
        ("{connect: 100}", r"connecting took longer than 0\.1 s"),
        ("{connect: '100ms', read: '5s', total: '9s'}", r"connecting took longer than 0\.1 s"),
        ("{connect: '9s', total: 100}", r"took longer than 0\.1 s"),
        ("100", r"took longer than 0\.1 s"),
    ],
)
def test_a_server_that_nobody_reaches(js: JSRun, silent: int, timeout: str, message: str) -> None:
    for call in ("get", "getAsync"):
        began = time.monotonic()
        with pytest.raises(ScriptError, match=message) as caught:
            js.value(f"http.{call}('http://127.0.0.1:{silent}/', {{timeout: {timeout}}})")
        assert caught.value.code == "timeout"
        assert time.monotonic() - began < 4


def test_an_answer_of_the_largest_size_is_taken(js: JSRun) -> None:
    assert js.value("http.get(base + '/big?size=2000', {maxSize: 2000}).bytes().length") == 2000
    assert js.value("http.get(base + '/big?size=4000000').bytes().length") == 4_000_000


def test_a_bomb_does_not_fill_memory(js: JSRun) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ScriptError, match="larger than 5000000"):
            js.value("http.get(base + '/bomb', {maxSize: 5_000_000})")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 25_000_000  # unpacked it has 100 MB


@pytest.fixture(scope="module")
def secure(js: JSRun) -> Iterator[Server]:
    with answering(tls=True) as made:
        js.run(f"globalThis.secure = 'https://localhost:{made.port}'")
        yield made


def test_a_certificate_that_nobody_vouches_for(js: JSRun, secure: Server) -> None:
    with pytest.raises(ScriptError, match="the certificate is not trusted") as caught:
        js.value("http.get(secure)")
    assert caught.value.code == "tls_failed"
    assert js.value("http.get(secure, {verify: false}).status") == 200


def test_secure_to_a_plain_server(js: JSRun) -> None:
    with pytest.raises(ScriptError) as caught:
        js.value("http.get(base.replace('http', 'https'))")
    assert caught.value.code == "tls_failed"


def exchange(url: str, config: HTTPConfig) -> bytes:
    reply = Client(Egress(config, "plugins.config.http"), config.ca_file).send(
        Request("GET", target(url), Limits(2, 2, 2, 1000)), Jar()
    )
    return reply.read_all(1000)


def test_an_authority_of_ones_own(secure: Server) -> None:
    trusting = HTTPConfig(ca_file=CERTIFICATES / "localhost.pem")
    assert b"GET" in exchange(f"https://localhost:{secure.port}/", trusting)
    with pytest.raises(M3MError, match=r"certificate is not trusted .*127") as caught:
        exchange(f"https://127.0.0.1:{secure.port}/", trusting)
    assert caught.value.code == "tls_failed"


def test_the_total_bounds_the_look_up_too(js: JSRun, monkeypatch: pytest.MonkeyPatch) -> None:
    import gevent

    monkeypatch.setattr("gevent.socket.getaddrinfo", lambda *a, **k: gevent.sleep(10))
    started = time.monotonic()
    with pytest.raises(ScriptError, match=r"connecting took longer|the exchange took longer"):
        js.value("http.get('http://slow.example/', {timeout: 50})")
    assert time.monotonic() - started < 2


def test_urllib3_comes_with_the_first_request(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = """
import sys
from m3m_core.testing import run_js
with run_js(["http"], "http.session(); new Response('x')"):
    assert "urllib3" not in sys.modules and "http.cookiejar" in sys.modules
with run_js(["http"], "const later = () => fetch('http://localhost/')"):
    assert "urllib3" not in sys.modules
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=tmp_path)
