"""What runs again when the server comes back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from m3m_core.testing import LiveServer, live_server

from .client import Project, sign_in, sign_up, until

pytestmark = pytest.mark.slow

HELLO = "router.get('/', () => service.info().version)"
SLOW_BOOT = "service.boot(() => utils.sleepAsync(400))\nservice.boot(() => { logger.info('booted') })\n" + HELLO
PROMPT = "service.start(() => { logger.info('started') })\n" + HELLO


@pytest.fixture
def own() -> Iterator[LiveServer]:
    with live_server({"jwt": {"expiration": "2h"}}) as running:
        yield running


def end_cleanly(server: LiveServer) -> None:
    assert server.stop() == 0


def kill_everything(server: LiveServer) -> None:
    for pid in [pid for pids in server.pids().values() for pid in pids]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert server.process is not None
    server.process.wait()


@pytest.mark.parametrize("end", [end_cleanly, kill_everything])
def test_after_a_restart_of_the_server(own: LiveServer, end: object) -> None:
    admin = sign_up(own)
    slow, prompt, debug, by_hand, stopped, late, many, crashed, chosen = (
        Project(admin, auto_start=number != 3, instances=2 if number == 6 else 1) for number in range(9)
    )
    first_run = slow.run(SLOW_BOOT)["run_id"]
    prompt.run(PROMPT)
    debug.debug(HELLO)
    by_hand.run(HELLO)
    stopped.run(HELLO)
    stopped.stop()
    late.run(f"if (Date.now() > {int(time.time() * 1000) + 1500}) throw new Error('too late')\n{HELLO}")
    many.run(HELLO)
    many.write("router.get('/', () => 'a draft')")
    crashed.run(f"if (Date.now() > {int(time.time() * 1000) + 1000}) throw new Error('too late for it')\n{HELLO}")
    chosen.start(version=chosen.publish(HELLO, tag="stable"))
    chosen.ask("POST", f"/pipeline/releases/{chosen.publish(HELLO)}/activate")
    time.sleep(1.5)
    os.kill(crashed.status()["instances"][0]["pid"], signal.SIGKILL)
    until(lambda: crashed.ask("GET")["status"] == "crashed")

    assert callable(end)
    end(own)
    own.start()
    sign_in(own)
    until(lambda: many.get("/").status == 200)

    states = {
        name: project.ask("GET")["status"]
        for name, project in {"debug": debug, "by_hand": by_hand, "stopped": stopped, "late": late}.items()
    }
    assert states == dict.fromkeys(states, "stopped")
    for project in (slow, prompt, many, chosen):
        until(lambda project=project: project.get("/").text == "0.1")  # type: ignore[misc]
        assert project.ask("GET")["status"] == "running"
    for project in (debug, by_hand, stopped, late):
        assert project.get("/").status == 503
    assert len(many.status()["instances"]) == 2
    assert (crashed.ask("GET")["status"], crashed.status()["status"]) == ("crashed", "crashed")
    assert crashed.status()["last_error"]["message"] == "Error: too late for it"
    assert crashed.send("PUT", body={"slug": "taken-back"}).json["code"] == "project_not_stopped"
    assert crashed.stop()["status"] == "stopped"
    assert (crashed.ask("GET")["status"], crashed.status()["status"]) == ("stopped", "stopped")
    assert crashed.send("PUT", body={"slug": "taken-back"}).status == 200
    assert chosen.ask("GET")["active_release"] == "0.2", "a release that was activated meanwhile"

    again = slow.status()
    assert (again["source"]["name"], again["restarts"]) == ("0.1", 0)
    assert again["run_id"] != first_run
    booted, started = slow.log(search="booted"), prompt.log(search="started")
    assert (len(booted), len(started)) == (1, 1)
    assert booted[0]["time"] < started[0]["time"], "every boot comes before any start"
    assert "too late" in late.until_logged("too late")
    assert "too late" in own.log()
