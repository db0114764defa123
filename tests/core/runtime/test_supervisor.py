"""The process that owns the runs: asked over its socket, stopped, killed."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import psutil
import pytest
from supervised import lives, log_of, settings_in, spec_for, until

from m3m_core import Invalid, Unavailable, paths
from m3m_core.runtime.client import SupervisorClient

HELLO = "router.get('/', () => 'hello')"
SLOW = "service.start(async () => { await utils.sleepAsync(300) }); " + HELLO


class Process:
    """The real supervisor, without a database: what it announces waits for one."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_in(folder)
        command = [sys.executable, "-m", "m3m_core.runtime.supervisor", "--config", str(self.settings.file)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        self.path = paths.supervisor_socket(self.settings)
        self.client = SupervisorClient(self.path)
        until(self.client.ping)

    def family(self) -> list[int]:
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]

    def ask(self, line: bytes) -> dict[str, object]:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(20)
            sock.connect(str(self.path))
            sock.sendall(line + b"\n")
            answer: dict[str, object] = orjson.loads(sock.makefile("rb").readline() or b"{}")
            return answer


@contextmanager
def process(folder: Path) -> Iterator[Process]:
    made = Process(folder)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.wait()


@pytest.fixture(scope="module")
def supervisor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with process(tmp_path_factory.mktemp("supervisor")) as made:
        yield made


def test_its_socket_takes_known_operations_only(supervisor: Process) -> None:
    assert supervisor.ask(b'{"op":"ping","arguments":{}}') == {"value": True}
    for line in (b'{"op":"close","arguments":{}}', b"{}", b'{"op":"__class__"}'):
        error = supervisor.ask(line)["error"]
        assert isinstance(error, dict)
        assert (error["type"], error["message"]) == ("Malformed", "There is no such operation.")
    assert supervisor.ask(b"not JSON") == {}
    assert "error" in supervisor.ask(b'{"op":"stop","arguments":{"wrong":1}}')
    assert supervisor.client.ping()


def test_errors_arrive_as_they_were_raised(supervisor: Process, tmp_path: Path) -> None:
    spec = spec_for(tmp_path, "throw new Error('no')")
    with pytest.raises(Invalid) as refused:
        supervisor.client.start(spec)
    assert (refused.value.code, refused.value.details["line"]) == ("start_failed", 1)
    assert supervisor.client.status(spec.project_id)["status"] == "stopped"
    assert supervisor.client.start_many([spec]) == {spec.project_id: refused.value.message}


def test_many_ask_at_once(supervisor: Process, tmp_path: Path) -> None:
    specs = [spec_for(tmp_path, HELLO) for _ in range(3)]
    supervisor.client.start_many(specs)
    ids = [spec.project_id for spec in specs]
    assert [supervisor.client.status(project_id)["status"] for project_id in ids] == ["running"] * 3
    assert all(used["memory_bytes"] > 0 for used in supervisor.client.usage(ids).values())
    assert supervisor.client.usage([*ids, "nobody"]).keys() == set(ids)
    supervisor.client.reload()
    assert {spec.slug for spec in specs} <= set(supervisor.client.coming())
    assert supervisor.client.stop(specs[0].project_id)["status"] == "stopped"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_it_leaves_no_process_however_it_ends(tmp_path: Path, number: signal.Signals) -> None:
    spec = spec_for(tmp_path, "service.shutdown(() => logger.info('closing'))", instances=2)
    with process(tmp_path) as own:
        own.client.start(spec)
        family = own.family()
        assert len(family) == 3
        began = time.monotonic()
        own.process.send_signal(number)
        assert own.process.wait(20) == (0 if number == signal.SIGTERM else -number)
        until(lambda: not any(lives(pid) for pid in family))
        assert time.monotonic() - began < 10
        assert not own.client.ping()
        with pytest.raises(Unavailable):
            own.client.status(spec.project_id)
    assert log_of(spec).count("closing") == (2 if number == signal.SIGTERM else 0)
