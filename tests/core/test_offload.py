from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from m3m_core import Turns, Unavailable, offload, start_offload

FRONT = """
from gevent import monkey; monkey.patch_all()
import gevent, hashlib, time
from m3m_core import offload, start_offload

def work(fail):
    if fail:
        raise ValueError("too bad")
    return hashlib.pbkdf2_hmac("sha256", b"x", b"y", 300_000).hex()[:4]

longest = 0.0
def tick():
    global longest
    while True:
        before = time.monotonic()
        gevent.sleep(0.001)
        longest = max(longest, time.monotonic() - before)

ticker = gevent.spawn(tick)
started = time.monotonic()
jobs = [gevent.spawn(offload, work, False) for _ in range(6)]
gevent.joinall(jobs, raise_error=True)
elapsed = time.monotonic() - started
assert len({job.value for job in jobs}) == 1
assert longest < elapsed / 3, (longest, elapsed)
started = start_offload(time.sleep, 0.2)
assert start_offload(work, False)() == jobs[0].value and started() is None
assert started() is None
try:
    offload(work, fail=True)
except ValueError as error:
    print(error)
"""

CROWDED = """
from gevent import monkey; monkey.patch_all()
import gevent, time
from m3m_core import Threads, Turns, Unavailable, start_offload

usual = [start_offload(time.sleep, 30) for _ in range(2)]
threads, turns = Threads(2), Turns(2, waiting=3)
running, most = 0, 0

def one():
    global running, most
    try:
        with turns.turn():
            running += 1
            most = max(most, running)
            threads.offload(time.sleep, 0.05)
            running -= 1
            return "done"
    except Unavailable as error:
        return error.code, error.retry_after

jobs = [gevent.spawn(one) for _ in range(8)]
gevent.joinall(jobs, raise_error=True)
print(most, [job.value for job in jobs], one(), flush=True)
import os; os._exit(0)  # not after 30 s
"""


def test_a_front_goes_on_while_it_works() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", FRONT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "too bad\n", "")


def test_work_in_turns_does_not_wait_behind_other_work_and_has_a_queue_with_an_end() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CROWDED], capture_output=True, text=True, check=False, timeout=25
    )
    told = ["done"] * 5 + [("busy", 2)] * 3
    assert (done.stdout, done.stderr) == (f"2 {told} done\n", "")


def test_a_turn_that_fails_is_over() -> None:
    turns = Turns(1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn():
            divmod(1, 0)
    with turns.turn(), pytest.raises(Unavailable), turns.turn():
        pass


def test_a_started_work_is_waited_for_where_its_result_is_wanted() -> None:
    divided = start_offload(divmod, 7, 2)
    assert (divided(), divided()) == ((3, 1), (3, 1))
    failed = start_offload(divmod, 1, 0)
    with pytest.raises(ZeroDivisionError):
        failed()


def test_elsewhere_it_is_a_plain_call() -> None:
    assert offload(threading.get_ident) == threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        offload(divmod, 1, 0)
