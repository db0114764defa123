"""The process that runners are forked from: everything is imported, nothing is open.

Protocol, on standard input (a SEQPACKET socket from the supervisor): one byte and the runner's control socket come in,
`{"pid": pid}` goes back, or `{"error": why}` when the system refuses a process; `{"exit": pid, "status": wait status}`
follows when that runner has ended.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()  # before anything else is imported: runners are cooperative, and they are forks of this

# ruff: noqa: E402
import argparse
import gc
import os
import random
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
from . import gaps, runner
from .modules import Modules
from .rlimits import set_limits
from .wire import receive_handoff

RawSocket: Any = monkey.get_original("socket", "socket")
fork = monkey.get_original("os", "fork")
poll = monkey.get_original("select", "poll")
waitpid = monkey.get_original("os", "waitpid")
close = monkey.get_original("os", "close")  # gevent's own leaves the closing to a hub, and none runs here


WARM_UP = 10
"""Turns of the event loop before the fork: the interpreter rewrites code that runs often, each rewrite is a copy."""


class Zygote:
    """Everything here blocks: no hub may exist before the fork."""

    def __init__(self, kernel: Kernel, orders: Any) -> None:
        self._kernel = kernel
        self._modules = Modules(kernel.host)
        self._engine = runner.warm_engine(kernel, self._modules)
        self._orders = orders
        self._children: dict[int, int] = {}
        self._poller = poll()
        self._poller.register(orders.fileno(), select.POLLIN)

    def serve(self) -> None:
        """Fork on order until the supervisor is gone."""
        try:
            while True:
                for fd, _ in self._poller.poll():
                    if fd in self._children:
                        self._bury(fd)
                    elif not self._take_order():
                        return
        except (BrokenPipeError, ConnectionResetError):
            return

    def _bury(self, watcher: int) -> None:
        pid = self._children.pop(watcher)
        self._poller.unregister(watcher)
        close(watcher)
        _, status = waitpid(pid, 0)
        self._say(exit=pid, status=status)

    def _take_order(self) -> bool:
        order = receive_handoff(self._orders)
        if order is None:
            return False
        try:
            self._say(pid=self._make(order.fd))
        except OSError as error:
            self._say(error=str(error))
        finally:
            close(order.fd)
        return True

    def _make(self, control_fd: int) -> int:
        """Raises OSError when there are too many processes or open files."""
        zygote = os.getpid()
        pid: int = fork()
        if pid == 0:
            self._become_runner(control_fd, zygote)
        try:
            watcher = os.pidfd_open(pid)
        except OSError:
            os.kill(pid, signal.SIGKILL)
            waitpid(pid, 0)
            raise
        self._children[watcher] = pid
        self._poller.register(watcher, select.POLLIN)
        return pid

    def _say(self, **message: Any) -> None:
        self._orders.send(orjson.dumps(message))

    def _become_runner(self, control_fd: int, zygote: int) -> None:
        status = 1
        try:
            die_with_parent(signal.SIGKILL)
            if os.getppid() != zygote:  # it died before the line above
                os._exit(status)
            self._orders.close()
            for fd in self._children:
                close(fd)
            random.seed()  # or it would draw what its brothers draw
            set_limits(self._kernel.settings.runtime)
            gc.enable()
            gevent.reinit()
            runner.main(self._kernel, self._engine, self._modules, control_fd)
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
    parser.add_argument("--off", type=orjson.loads, default={})
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(signal.SIGKILL)
    settings = config.load(options.config, os.environ)
    logs.setup(settings.logging.level)
    kernel = Kernel(settings, "runner", boot=options.boot, off=options.off)
    kernel.start()  # once for all runners: it saves each of them 2 ms and a megabyte
    kernel.db.prepare()
    # What imports and start left in the cache of attribute names would be replaced in every fork, and each replacement
    # writes to the old name's page: 0.3 MB. What is looked up from here on, the forks look up too.
    sys._clear_type_cache()
    for _ in range(WARM_UP):
        gevent.sleep(0.001)  # with a look at descriptors
    zygote = Zygote(kernel, RawSocket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, sys.stdin.fileno()))
    gaps.fill()
    gc.disable()
    gc.freeze()  # the collector must not touch, and so copy, pages that all runners share
    zygote.serve()
