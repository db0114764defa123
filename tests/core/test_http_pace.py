"""How slowly a client may send what a front reads."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from m3m_core.http import pace
from m3m_core.http.pace import PacedSocket


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


class Sender:
    """A socket on which `size` bytes come after `seconds`, again and again."""

    def __init__(self, clock: Clock, size: int, seconds: float) -> None:
        self._clock = clock
        self._size = size
        self._seconds = seconds
        self._timeout = 30.0

    def gettimeout(self) -> float:
        return self._timeout

    def settimeout(self, seconds: float) -> None:
        self._timeout = seconds

    def recv_into(self, space: memoryview) -> int:
        return len(self.recv(len(space)))

    def recv(self, _size: int) -> bytes:
        if self._seconds > self._timeout:
            self._clock.now += self._timeout
            raise TimeoutError
        self._clock.now += self._seconds
        return b"x" * self._size


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(pace, "time", made)
    return made


@pytest.mark.parametrize(
    ("size", "seconds", "ends"),
    [
        (1, 14.0, 16),  # one byte every so often
        (1, 0.5, 16),
        (64_000, 15.5, 15),  # a pause, however much came before
        (400, 1.0, 70),
        (512, 1.0, None),
        (64_000, 14.5, None),
        (1, 0.0, None),  # what is there already is no wait
    ],
)
@pytest.mark.parametrize(
    "receive", [lambda paced: len(paced.recv(100_000)), lambda paced: paced.recv_into(memoryview(bytearray(100_000)))]
)
def test_who_sends_too_slowly_is_given_up(
    clock: Clock, receive: Callable[[PacedSocket], int], size: int, seconds: float, ends: int | None
) -> None:
    sender = Sender(clock, size, seconds)
    paced = PacedSocket(sender)
    began = clock.now
    try:
        for _ in range(1000):
            assert receive(paced) == size
    except TimeoutError:
        assert ends is not None
        assert clock.now - began <= ends
    else:
        assert ends is None
    assert sender.gettimeout() == 30.0


def test_time_in_which_nobody_reads_and_another_body_do_not_count(clock: Clock) -> None:
    paced = PacedSocket(Sender(clock, 1, 7.0))
    for _ in range(3):
        paced.begin()
        for _ in range(2):
            assert paced.recv(1) == b"x"
            clock.now += 60.0


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_a_real_socket(pair: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "STALL_SECONDS", 0.1)
    ours, theirs = pair
    ours.settimeout(5)
    paced = PacedSocket(ours)
    theirs.send(b"hello")
    assert paced.recv(100) == b"hello"
    space = bytearray(100)
    theirs.send(b"again")
    assert (paced.recv_into(memoryview(space)), space[:5]) == (5, b"again")
    with pytest.raises(TimeoutError):
        paced.recv(100)
    assert ours.gettimeout() == 5
