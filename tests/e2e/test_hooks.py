"""Every hook reaches a plugin that knows nothing but its name, in the processes that its contract names."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from m3m_core import hookspecs
from m3m_core.discovery import find
from m3m_core.settings import Plugins
from m3m_core.testing import live_server

from .client import Project, sign_up
from .prepared import field, model

HEAD = '''
"""Writes down which hooks are called, and whether the database is there. By its name it is asked first."""

import json
import os
from pathlib import Path

from m3m_core import JSModule, Manifest, hookimpl

manifest = Manifest(name="a_witness", version="1.0", description="Sees all")
NOTES = Path({notes!r})


def note(hook, role, **more):
    with NOTES.open("a") as notes:
        notes.write(json.dumps({{"hook": hook, "role": role}} | more) + "\\n")
'''

HOOK = """
@hookimpl
def {name}(ctx):
    note({name!r}, ctx.role)
"""

MODULES = """
class Witness:
    def count(self):
        return 1


@hookimpl
def m3m_js_modules(ctx, run):
    note("m3m_js_modules", ctx.role)
    run.report("witness", lambda: {"pid": os.getpid()})
    return [JSModule("witness", Witness())]
"""

SHUTDOWN = """
@hookimpl
def m3m_shutdown(ctx):
    note("m3m_shutdown", ctx.role, database=ctx.db.command("ping")["ok"] == 1)
"""

SERVICE = """
witness.count()
router.get("/", () => router.file("page.txt"))
router.post("/", () => database.visits.insert({ path: "/" }))
"""


class Note(NamedTuple):
    """One call."""

    hook: str
    role: str
    database: bool | None = None


def contracts() -> dict[str, str]:
    """Every hook's docstring by its name."""
    manifests = [getattr(found.module, "manifest", None) for found in find(Plugins(path=Path("none")))]
    modules = [hookspecs, *(manifest.hookspecs for manifest in manifests if manifest and manifest.hookspecs)]
    return {
        name: inspect.getdoc(function) or ""
        for module in modules
        for name, function in vars(module).items()
        if name.startswith("m3m_") and hasattr(function, "m3m_spec")
    }


def allowed(role: str, contract: str) -> bool:
    """What the contract says behind `Process:`."""
    named = re.search(r"Process: ([^.]*)\.", contract)
    assert named, contract
    return bool(re.search(rf"\b({role}|each|everywhere)\b", named[1]))


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> list[Note]:
    """What a plugin with every hook heard in the life of a server."""
    folder = tmp_path_factory.mktemp("witness")
    written = folder / "notes"
    names = contracts().keys() - {"m3m_shutdown", "m3m_js_modules"}
    text = HEAD.format(notes=str(written)) + MODULES + SHUTDOWN + "".join(HOOK.format(name=name) for name in names)
    (folder / "plugins").mkdir()
    (folder / "plugins/a_witness.py").write_text(text)
    with live_server({"plugins": {"path": str(folder / "plugins")}}) as server:
        admin = sign_up(server)
        project = Project(admin)
        model(project, "visits", field("path"))
        project.ask("POST", "/storage/file", {"path": "page.txt", "content": "hello"})
        project.run(SERVICE)
        assert project.get().text == "hello"
        assert project.post().status == 200
        status = project.ask("GET", "/monitor")
        assert status["reports"] == {"witness": {"pid": status["instances"][0]["pid"]}}
        assert admin.send("GET", "/runtime/types").status == 200
        permissions = {"project_access": [project.made["id"]]}
        user = {"email": "guest@example.com", "password": "correct horse", "permissions": permissions}
        made = admin.ask("POST", "/users", user)
        admin.ask("DELETE", f"/users/{made['id']}")
        project.ask("DELETE")
        server.run("version")
        assert server.stop() == 0
        assert "Traceback" not in server.log()
    return [Note(**json.loads(line)) for line in written.read_text().splitlines()]


@pytest.mark.parametrize("hook", sorted(contracts()))
def test_it_is_heard_where_its_contract_says(notes: list[Note], hook: str) -> None:
    roles = {note.role for note in notes if note.hook == hook}
    assert roles, "never called"
    assert not [role for role in roles if not allowed(role, contracts()[hook])]


def test_a_stop_ends_fronts_then_the_supervisor_and_the_database_last(notes: list[Note]) -> None:
    ends = [note for note in notes if note.hook == "m3m_shutdown" and note.role != "cli"]
    assert all(note.database for note in ends), ends
    by_role = [note.role for note in ends if note.role in ("front", "supervisor")]
    assert by_role == ["front", "front", "supervisor"]
