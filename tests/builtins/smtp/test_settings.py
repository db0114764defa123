"""Where the server comes from: the call, the project's environment, the configuration; never a mixture."""

from __future__ import annotations

from typing import Any

import pytest
from postoffice import Office, office

from m3m_builtins.smtp.config import SMTPConfig
from m3m_builtins.smtp.server import Server, choose
from m3m_core import Invalid
from m3m_core.testing import as_user, kernel, run_js

ENV = {"SMTP_HOST": "env.example.com", "SMTP_USER": "env", "SMTP_PASSWORD": "secret", "SMTP_FROM": "env@b.co"}
CONFIG = SMTPConfig(host="own.example.com", user="own", password="hidden", sender="own@b.co")
NOWHERE = SMTPConfig()


@pytest.mark.parametrize(
    ("options", "environment", "config", "expected"),
    [
        ({"host": "h"}, ENV, CONFIG, Server("h", 587)),
        ({"host": "h", "secure": True}, {}, NOWHERE, Server("h", 465, secure=True)),
        ({"host": "h", "port": 465}, {}, NOWHERE, Server("h", 465, secure=True)),
        ({"host": "h", "port": 2525, "timeout": 5}, {}, NOWHERE, Server("h", 2525, timeout=5)),
        ({}, ENV, CONFIG, Server("env.example.com", 587, "env", "secret", sender="env@b.co")),
        ({"user": "x", "password": "y", "timeout": 3}, ENV, CONFIG,
         Server("env.example.com", 587, "env", "secret", sender="env@b.co", timeout=3)),
        ({}, ENV | {"SMTP_PORT": "465", "SMTP_TIMEOUT": "7", "SMTP_VERIFY": "no"}, CONFIG,
         Server("env.example.com", 465, "env", "secret", secure=True, sender="env@b.co", verify=False, timeout=7)),
        ({}, ENV | {"SMTP_SECURE": False, "SMTP_PORT": 465, "SMTP_STARTTLS": "true"}, CONFIG,
         Server("env.example.com", 465, "env", "secret", sender="env@b.co", starttls=True)),
        ({}, {"SMTP_USER": "alone"}, CONFIG,
         Server("own.example.com", 587, "own", "hidden", sender="own@b.co", starttls=True)),
    ],
)  # fmt: skip
def test_the_server(options: Any, environment: Any, config: SMTPConfig, expected: Server) -> None:
    chosen = choose(options, lambda: environment, config)
    assert chosen == expected
    assert "secret" not in repr(chosen)


def test_nobody_names_a_server() -> None:
    with pytest.raises(Invalid, match="set SMTP_HOST") as caught:
        choose({}, dict, NOWHERE)
    assert caught.value.code == "no_server"


def sent_by(opened: Office, environment: dict[str, Any], config: SMTPConfig) -> Any:
    with kernel(["smtp"], runs=NoRuns()) as running:
        running.host.context("smtp").config = config
        owner = as_user(running, create_projects=True)
        project = owner.post("/api/projects", json={"name": "Shop", "slug": "shop"}).json["id"]
        for key, value in environment.items():
            owner.post(f"/api/projects/{project}/env", json={"key": key, "type": "string", "value": str(value)})
        with run_js(within=running, project_id=project) as js:
            js.value("mail.send('c@d.co', 's', 't')")
    return opened.handler.last()["From"]


class NoRuns:
    def notify(self, project_id: str, topic: str) -> None:
        """There are no runs that hear of a change."""


def test_of_the_environment_and_of_the_configuration() -> None:
    with office() as opened:
        here = SMTPConfig(host="127.0.0.1", port=opened.port, sender="Config <config@b.co>", starttls=False)
        assert sent_by(opened, {}, here) == "Config <config@b.co>"
        named = {"SMTP_HOST": "localhost", "SMTP_PORT": opened.port, "SMTP_FROM": "Env <env@b.co>"}
        assert sent_by(opened, named, SMTPConfig(host="169.254.169.254")) == "Env <env@b.co>"
