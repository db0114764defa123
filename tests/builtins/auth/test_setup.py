from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml

from m3m_builtins.auth import service as auth_service
from m3m_builtins.auth.documents import SetupLink, User
from m3m_builtins.auth.service import AuthService
from m3m_core import Conflict, now
from m3m_core.kernel import Kernel
from m3m_core.testing import DATABASE, PASSWORD, Client, client, kernel

ROOT = {"email": "root@example.com", "password": PASSWORD, "name": "Root"}


@pytest.fixture
def fresh(capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[Kernel, str]]:
    """A first start: the kernel and the token that it printed."""
    with kernel(["auth"], server={"uri": "https://m3m.example.com/"}) as running:
        printed = capsys.readouterr().out
        found = re.findall(r"https://m3m\.example\.com/setup\?token=(\S+)", printed)
        assert len(found) == 1
        assert "m3m new-admin EMAIL PASSWORD" in printed
        yield running, found[0]


@pytest.fixture
def guest(fresh: tuple[Kernel, str]) -> Client:
    return client(fresh[0])


@pytest.fixture
def token(fresh: tuple[Kernel, str]) -> str:
    return fresh[1]


def test_the_link_makes_the_root_user_and_signs_in(guest: Client, token: str) -> None:
    status, body, _ = guest.post("/api/auth/setup", json=ROOT | {"token": token})
    assert status == 201
    assert set(body) == {"token", "refresh_token", "expires_in", "user"}
    assert (body["user"]["is_root"], body["user"]["name"]) == (True, "Root")
    assert guest.with_headers(Authorization=f"Bearer {body['token']}").get("/api/users").status == 200


def test_the_link_works_once(guest: Client, token: str) -> None:
    guest.post("/api/auth/setup", json=ROOT | {"token": token})
    answer = guest.post("/api/auth/setup", json=ROOT | {"token": token, "email": "second@example.com"})
    assert (answer.status, answer.json["code"]) == (403, "setup_link_invalid")
    assert User.objects.count() == 1


def test_two_who_use_the_link_at_once_make_one_root(guest: Client, token: str) -> None:
    def use(number: int) -> int:
        body = ROOT | {"token": token, "email": f"root{number}@example.com"}
        return guest.post("/api/auth/setup", json=body).status

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(use, range(8)))
    assert statuses[0] == 201
    assert set(statuses[1:]) <= {403, 409}
    assert User.objects(is_root=True).count() == User.objects.count() == 1


def test_the_link_expires(guest: Client, token: str) -> None:
    SetupLink.objects.update(set__expires_at=now())
    assert guest.post("/api/auth/setup", json=ROOT | {"token": token}).status == 403
    assert User.objects.count() == 0


def test_a_mistake_does_not_use_the_link_up(guest: Client, token: str) -> None:
    for change in ({"password": "short"}, {"email": "no address"}, {"token": "wrong"}):
        assert guest.post("/api/auth/setup", json=ROOT | {"token": token} | change).status in (403, 422)
    assert guest.post("/api/auth/setup", json=ROOT | {"token": token}).status == 201


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"token", "email", "password"}),
        (ROOT | {"token": 1}, {"token"}),
        (ROOT | {"token": "x", "is_root": True}, {"is_root"}),
        (ROOT | {"token": "x", "name": "x" * 101}, {"name"}),
    ],
)
def test_setup_says_what_is_wrong_with_the_body(guest: Client, body: dict[str, Any], fields: set[str]) -> None:
    answer = guest.post("/api/auth/setup", json=body)
    assert (answer.status, set(answer.json["fields"])) == (422, fields)


def test_only_the_hash_of_the_token_is_stored(token: str) -> None:
    assert token not in str(list(SetupLink._get_collection().find()))


def test_the_next_start_prints_another_link_and_the_first_is_dead(
    fresh: tuple[Kernel, str], guest: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    running, first = fresh
    running.host.each("m3m_ready")
    (second,) = re.findall(r"token=(\S+)", capsys.readouterr().out)
    assert guest.post("/api/auth/setup", json=ROOT | {"token": first}).status == 403
    assert guest.post("/api/auth/setup", json=ROOT | {"token": second}).status == 201
    running.host.each("m3m_ready")
    assert capsys.readouterr().out == ""


def test_new_admin_makes_the_root_user_and_ends_the_link(fresh: tuple[Kernel, str], guest: Client, token: str) -> None:
    auth: AuthService = fresh[0].host.context("auth").service
    assert auth.new_admin(" Root@Example.com", PASSWORD).is_root
    assert guest.post("/api/auth/setup", json=ROOT | {"token": token}).status == 403
    with pytest.raises(Conflict, match=r"Ask root@example\.com"):
        auth.new_admin("second@example.com", PASSWORD)


def test_new_admin_and_the_link_at_once_make_one_root(fresh: tuple[Kernel, str], guest: Client, token: str) -> None:
    auth: AuthService = fresh[0].host.context("auth").service

    def command(number: int) -> bool:
        try:
            return bool(auth.new_admin(f"admin{number}@example.com", PASSWORD))
        except Conflict:
            return False

    def link(_number: int) -> bool:
        return guest.post("/api/auth/setup", json=ROOT | {"token": token}).status == 201

    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit((command, link)[number % 2], number) for number in range(8)]
    assert sum(one.result() for one in made) == 1
    assert User.objects.count() == 1


def test_new_admin_needs_no_server_to_have_run() -> None:
    """The indexes that hold the rules are made by the command itself."""
    with kernel(["auth"], role="cli", ready=False) as running:
        users = running.db.get()["users"]
        users.drop_indexes()
        running.host.context("auth").service.new_admin("root@example.com", PASSWORD)
        unique = [index["key"] for index in users.list_indexes() if index.get("unique")]
        assert {"is_root": 1} in unique
        assert {"email": 1} in unique


def test_new_admin_on_the_command_line(tmp_path: Path, mongod: str) -> None:
    with kernel(["auth"], role="cli", ready=False):
        pass  # the database is empty
    config = tmp_path / "config.yaml"
    others = [point.name for point in entry_points(group="m3m") if point.name != "auth"]  # most of the time: imports
    settings = {"mongodb": {"uri": mongod, "database": DATABASE}, "plugins": {"disabled": others}}
    config.write_text(yaml.safe_dump(settings))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "m3m_core", "new-admin", *arguments, "-c", str(config)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    short = run("root@example.com", "short")
    assert (short.returncode, short.stderr) == (1, "m3m: A password has 8 to 256 characters.\n")
    done = run("root@example.com", PASSWORD)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "The root user root@example.com was created.\n")
    again = run("second@example.com", PASSWORD)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "m3m: There is a root user already. Ask root@example.com to add you.\n"
    assert run("only-an-email").returncode == 2


def test_setup_life_is_an_hour(token: str) -> None:
    (link,) = SetupLink.objects
    assert 0 < (link.expires_at - now()).total_seconds() <= auth_service.SETUP_LIFE.total_seconds() == 3600
