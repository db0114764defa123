"""An answer that has no body by its status: whatever follows its head would be read as the next answer."""

from __future__ import annotations

import base64
import json

import pytest
from serving import LAST, Played, get

SPLIT = "HTTP/1.1 200 OK\r\n\r\n"
KINDS = {
    "file": ("f", {"f": SPLIT, "m": {}}, ""),
    "stream": ("s", {"c": 7}, ""),
    "text": ("r", {}, SPLIT),
    "bytes": ("r", {"b": 1}, base64.b64encode(SPLIT.encode()).decode()),
}


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_nothing_follows_the_head(kind: str, status: int, version: str) -> None:
    letter, more, body = KINDS[kind]
    headers = [["Content-Length", "5"], ["Transfer-Encoding", "chunked"], ["X-Own", "1"]]
    meta = json.dumps({"s": status, "h": headers} | more)
    played = Played(lambda *_: f"{letter}!{meta}" + (f"\n{body}" if letter == "r" else ""))
    with played.connect() as client:
        data = client.send(get("/", LAST).replace(b"HTTP/1.1", f"HTTP/{version}".encode())).rest()
    head, _, rest = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert (b"X-Own: 1" in head, b"content-length" in head.lower(), b"transfer-encoding" in head.lower()) == (
        True,
        False,
        False,
    )
    assert rest == b""
    assert played.engine.calls == (["stop"] if kind == "stream" else [])
    assert played.host.file.closed == (kind == "file")
