"""One large file uploaded over the loopback to a running server, beside `cp` of the same file, by turns.

Wanted: at least half the rate of `cp`, and memory of the front that does not grow with the file: what a front takes for
its first uploads, of a small file, is told apart from what the large ones add.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil

from . import options, tables
from .programs import LOCALHOST
from .server import EMAIL, PASSWORD, Server

SLUG = "files"
MB = 1024 * 1024
SMALL = 16
"""Megabytes of a file that is large enough to go the way of all large ones."""

BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
"""As browsers make them."""

HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="big"\r\n\r\n'.encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()

SENDER = """
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection, open(sys.argv[2], "rb") as file:
    connection.sendfile(file)
"""


def fill(path: Path, megabytes: int) -> None:
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(MB))
        os.fsync(file.fileno())


def settle() -> None:
    """Nobody waits for what another has left: dirty pages, and blocks that the disk is told to be free."""
    os.sync()
    time.sleep(0.5)


def copy(source: Path, target: Path, *, sync: bool) -> float:
    """Seconds of `cp`. With `sync` the file is on the disk at the end, as after an upload."""
    start = time.perf_counter()
    subprocess.run(["cp", "--reflink=never", source, target], check=True)
    if sync:
        subprocess.run(["sync", target], check=True)
    return time.perf_counter() - start


def bare(source: Path, target: Path) -> float:
    """Seconds of the same bytes from a socket to a file by a plain loop, with nothing in between."""
    with socket.create_server((LOCALHOST, 0)) as listener:
        sender = subprocess.Popen([sys.executable, "-c", SENDER, str(listener.getsockname()[1]), source])
        connection, _ = listener.accept()
        start = time.perf_counter()
        buffer = memoryview(bytearray(64 * 1024))
        with connection, target.open("wb", buffering=0) as file:
            while size := connection.recv_into(buffer):
                file.write(buffer[:size])
            os.fsync(file.fileno())
        sender.wait()
    return time.perf_counter() - start


def upload(server: Server, token: str, source: Path) -> float:
    """Seconds from the first byte to the answer, which comes when the file is on the disk."""
    port = int(server.base.rpartition(":")[2])
    connection = http.client.HTTPConnection(LOCALHOST, port, timeout=600)
    size = len(HEAD) + source.stat().st_size + len(TAIL)
    start = time.perf_counter()
    connection.putrequest("POST", f"/api/projects/{SLUG}/storage/upload")
    connection.putheader("Authorization", f"Bearer {token}")
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(size))
    connection.endheaders(HEAD)
    with source.open("rb") as file:
        connection.sock.sendfile(file)
    connection.send(TAIL)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 201:
        raise RuntimeError(f"upload: {answer.status} {body.decode()}")
    connection.close()
    return time.perf_counter() - start


def fronts(server: Server) -> list[psutil.Process]:
    """Forks of the server's first process: the others have a command of their own."""
    first, *others = [psutil.Process(pid) for pid in server.program.pids]
    return [one for one in others if one.ppid() == first.pid and one.cmdline() == first.cmdline()]


@contextmanager
def watching(server: Server) -> Iterator[list[float]]:
    """How much the resident memory of any front grows meanwhile, at most; in MB."""
    processes = fronts(server)
    before = {process.pid: process.memory_info().rss for process in processes}
    grown, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            for process in processes:
                grown[0] = max(grown[0], (process.memory_info().rss - before[process.pid]) / MB)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield grown
    finally:
        done.set()
        thread.join()


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "megabytes", 1024, 1900, "the size of the file")
    options.count(arguments, "rounds", 5, 10, "how many of each; the figures are medians")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="m3m-benchmark-") as folder, Server(Path(folder)) as server:
        token = server.api.call("POST", "/api/auth/login", {"email": EMAIL, "password": PASSWORD})["token"]
        server.api.call("POST", "/api/projects", {"name": SLUG, "slug": SLUG})
        source, target = Path(folder) / "source", Path(folder) / "target"
        fill(source, SMALL)
        remove = partial(server.api.call, "DELETE", f"/api/projects/{SLUG}/storage?path=big")
        with watching(server) as first:
            for _ in range(16):  # any front may get one
                upload(server, token, source)
        remove()
        fill(source, chosen.megabytes)
        steps = {
            "cp": lambda: copy(source, target, sync=False),
            "cp and sync": lambda: copy(source, target, sync=True),
            "socket to file": lambda: bare(source, target),
            "upload": lambda: upload(server, token, source),
        }
        found: dict[str, list[float]] = {name: [] for name in steps}
        with watching(server) as grown:
            for _ in range(chosen.rounds):
                for name, step in steps.items():
                    settle()
                    found[name].append(step())
                    remove() if name == "upload" else target.unlink()
    show(found, chosen.megabytes, grown[0])
    print(f"A front took {first[0]:.1f} MB for its first uploads, of {SMALL} MB each.")


def show(found: dict[str, list[float]], megabytes: int, grown: float) -> None:
    seconds = {name: statistics.median(times) for name, times in found.items()}
    rows = [
        (
            name,
            f"{taken:.2f}",
            f"{megabytes / taken:,.0f}",
            f"{seconds['cp'] / taken:.2f}",
            f"{seconds['cp and sync'] / taken:.2f}",
            f"{seconds['socket to file'] / taken:.2f}",
            f"{grown:.1f}" if name == "upload" else "",
        )
        for name, taken in seconds.items()
    ]
    columns = (
        f"{megabytes} MB",
        "seconds",
        "MB/s",
        "of cp",
        "of cp and sync",
        "of socket to file",
        "front grows by MB",
    )
    tables.show("Upload over the loopback, medians", columns, rows)


if __name__ == "__main__":
    main()
