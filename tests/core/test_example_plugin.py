"""The example plugin as a file, as a compiled file and as an installed package: all three do the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from compiling import EXAMPLE, compiled
from hosts import settings, write

from m3m_core import SIGNED_IN, Actor, Manifest, Operation, PluginEntry, ScriptError, testing
from m3m_core.discovery import FILE_MODULES, Found, find
from m3m_core.kernel import Kernel
from m3m_core.settings import Plugins

CONFIG = {"example": {"greeting": "Moin", "pause": "10ms"}}
DESCRIPTION = "Greets people: an example for authors of plugins"
KINDS = {"source": "file", "compiled": "file", "package": "entry point"}
GREET = "/api/example/greetings/"


@pytest.fixture(scope="module")
def binary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(EXAMPLE / "example.py", tmp_path_factory.mktemp("build"))


@pytest.fixture(params=list(KINDS))
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Found]:
    folder = tmp_path / "plugins"
    folder.mkdir()
    if request.param == "source":
        shutil.copy(EXAMPLE / "example.py", folder)
    elif request.param == "compiled":
        shutil.copy(request.getfixturevalue("binary"), folder)
    else:
        install(tmp_path / "site")
        monkeypatch.syspath_prepend(str(tmp_path / "site"))
    (found,) = [item for item in find(Plugins(path=folder)) if item.source != "builtin"]
    assert found.source == KINDS[request.param]
    yield found
    for name in ("m3m_example", "m3m_example.plugin", f"{FILE_MODULES}.example"):
        sys.modules.pop(name, None)


def install(site: Path) -> None:
    """What pip leaves of a package with an entry point."""
    write(site, "m3m_example/__init__.py", "")
    shutil.copy(EXAMPLE / "example.py", site / "m3m_example" / "plugin.py")
    info = site / "m3m_example-1.0.0.dist-info"
    write(info, "METADATA", "Metadata-Version: 2.1\nName: m3m-example\nVersion: 1.0.0\n")
    write(info, "entry_points.txt", "[m3m]\nexample = m3m_example.plugin\n")


def door() -> Found:
    """A plugin that lets everybody in as one user."""

    def authenticate() -> Actor:
        return Actor(kind="user", id="1")

    def authorize(operation: Operation) -> bool:
        return operation.action == SIGNED_IN

    module = testing.plugin("door", m3m_authenticate=authenticate, m3m_authorize=authorize)
    assert isinstance(module.manifest, Manifest)
    return Found("door", "file", module, None, "")


@pytest.fixture
def kernel(example: Found) -> Iterator[Kernel]:
    made = Kernel(settings(config=CONFIG), "front", found=[example, door()])
    made.start()
    yield made
    made.stop()


def test_its_entry(kernel: Kernel, example: Found) -> None:
    assert kernel.host.entries()[0] == PluginEntry(
        name="example",
        version="1.0.0",
        description=DESCRIPTION,
        source=example.source,
        state="on",
        modules=("example",),
        routes=("GET /api/example/greetings/{name}",),
        hooks=("m3m_js_modules", "m3m_routes", "m3m_startup", "m3m_type_definitions"),
    )


def test_its_route(kernel: Kernel) -> None:
    guest = testing.client(kernel)
    assert guest.get(f"{GREET}Ann")[:2] == (200, {"greeting": "Moin, Ann!"})
    status, refused, _ = guest.get(f"{GREET}{'x' * 101}")
    assert (status, list(refused["fields"])) == (422, ["name"])


def test_its_types(kernel: Kernel) -> None:
    ((definition,),) = kernel.host.each("m3m_type_definitions", project_id=None)
    assert definition.name == "example"
    assert "greetSlowlyAsync(name: string): Promise<string>;" in definition.source


def test_its_javascript(example: Found) -> None:
    assert example.module is not None
    with testing.run_js([example.module]) as js:
        assert js.value("example.greet('Ann')") == "Hello, Ann!"
        assert js.value("$example.greetSlowly('Bob')") == "Hello, Bob!"
        assert js.value("example.greetSlowlyAsync('Cid')") == "Hello, Cid!"
        assert js.value("Object.keys(example).sort()") == ["greet", "greetSlowly", "greetSlowlyAsync"]
        with pytest.raises(ScriptError, match="A name has 1 to 100 characters"):
            js.value("example.greet(' ')")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            {"greting": "x"},
            "plugins.config.example.greting: unknown key (did you mean plugins.config.example.greeting?)",
        ),
        ({"pause": 5}, "plugins.config.example.pause: must be a duration such as 500ms, 30s, 5m or 168h, not 5"),
        ({"greeting": 5}, "plugins.config.example.greeting: must be text, not 5"),
    ],
)
def test_its_settings_are_strict(example: Found, given: dict[str, object], reason: str) -> None:
    made = Kernel(settings(config={"example": given}), "front", found=[example])
    assert made.host.off() == {"example": f"wrong settings: {reason}"}


def test_a_negative_pause_is_refused(example: Found) -> None:
    assert example.module is not None
    config = vars(example.module)["ExampleConfig"]
    with pytest.raises(ValueError, match="pause must not be negative"):
        config(pause=-1)


def test_the_command_line_lists_it(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE / "example.py", tmp_path)
    file = write(tmp_path, "config.yaml", "plugins: {path: .}")
    command = [sys.executable, "-m", "m3m_core", "plugins", "--json", "-c", str(file)]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [(entry["name"], entry["state"]) for entry in listed if entry["source"] == "file"] == [("example", "on")]
