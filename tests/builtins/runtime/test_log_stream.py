"""The live log over HTTP: its answer comes to a proper end when its reader may read no longer."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from falcon.testing import StartResponseMock, create_environ

from m3m_builtins.auth.sessions import Sessions
from m3m_builtins.runtime import readers, stream
from m3m_core.http.app import create_app
from m3m_core.kernel import Kernel
from m3m_core.settings import JWT, Seconds
from m3m_core.testing import Client, kernel

PATH = "/api/projects/shop/logs/stream"


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    monkeypatch.setattr(stream, "POLL", 0.01)
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    with kernel(["runtime"], runs=SimpleNamespace()) as started:
        yield started


def opened(running: Kernel, reader: Client, path: str = PATH, app: Any = None) -> Any:
    """What the server sends, as it comes."""
    answered = StartResponseMock()
    pieces = iter((app or create_app(running))(create_environ(path, headers=reader.headers), answered))
    assert answered.status == "200 OK"
    assert next(pieces) == b"retry: 1000\n\n"
    assert next(pieces) == b": still here\n\n"
    return pieces


def test_it_ends_when_the_token_expires(running: Kernel, owner: Client, shop: str) -> None:
    auth = running.host.context("auth").service
    tokens = Sessions(JWT(expiration=Seconds(2)), auth.sessions._secret).open(owner.user)
    reader = owner.with_headers(Authorization=f"Bearer {tokens.token}")
    assert set(opened(running, reader)) <= {b": still here\n\n"}
    assert reader.get(PATH).json["code"] == "token_expired"


def test_it_ends_when_the_reader_is_blocked(running: Kernel, owner: Client, root: Client, shop: str) -> None:
    pieces = opened(running, owner)
    assert root.post(f"/api/users/{owner.user.id}/block").status == 200
    assert list(pieces) == []
    assert owner.get(PATH).status == 401


def test_a_project_and_a_reader_have_so_many_streams_at_once(
    running: Kernel, owner: Client, root: Client, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "MOST_STREAMS", 2)
    owner.post("/api/projects", json={"name": "Other", "slug": "other"})
    other = PATH.replace("shop", "other")
    app = create_app(running)

    def refused(reader: Client, path: str) -> bool:
        answered = StartResponseMock()
        pieces = app(create_environ(path, headers=reader.headers), answered)
        assert answered.status != "429 Too Many Requests" or dict(answered.headers)["retry-after"] == "10"
        getattr(pieces, "close", lambda: None)()
        return answered.status == "429 Too Many Requests"

    first, _second = opened(running, owner, app=app), opened(running, root, app=app)
    assert [refused(root, PATH), refused(root, other)] == [True, False]
    third = opened(running, root, other, app)
    assert [refused(owner, other), refused(root, other)] == [False, True]
    first.close()
    assert [refused(owner, PATH), refused(root, PATH)] == [False, True]
    third.close()
    assert not refused(root, PATH)
    for _ in range(3):
        assert root.head(PATH).status == 200  # opens nothing
    assert not refused(root, PATH)
