"""A whole server for a test: `m3m serve` as a process of its own, in a folder of its own, on a free port."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import psutil
import yaml

from .clients import Answer
from .server import DATABASE

START_SECONDS = 30
STOP_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class LiveServer:
    """`folder` holds config.yaml, data, storage, logs and plugins; `log_file` what the server prints."""

    def __init__(self, folder: Path, config: Mapping[str, Any] | None = None, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.config = folder / "config.yaml"
        self.log_file = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        given: dict[str, Any] = dict(config or {})
        server = {"host": "127.0.0.1", "port": self.port, "uri": self.url, "workers": 2}
        merged = {
            "server": server | given.get("server", {}),
            "mongodb": {"database": DATABASE} | given.get("mongodb", {}),
        }
        self.config.write_text(yaml.safe_dump(given | merged))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "m3m_core", *arguments, "-c", str(self.config)]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of `m3m` with this server's configuration: `run("new-admin", EMAIL, PASSWORD)`."""
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False, cwd=self.folder)

    def launch(self) -> None:
        """Start the process and return at once."""
        with self.log_file.open("ab") as output:
            self.process = subprocess.Popen(self.command("serve"), stdout=output, stderr=output, cwd=self.folder)

    def start(self) -> None:
        """Start and wait until `/health` says that all is well. Raises RuntimeError with the log when it does not."""
        self.launch()
        self.wait_until_healthy()

    def wait_until_healthy(self, seconds: float = START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                break
            try:
                if self.request("GET", "/health").status == 200:
                    return
            except (OSError, URLError):
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the server is not healthy:\n{self.log()}")

    def request(
        self, method: str, path: str, *, body: Any = None, token: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own. `body` is sent as JSON, bytes as they are."""
        sent = dict(headers or {})
        data = body
        if body is not None and not isinstance(body, bytes):
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        if token:
            sent["Authorization"] = f"Bearer {token}"
        request = Request(self.url + path, data=data, headers=sent, method=method)  # noqa: S310  # our own http URL
        try:
            with urlopen(request, timeout=60) as answer:  # noqa: S310  # the same
                return _answer(answer)
        except HTTPError as error:
            with error:
                return _answer(error)

    def log(self) -> str:
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def pids(self) -> dict[str, list[int]]:
        """Process ids by kind: arbiter, front, supervisor, zygote, runner, mongod."""
        if self.process is None:
            return {}
        arbiter = psutil.Process(self.process.pid)
        kinds: dict[str, list[int]] = {"arbiter": [arbiter.pid]}
        for child in arbiter.children(recursive=True):
            try:
                kinds.setdefault(_kind(child), []).append(child.pid)
            except psutil.NoSuchProcess:
                continue  # it has just ended
        return kinds

    def kill(self, kind: str, number: int = signal.SIGKILL) -> int:
        """Send a signal to the first process of a kind. Returns its id."""
        pid = self.pids()[kind][0]
        os.kill(pid, number)
        return pid

    def kill_all(self) -> None:
        """SIGKILL to every process at once, as when the power fails. Returns when all are gone; `start` goes on."""
        family = [psutil.Process(pid) for pids in self.pids().values() for pid in pids]
        for process in family:
            process.kill()
        assert self.process is not None
        self.process.wait(STOP_SECONDS)
        psutil.wait_procs(family, STOP_SECONDS)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask the server to end and wait. Returns its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)


def _answer(response: Any) -> Answer:
    content = response.read()
    headers = {name.lower(): value for name, value in response.headers.items()}
    if headers.get("content-type", "").startswith("application/json") and content:
        return Answer(response.status, json.loads(content), headers)
    return Answer(response.status, content or None, headers)


def _kind(process: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    if "m3m_core.runtime.supervisor" in command:
        return "supervisor"
    if "zygote_main.py" in command:
        parent = process.parent()
        return "runner" if parent is not None and "zygote_main.py" in " ".join(parent.cmdline()) else "zygote"
    return "mongod" if "--dbpath" in command else "front"


@contextmanager
def live_server(config: Mapping[str, Any] | None = None, *, start: bool = True) -> Iterator[LiveServer]:
    """A running, healthy server with the given configuration, on its own embedded database; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="m3m-live-", ignore_cleanup_errors=True) as folder:
        server = LiveServer(Path(folder), config)
        try:
            if start:
                server.start()
            yield server
        finally:
            _end(server)


def _end(server: LiveServer) -> None:
    if server.process is None:
        return
    everything = [pid for pids in server.pids().values() for pid in pids] if server.process.poll() is None else []
    try:
        server.stop()
    except subprocess.TimeoutExpired:
        for pid in everything:
            if psutil.pid_exists(pid):
                os.kill(pid, signal.SIGKILL)
        server.process.wait()
