"""Connections and messages between processes."""

from __future__ import annotations

import array
import os
import socket
from collections.abc import Iterator

import pytest

from m3m_core.runtime.wire import HANDOFF_LIMIT, HandOff, lines, pack, receive_handoff, send_handoff, send_line

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def channel() -> Iterator[Pair]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        theirs.settimeout(5)
        yield ours, theirs


def received(channel: socket.socket) -> HandOff:
    handed = receive_handoff(channel)
    assert handed is not None
    os.close(handed.fd)
    return handed


@pytest.mark.parametrize("ip", ["127.0.0.1", "::1", "fe80::1%eth0", "::ffff:192.0.2.7", ""])
@pytest.mark.parametrize("unread", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\n \0\xff", b"x" * 100_000])
@pytest.mark.parametrize("trusted", [False, True])
def test_a_connection_passes_with_what_is_known_of_it(channel: Pair, ip: str, unread: bytes, trusted: bool) -> None:
    send_handoff(channel[0], 0, ip, trusted, unread)
    assert received(channel[1])[1:] == (ip, trusted, unread)


def test_the_socket_itself_passes(channel: Pair) -> None:
    client, server = socket.socketpair()
    with client:
        send_handoff(channel[0], server.fileno(), "", False, b"")
        server.close()
        handed = receive_handoff(channel[1])
        assert handed is not None
        with socket.socket(fileno=handed.fd) as taken:
            taken.sendall(b"hello")
            assert client.recv(10) == b"hello"


def test_the_largest_message_fits(channel: Pair) -> None:
    unread = b"x" * (HANDOFF_LIMIT - 100)
    send_handoff(channel[0], 0, "::1", True, unread)
    assert received(channel[1]).unread == unread


def test_the_end_is_told_and_a_lost_descriptor_is_not_the_end(channel: Pair) -> None:
    channel[0].send(pack("lost", False, b"x"))
    send_handoff(channel[0], 0, "next", False, b"")
    channel[0].close()
    assert received(channel[1]).ip == "next"
    assert receive_handoff(channel[1]) is None


def test_descriptors_that_nobody_expects_are_closed(channel: Pair) -> None:
    kept, passed = socket.socketpair()
    with kept:
        with passed:
            rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [passed.fileno()] * 2))]
            channel[0].sendmsg([pack("two", False, b"")], rights)
        assert received(channel[1]).ip == "two"
        kept.settimeout(5)
        assert kept.recv(1) == b"", "a copy of the other end is still open"


def test_lines_arrive_whole() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        for number in range(3):
            send_line(ours, {"number": number, "text": "a\nb"})
        ours.sendall(b'{"number":')
        ours.sendall(b"3}\n{")
        ours.close()
        assert [message["number"] for message in lines(theirs)] == [0, 1, 2, 3]
