"""Programs that a benchmark starts: each in a process group of its own, on a free loopback port, always stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import urllib3

HTTP = urllib3.PoolManager(retries=False, maxsize=8)
LOCALHOST = "127.0.0.1"


class Program:
    """A program to run; `url` answers 200 when it is up. As a context manager it is up, and gives its URL."""

    def __init__(self, name: str, command: Sequence[str], *, url: str, folder: Path) -> None:
        self.name = name
        self.url = url
        self._command = command
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> str:
        self.launch()
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self.url

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def output(self) -> Path:
        return self._folder / f"{self.name.lower()}.log"

    @property
    def pids(self) -> list[int]:
        """The program's own process and all that come from it."""
        if self._process is None:
            return []
        first = psutil.Process(self._process.pid)
        return [process.pid for process in (first, *first.children(recursive=True))]

    def launch(self) -> None:
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self) -> float:
        """Until it answers; returns the seconds that it took. Raises TimeoutError with the end of its output."""
        try:
            return wait_for(lambda: answers(self.url), seconds=30, what=f"{self.name} to answer")
        except TimeoutError as error:
            error.add_note(self.output.read_text(errors="replace")[-2000:])
            raise

    def stop(self, seconds: float = 30) -> None:
        """SIGTERM and up to `seconds` for a clean end, then SIGKILL for the whole group."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not stop within {seconds:.0f} s and is killed; see {self.output}")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOCALHOST, 0))
        port: int = probe.getsockname()[1]
    return port


def answers(url: str) -> bool:
    """Does a GET give 200? Refused connections count as no."""
    try:
        return HTTP.request("GET", url, timeout=5).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def wait_for(done: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Ask every 5 ms until `done`; returns the seconds that it took. Raises TimeoutError that names `what`."""
    begin = time.perf_counter()
    while not done():
        if time.perf_counter() - begin > seconds:
            raise TimeoutError(f"Waited {seconds:.0f} s for {what}.")
        time.sleep(0.005)
    return time.perf_counter() - begin
