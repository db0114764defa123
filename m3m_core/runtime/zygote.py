"""The process that runners are forked from: everything is imported, nothing is open.

Protocol, on standard input (a SEQPACKET socket from the supervisor): one byte and the runner's control socket come in,
`pid` goes back as JSON; `{"exit": pid, "status": wait status}` follows when that runner has ended.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()  # before anything else is imported: runners are cooperative, and they are forks of this

# ruff: noqa: E402
import argparse
import gc
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import gevent
import orjson

from .. import config, logs
from ..kernel import Kernel
from ..processes import die_with_parent
from . import runner
from .wire import receive_handoff

RawSocket: Any = monkey.get_original("socket", "socket")
fork = monkey.get_original("os", "fork")
poll = monkey.get_original("select", "poll")
waitpid = monkey.get_original("os", "waitpid")
close = monkey.get_original("os", "close")  # gevent's own leaves the closing to a hub, and none runs here


def serve(kernel: Kernel, orders: Any) -> None:
    """Fork on order until the supervisor is gone. Everything here blocks: no hub may exist before the fork."""
    children: dict[int, int] = {}
    poller = poll()
    poller.register(orders.fileno(), select.POLLIN)
    while True:
        for fd, _ in poller.poll():
            if fd != orders.fileno():
                pid = children.pop(fd)
                poller.unregister(fd)
                close(fd)
                _, status = waitpid(pid, 0)
                orders.send(orjson.dumps({"exit": pid, "status": status}))
                continue
            order = receive_handoff(orders)
            if order is None:
                return
            pid = fork()
            if pid == 0:
                become_runner(kernel, orders, list(children), order.fd)
            close(order.fd)
            watcher = os.pidfd_open(pid)
            children[watcher] = pid
            poller.register(watcher, select.POLLIN)
            orders.send(orjson.dumps({"pid": pid}))


def become_runner(kernel: Kernel, orders: Any, watchers: list[int], control_fd: int) -> None:
    status = 1
    try:
        die_with_parent(signal.SIGKILL)
        orders.close()
        for fd in watchers:
            close(fd)
        gc.enable()
        gevent.reinit()
        runner.main(kernel, control_fd)
        status = 0
    except BaseException:
        runner.log.exception("a runner ended with an error of its own")
    finally:
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path)
    parser.add_argument("--boot", default="")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(signal.SIGKILL)
    settings = config.load(options.config, os.environ)
    logs.setup(settings.logging.level)
    kernel = Kernel(settings, "runner", boot=options.boot)
    kernel.start()  # once for all runners: it saves each of them 2 ms and a megabyte
    gc.collect()
    gc.disable()
    gc.freeze()  # the collector must not touch, and so copy, pages that all runners share
    serve(kernel, RawSocket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, sys.stdin.fileno()))


if __name__ == "__main__":
    main()
