"""Runs with real processes, without a server around them."""

from __future__ import annotations

import gc
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import gevent
import psutil
import yaml
from gevent import socket as gsocket

from m3m_core import Conflict, RunChange, RunSource, RunSpec, config, new_id
from m3m_core.paths import runner_socket
from m3m_core.runtime.runs import Runs
from m3m_core.runtime.wire import send_handoff
from m3m_core.settings import Settings

SECONDS = 20
"""Longest wait for anything, on a machine that is busy with other things too."""


def until(condition: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """What the condition says when it is true at last; other greenlets run meanwhile."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        gevent.sleep(0.01)
    return found


def spec_for(folder: Path, code: str = "", **more: Any) -> RunSpec:
    number = new_id()
    made = RunSpec(
        project_id=number,
        slug=f"s-{number}",
        run_id=number,
        source=RunSource("branch", "develop"),
        files={"main": code},
        log_path=str(folder / "logs" / f"{number}.log"),
    )
    return replace(made, **more)


def log_of(spec: RunSpec) -> str:
    path = Path(spec.log_path)
    return path.read_text() if path.exists() else ""


FEATURES = ["auth", "datastore", "demo", "environment", "goals", "health"]
FEATURES += ["pipeline", "plugins", "projects", "runtime", "storage", "typedefs"]
"""What needs a database. Off: there is none, and a zygote without them is ready in half the time."""


def settings_in(folder: Path, **runtime: Any) -> Settings:
    """As the zygote reads them too."""
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump({"runtime": runtime, "plugins": {"disabled": FEATURES}}))
    return config.load(file, {})


class Bench:
    """Real runs in this process: a zygote and runners, but no database, no front and no supervisor process."""

    def __init__(self, folder: Path, **runtime: Any) -> None:
        self.folder = folder
        self.settings = settings_in(folder, **runtime)
        self.changes: list[tuple[str, str]] = []
        self.made: list[RunSpec] = []
        self.objection = ""
        self.runs = Runs(self.settings, "boot", ["--config", str(self.settings.file)], self._announce)
        self.runs.open()

    def _announce(self, change: RunChange) -> str:
        self.changes.append((change.spec.slug, change.status))
        return self.objection

    def statuses(self, spec: RunSpec) -> list[str]:
        return [status for slug, status in self.changes if slug == spec.slug]

    def spec(self, code: str, **more: Any) -> RunSpec:
        made = spec_for(self.folder, code, **more)
        self.made.append(made)
        return made

    def start(self, code: str, **more: Any) -> RunSpec:
        made = self.spec(code, **more)
        self.runs.start(made)
        return made

    def pids(self, spec: RunSpec) -> list[int]:
        return [instance["pid"] for instance in self.runs.status(spec.project_id)["instances"]]

    def connect(self, spec: RunSpec, instance: int = 0) -> Any:
        """A connection as a front hands it over. Raises OSError when the instance takes none."""
        channel = gsocket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours, theirs = gsocket.socketpair()
        ours.settimeout(SECONDS)
        try:
            channel.connect(str(runner_socket(self.settings, spec.slug, instance)))
            send_handoff(channel, theirs.fileno(), "127.0.0.1", False, b"")
        except OSError:
            ours.close()
            channel.close()
            raise
        finally:
            theirs.close()
        return Client(ours, channel, spec.slug)

    def get(self, spec: RunSpec, path: str = "/", instance: int = 0) -> tuple[int, str]:
        with self.connect(spec, instance) as client:
            return client.get(path)

    def zygote(self) -> int:
        """The only one; those that are retired have ended first."""
        return int(until(lambda: self.zygotes() if len(self.zygotes()) == 1 else [])[0])

    def zygotes(self) -> list[int]:
        return [child.pid for child in psutil.Process().children() if self._owns(child)]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            return str(self.settings.file) in process.cmdline()
        except psutil.Error:
            return False  # it has just ended

    def clear(self) -> list[str]:
        """Stop what still runs, and return its slugs. All processes of runs have ended then."""
        coming = self.runs.coming()
        left = [spec for spec in self.made if spec.slug in coming]
        for spec in left:
            self.runs.stop(spec.project_id)
        self.made.clear()
        until(lambda: not [child for zygote in self.zygotes() for child in psutil.Process(zygote).children()])
        return [spec.slug for spec in left]

    def close(self) -> None:
        self.runs.close()
        zygotes = self.zygotes()
        for pid in zygotes:
            os.kill(pid, signal.SIGKILL)
        until(lambda: not {child.pid for child in psutil.Process().children()}.intersection(zygotes))


class Client:
    """One kept-alive connection to an instance."""

    def __init__(self, sock: Any, channel: Any, slug: str) -> None:
        self._sock = sock
        self._channel = channel
        self._slug = slug

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._sock.close()
        self._channel.close()

    def ask(self, path: str) -> None:
        self._sock.sendall(f"GET /r/{self._slug}{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def answer(self) -> tuple[int, str]:
        """Status and body; (0, "") when the connection was closed."""
        data = b""
        while b"\r\n\r\n" not in data:
            try:
                more = self._sock.recv(65536)
            except ConnectionResetError:
                more = b""
            if not more:
                return 0, ""
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        while len(body) < int(fields.get(b"content-length", 0)):
            body += self._sock.recv(65536)
        return int(head.split()[1]), body.decode()

    def get(self, path: str) -> tuple[int, str]:
        self.ask(path)
        return self.answer()


@contextmanager
def bench(folder: Path, **runtime: Any) -> Iterator[Bench]:
    made = Bench(folder, **runtime)
    try:
        yield made
    finally:
        made.close()


def attempt(operation: Callable[[], dict[str, Any]]) -> dict[str, Any] | str:
    """What it answers, or the code of its conflict."""
    try:
        return operation()
    except Conflict as conflict:
        return conflict.code


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def kill(pid: int, number: signal.Signals = signal.SIGKILL) -> None:
    os.kill(pid, number)


def open_files(pid: int) -> int:
    """How many a process holds; of this one, without what only waits to be collected."""
    if pid == os.getpid():
        gc.collect()
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
