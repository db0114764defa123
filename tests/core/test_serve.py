"""`m3m serve` as a whole: it starts quickly, heals what is killed, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from m3m_core import Conflict, Settings, Unavailable, serve
from m3m_core.paths import sockets
from m3m_core.settings import Data
from m3m_core.testing import LiveServer, live_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shared() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def server(shared: LiveServer) -> LiveServer:
    """A server that other tests use too: whatever a test breaks must heal."""
    shared.wait_until_healthy()
    return shared


@pytest.fixture
def own() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


def until(condition: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def everything(server: LiveServer) -> list[int]:
    return [pid for pids in server.pids().values() for pid in pids]


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE]


def refused(server: LiveServer) -> str:
    """What a start says that must fail: one line, exit code 1."""
    done = server.run("serve")
    lines = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert (done.returncode, len(lines)) == (1, 1), done.stderr
    return lines[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_empty_folder_is_a_healthy_server_in_seconds_and_ends_cleanly(number: signal.Signals) -> None:
    with live_server(start=False) as server:
        started = time.monotonic()
        server.start()
        assert time.monotonic() - started < 5
        pids = everything(server)
        assert {"arbiter", "front", "supervisor", "mongod"} <= set(server.pids())
        assert server.stop(number) == 0
        assert alive(pids) == []
        assert "Traceback" not in server.log()


def test_ctrl_c_in_a_terminal_ends_cleanly() -> None:
    """There the signal reaches every process of the foreground group at once."""
    with live_server(start=False) as server:
        with server.log_file.open("ab") as output:
            server.process = subprocess.Popen(
                server.command("serve"), stdout=output, stderr=output, cwd=server.folder, start_new_session=True
            )
        server.wait_until_healthy()
        pids = everything(server)
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.wait(30) == 0
        assert alive(pids) == []
        assert "Traceback" not in server.log()


def test_the_log_is_json_lines_and_names_no_secret(server: LiveServer) -> None:
    server.run("new-admin", "root@example.com", "correct horse")
    body = {"email": "root@example.com", "password": "correct horse"}
    answer = server.request("POST", "/api/auth/login", body=body)
    log = server.log()
    lines = [line for line in log.splitlines() if line.startswith("{")]
    # What invites to the setup, again when the supervisor was started again: three lines, of which one is a link.
    others = [line for line in log.splitlines() if line and line not in lines]
    assert (len(others) % 3, {"/setup?token=" in line for line in others[1::3]}) == (0, {True})
    assert all({"time", "level", "logger", "message"} <= set(json.loads(line)) for line in lines)
    secret = (server.folder / "data" / "jwt.secret").read_text().strip()
    assert not [word for word in (secret, "correct horse", answer.json["token"]) if word in log]


def test_a_second_server_on_the_same_data_is_refused(server: LiveServer) -> None:
    assert server.process is not None
    with live_server({"data": {"path": str(server.folder / "data")}}, start=False) as second:
        assert f"process {server.process.pid}" in refused(second)
    assert server.request("GET", "/health").status == 200


def test_a_folder_of_sockets_that_others_may_enter_is_refused() -> None:
    with live_server(start=False) as server:
        data = server.folder / ("x" * 100)
        server.config.write_text(f"data: {{path: {data}}}")
        folder = sockets(Settings(data=Data(data)))
        try:
            folder.chmod(0o777)
            assert str(folder) in refused(server)
        finally:
            folder.rmdir()


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as taken, live_server(start=False) as server:
        taken.bind(("127.0.0.1", server.port))
        taken.listen()
        assert f"Port {server.port} is already in use" in refused(server)


@pytest.mark.parametrize(
    ("host", "error"), [("no.such.host.invalid", Unavailable), ("203.0.113.7", Unavailable), ("127.0.0.1", Conflict)]
)
def test_addresses_that_cannot_be_used(host: str, error: type[Exception]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(error):
            serve.listen(host, taken.getsockname()[1])


def test_an_ipv6_address_is_listened_on() -> None:
    with serve.listen("::1", 0) as listener:
        assert listener.family == socket.AF_INET6


def test_a_missing_mongod_is_said_before_anything_starts() -> None:
    with live_server({"mongodb": {"binary": "/nowhere/mongod"}}, start=False) as server:
        assert "/nowhere/mongod" in refused(server)
        assert not (server.folder / "data" / "mongodb").exists()


@pytest.mark.parametrize("kind", ["front", "supervisor", "mongod"])
def test_what_is_killed_comes_back(server: LiveServer, kind: str) -> None:
    pid = server.kill(kind)

    def healed() -> bool:
        pids = server.pids()
        counts = [len(pids.get(name, [])) for name in ("front", "supervisor", "mongod")]
        return counts == [2, 1, 1] and pid not in pids[kind] and server.request("GET", "/health").status == 200

    assert until(healed)


def test_when_the_arbiter_is_killed_all_go_and_a_new_server_takes_over(own: LiveServer) -> None:
    pids = everything(own)
    own.kill("arbiter")
    assert own.process is not None
    own.process.wait()
    second = LiveServer(own.folder, {}, own.port)
    second.start()
    try:
        assert until(lambda: alive(pids) == [], 20)
        assert len(second.pids()["mongod"]) == 1
    finally:
        assert second.stop() == 0


def test_after_everything_was_killed_at_once_the_data_is_there(own: LiveServer) -> None:
    assert own.run("new-admin", "root@example.com", "correct horse").returncode == 0
    for pid in everything(own):
        os.kill(pid, signal.SIGKILL)
    assert own.process is not None
    own.process.wait()
    own.start()
    status, body, _ = own.request(
        "POST", "/api/auth/login", body={"email": "root@example.com", "password": "correct horse"}
    )
    assert (status, body["user"]["is_root"]) == (200, True)


def test_commands_work_beside_a_server_and_without_one() -> None:
    with live_server(start=False) as server:
        assert server.run("new-admin", "root@example.com", "correct horse").returncode == 0
        server.start()
        second = server.run("new-admin", "other@example.com", "correct horse")
        assert (second.returncode, len(second.stderr.splitlines())) == (1, 1)
        assert "root@example.com" in second.stderr


def test_hang_up_replaces_the_fronts_without_a_failed_request(server: LiveServer) -> None:
    before = set(server.pids()["front"])
    server.kill("arbiter", signal.SIGHUP)
    statuses = set()

    def replaced() -> bool:
        statuses.add(server.request("GET", "/api/openapi.json").status)
        return not before & set(server.pids()["front"])

    assert until(replaced)
    assert statuses == {200}


def test_health_answers_in_time_when_the_database_hangs(server: LiveServer) -> None:
    pid = server.kill("mongod", signal.SIGSTOP)
    started = time.monotonic()
    status, body, headers = server.request("GET", "/health")
    elapsed = time.monotonic() - started
    os.kill(pid, signal.SIGCONT)
    assert (status, body["status"], body["database"], body["supervisor"]) == (503, "unavailable", "unavailable", "ok")
    assert "retry-after" in headers
    assert elapsed < 2.5
    assert until(lambda: server.request("GET", "/health").status == 200)


def test_the_arbiter_loads_no_driver_and_patches_nothing() -> None:
    code = (
        "import sys; import m3m_core.cli, m3m_core.serve, m3m_core.http.worker; from gevent import monkey; "
        "assert not monkey.saved; "
        "heavy = {'pymongo', 'mongoengine', 'falcon', 'urllib3', 'm3m_builtins'}; print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
