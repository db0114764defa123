"""Child processes that never outlive the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from typing import IO

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def _die_with(parent: int) -> Callable[[], None]:
    def arrange() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        # The parent may have died before the call above.
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return arrange


def die_with_parent(number: signal.Signals) -> None:
    """Have the kernel send us this signal when the thread that started us ends."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, number)


def spawn(
    command: Sequence[str], *, output: IO[bytes] | None = None, pass_fds: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a program that gets SIGTERM when this process ends, however it ends.

    It has a session of its own: Ctrl-C in the terminal reaches only us, and we decide who stops when. `output` takes
    what it prints; without it, it prints where we do. Call from the main thread: Linux ties the life of the child to
    the thread that started it.
    """
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=pass_fds,
        start_new_session=True,
        preexec_fn=_die_with(os.getpid()),  # one prctl; we have no other thread here
    )


def end(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """SIGTERM, then SIGKILL after `seconds`. False when it had to be killed."""
    if process.poll() is not None:
        return True
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True
