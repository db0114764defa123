"""Which addresses `http` and `fetch` reach, in every spelling. The rules themselves: tests/core/test_egress.py."""

from __future__ import annotations

import pytest
from answering import Server

from m3m_core import ScriptError, outgoing
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "2852039166", "0xA9FEA9FE", "0251.0376.0251.0376", "169.254.43518", "0xa9.254.0251.254",
     "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[fe80::1]", "[fd00:ec2::254]",
     "①⑥⑨.254.169.254", "169.254.169.254."],
)  # fmt: skip
def test_every_spelling(js: JSRun, host: str) -> None:
    for call in (f"http.get('http://{host}/')", f"http.download('http://{host}/', 'x')"):
        with pytest.raises(ScriptError, match="is refused: services do not reach") as caught:
            js.value(call)
        assert (caught.value.name, caught.value.code) == ("Forbidden", "egress_refused")
    with pytest.raises(ScriptError, match="is refused: services do not reach") as caught:
        js.value(f"fetch('http://{host}/')")
    assert (caught.value.name, caught.value.code) == ("TypeError", "egress_refused")


def test_the_host_header_and_name_stay(js: JSRun, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(outgoing.socket.AF_INET, outgoing.socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *_, **__: found)
    host = js.value(f"http.get('http://shop.example:{server.port}/').json().headers.host")
    assert host == f"shop.example:{server.port}"
