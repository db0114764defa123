"""The messages between the processes of a run: sockets with SCM_RIGHTS, all else as lines of JSON."""

from __future__ import annotations

import array
import os
import socket
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from ..contributions import RunSource, RunSpec

HANDOFF_LIMIT = 128 * 1024
"""Bytes of one hand-off message: more than the runner's and the front's read size, less than a socket's buffer."""


class HandOff(NamedTuple):
    """A client connection on its way: its file descriptor, the peer's address, whether that peer's X-Forwarded-For
    counts, and the bytes of the next request that were read already."""

    fd: int
    ip: str
    trusted: bool
    unread: bytes


def pack(ip: str, trusted: bool, unread: bytes) -> bytes:
    return (f"{ip} {int(trusted)}\n").encode() + unread


def send_handoff(channel: Any, fd: int, ip: str, trusted: bool, unread: bytes) -> None:
    """Raises OSError when the other side is gone."""
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))]
    channel.sendmsg([pack(ip, trusted, unread)], rights)


def receive_handoff(channel: Any, flags: int = 0) -> HandOff | None:
    """The next connection; None when the other side is gone. The caller owns the descriptor."""
    size = array.array("i").itemsize
    while True:
        data, ancillary, _, _ = channel.recvmsg(HANDOFF_LIMIT, socket.CMSG_SPACE(size), flags)
        if not data:
            return None
        fds = array.array("i")
        for level, kind, raw in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                fds.frombytes(raw[: len(raw) - len(raw) % size])
        if fds:
            break  # without one, this process has too many open files, and the kernel has dropped the connection
    for extra in fds[1:]:
        os.close(extra)
    head, _, unread = data.partition(b"\n")
    ip, _, trusted = head.decode().rpartition(" ")
    return HandOff(fds[0], ip, trusted == "1", unread)


def send_line(sock: Any, message: dict[str, Any]) -> None:
    sock.sendall(orjson.dumps(message) + b"\n")


def lines(sock: Any) -> Iterator[dict[str, Any]]:
    """Messages until the other side is gone."""
    buffer = b""
    while True:
        try:
            data = sock.recv(65536)
        except OSError:
            return
        if not data:
            return
        *whole, buffer = (buffer + data).split(b"\n")
        for line in whole:
            yield orjson.loads(line)


def spec_from(told: dict[str, Any]) -> RunSpec:
    """The RunSpec that `asdict` made a message of."""
    return RunSpec(**{**told, "source": RunSource(**told["source"])})
