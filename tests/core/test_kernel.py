from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hosts import found, settings

from m3m_core import Settings, testing
from m3m_core.kernel import Kernel
from m3m_core.settings import Data

IMPORTS = """
import sys
from m3m_core.config import load
from m3m_core.kernel import Kernel
kernel = Kernel(load(None, {}), sys.argv[1])
early = set(sys.modules)
kernel.start()
assert not [e for e in kernel.host.entries() if e.state == "off"], kernel.host.off()
print(*sorted({"falcon", "pydantic", "mongoengine", "click"} & early), "|")
print(*sorted({"falcon", "pydantic", "mongoengine", "click"} & set(sys.modules)))
kernel.stop()
"""


def imports(role: str, folder: Path) -> list[str]:
    command = [sys.executable, "-W", "error", "-c", IMPORTS, role]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.split("|")


def test_a_runner_with_all_builtins_has_no_http(tmp_path: Path) -> None:
    """The driver is there once the plugins have started: in the zygote, so that all runners share it."""
    assert [part.split() for part in imports("runner", tmp_path)] == [[], ["mongoengine"]]


def test_a_front_has_both_once_it_is_started(tmp_path: Path) -> None:
    early, late = imports("front", tmp_path)
    assert "falcon" not in early
    assert {"falcon", "mongoengine"} <= set(late.split())


def test_the_database_is_opened_on_first_use(tmp_path: Path) -> None:
    with testing.kernel([testing.plugin("tea", m3m_startup=lambda ctx: ctx)]) as running:
        context = running.host.context("tea")
        assert context.db.name == testing.DATABASE
        assert context.db.command("ping")["ok"] == 1
        assert context.runs is running.runs


def test_documents_know_the_database_of_the_kernel() -> None:
    with testing.kernel(["auth"]) as running:
        assert running.host.context("auth").service.users.by_email("nobody@example.com") is None


def test_making_a_kernel_runs_no_plugin(tmp_path: Path) -> None:
    tea = found("tea", "@hookimpl\ndef m3m_startup(ctx): raise RuntimeError('too early')")
    kernel = Kernel(Settings(data=Data(tmp_path)), "front", found=[tea], off={})
    assert kernel.host.off() == {}
    kernel.start()
    assert list(kernel.host.off()) == ["tea"]
    kernel.stop()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("role", ["front", "supervisor", "runner", "cli"])
def test_the_role_and_the_boot_reach_the_plugins(role: str) -> None:
    tea = found("tea", "@hookimpl\ndef m3m_js_modules(run): return []\n@hookimpl\ndef m3m_startup(ctx): return ctx")
    kernel = Kernel(settings(), role, boot="b7", found=[tea])  # type: ignore[arg-type]
    kernel.start()
    context = kernel.host.context("tea")
    assert (context.role, context.boot) == (role, "b7")
    kernel.stop()
