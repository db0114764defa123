"""The address of a service is its project's alone, whatever another project does at the same moment."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from m3m_core.testing import LiveServer

from .client import Admin, Project

ATTACKER, VICTIM = "router.all('/*path', () => 'attacker')", "router.all('/*path', () => 'victim')"


@pytest.fixture
def attacker(admin: Admin) -> Iterator[Project]:
    made = Project(admin, instances=4)
    made.write(ATTACKER)
    yield made
    admin.send("DELETE", f"/projects/{made.made['id']}")


def answers(project: Project) -> set[str]:
    return {project.get().text for _ in range(10)}


def test_a_start_that_was_held_back_takes_no_requests_of_another_project(
    server: LiveServer, admin: Admin, attacker: Project
) -> None:
    body = b'{"branch": "develop"}'
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as held:
        head = f"POST /api/projects/{attacker.slug}/start HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        head += f"Authorization: {admin.headers['Authorization']}\r\nContent-Type: application/json\r\n"
        held.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body[:1])
        time.sleep(0.2)  # its head is read meanwhile
        admin.ask("PUT", f"/projects/{attacker.slug}", {"slug": f"{attacker.slug}-old"})
        victim = Project(admin, slug=attacker.slug)
        victim.debug(VICTIM)
        held.sendall(body[1:])
        assert held.recv(65536).startswith(b"HTTP/1.1 200 ")  # as what it is called now
    assert answers(victim) == {"victim"}
    victim.send("DELETE")


@pytest.mark.parametrize("operation", ["start", "restart"])
def test_a_start_and_a_new_slug_at_once(admin: Admin, attacker: Project, operation: str) -> None:
    """Whichever comes first: at the old address answers the new project, if it is let in, and nobody else."""
    slug, other = attacker.slug, f"{attacker.slug}-old"
    by_id = f"/projects/{attacker.made['id']}"
    body = {"branch": "develop"} if operation == "start" else None
    if operation == "restart":
        attacker.ask("POST", "/start", {"branch": "develop"})
        attacker.stop()
    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            starting = pool.submit(admin.send, "POST", f"{by_id}/{operation}", body)
            renamed = pool.submit(admin.send, "PUT", by_id, {"slug": other}).result()
            assert renamed.status in (200, 409)
            if renamed.status == 200:
                victim = Project(admin, slug=slug)
                victim.write(VICTIM)
                is_in = victim.start(branch="develop").status == 200
                assert starting.result().status in (200, 409)
                assert answers(victim) == {"victim"} if is_in else "attacker" not in answers(victim)
                victim.send("DELETE")
        admin.send("POST", f"{by_id}/stop")
        admin.ask("PUT", by_id, {"slug": slug})
