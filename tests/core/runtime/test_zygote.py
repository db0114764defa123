"""The process that runners are forked from, and the limits that it sets them."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import psutil
import pytest
from supervised import Bench, lives, open_files, settings_in, until

from m3m_core.runtime.rlimits import OOM_SCORE, ROOM, process_limit
from m3m_core.runtime.spawner import PROGRAM
from m3m_core.runtime.wire import send_handoff

STUBBORN = """
import sys
from m3m_core.runtime import zygote
real, calls = zygote.fork, []
def fork():
    calls.append(1)
    if len(calls) == 2:
        raise BlockingIOError(11, "Resource temporarily unavailable")
    return real()
zygote.fork = fork
zygote.main()
"""

SHORT_LIVED = """
import os, signal, time
from m3m_core.runtime import zygote
arrange = zygote.die_with_parent
def late(number):
    if os.getppid() == parent:
        time.sleep(0.3)  # so long that the parent is gone by now
    arrange(number)
parent = os.getpid()
zygote.die_with_parent = late
say = zygote.Zygote._say
zygote.Zygote._say = lambda self, **message: (say(self, **message), os.kill(os.getpid(), signal.SIGKILL))
zygote.main()
"""


class Orders:
    """A zygote, and the supervisor's side played by the test."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self.sock, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.sock.settimeout(20)
        settings = settings_in(folder)
        self.process = subprocess.Popen([sys.executable, *command, "--config", str(settings.file)], stdin=theirs)
        theirs.close()

    def ask(self) -> tuple[dict[str, object], socket.socket]:
        """Order a runner: the answer, and our end of the runner's control socket."""
        ours, theirs = socket.socketpair()
        send_handoff(self.sock, theirs.fileno(), "", False, b"")
        theirs.close()
        return self.hear(), ours

    def hear(self) -> dict[str, object]:
        answer: dict[str, object] = orjson.loads(self.sock.recv(4096))
        return answer

    def close(self) -> None:
        self.sock.close()
        self.process.kill()
        self.process.wait()


@pytest.fixture
def orders(tmp_path: Path) -> Iterator[Orders]:
    made = Orders(tmp_path, ["-P", str(PROGRAM)])
    yield made
    made.close()


def test_a_runner_is_made_and_its_end_is_told(orders: Orders) -> None:
    answer, control = orders.ask()
    pid = answer["pid"]
    assert isinstance(pid, int)
    assert psutil.Process(pid).ppid() == orders.process.pid
    control.close()
    assert orders.hear() == {"exit": pid, "status": 0}


def test_it_leaks_no_open_files_and_no_zombies(orders: Orders) -> None:
    answer, control = orders.ask()
    before = open_files(orders.process.pid)
    for _ in range(20):
        _, other = orders.ask()
        other.close()
        orders.hear()
    assert open_files(orders.process.pid) <= before
    assert [child.pid for child in psutil.Process(orders.process.pid).children()] == [answer["pid"]]
    control.close()


def test_a_refused_process_is_said_and_the_next_is_made(tmp_path: Path) -> None:
    orders = Orders(tmp_path, ["-c", STUBBORN])
    controls = []
    answers = []
    for _ in range(3):
        answer, control = orders.ask()
        answers.append(answer)
        controls.append(control)
    assert [list(answer) for answer in answers] == [["pid"], ["error"], ["pid"]]
    assert "Resource temporarily unavailable" in str(answers[1]["error"])
    assert controls[1].recv(1) == b""
    for control in controls:
        control.close()
    orders.close()


@pytest.mark.parametrize("how", ["killed", "left alone"])
def test_runners_end_with_it_and_it_ends_with_the_supervisor(orders: Orders, how: str) -> None:
    answer, control = orders.ask()
    pid = answer["pid"]
    assert isinstance(pid, int)
    if how == "killed":
        orders.process.send_signal(signal.SIGKILL)
    else:
        orders.sock.close()
    orders.process.wait(10)
    until(lambda: not lives(pid))
    control.close()


def test_a_runner_does_not_outlive_a_zygote_that_died_in_the_moment_of_its_birth(tmp_path: Path) -> None:
    orders = Orders(tmp_path, ["-c", SHORT_LIVED])
    answer, control = orders.ask()
    orders.process.wait(10)
    assert isinstance(answer["pid"], int)
    until(lambda: not lives(answer["pid"]))
    control.close()
    orders.close()


def test_a_runner_is_fenced_in(shared: Bench) -> None:
    spec = shared.start("")
    (pid,) = shared.pids(spec)
    limits = Path(f"/proc/{pid}/limits").read_text()
    most = process_limit(shared.settings.runtime) + ROOM
    assert re.search(rf"Max data size +{most} +{most} ", limits)
    assert re.search(r"Max core file size +0 +0 ", limits)
    assert Path(f"/proc/{pid}/oom_score_adj").read_text().strip() == str(OOM_SCORE)
    shared.runs.stop(spec.project_id)


@pytest.mark.parametrize(
    "draw", ["Math.random()", "utils.randomInt(0, 2 ** 52)", "utils.randomString(9)", "utils.uuid()"]
)
def test_instances_draw_numbers_of_their_own(shared: Bench, draw: str) -> None:
    """They are forks of one process, its generators included."""
    spec = shared.start(f"router.get('/', () => String({draw}))", instances=3)
    assert len({shared.get(spec, instance=number)[1] for number in range(3)}) == 3
    shared.runs.stop(spec.project_id)
