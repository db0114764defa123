"""Every module can be the first that is imported, and warns of nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PROGRAMS = ("m3m_core.runtime.supervisor", "m3m_core.runtime.zygote")
"""They make the standard library cooperative before all else, so they need a process in which nothing was imported."""

ONE_BY_ONE = """
import importlib, os, sys, traceback
import falcon, mongoengine, pydantic, m3m_core  # what most need, once for all

failed = 0
for name in sys.argv[1:]:
    if (pid := os.fork()) == 0:
        try:
            importlib.import_module(name)
        except BaseException:
            print(name, traceback.format_exc(limit=-2), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    failed |= os.waitpid(pid, 0)[1]
sys.exit(bool(failed))
"""


def modules() -> dict[str, list[str]]:
    """By the folder that they are in."""
    files = [path.relative_to(ROOT) for name in ("m3m_core", "m3m_builtins") for path in (ROOT / name).rglob("*.py")]
    files += [path.relative_to(ROOT) for path in (ROOT / "benchmarks").glob("*.py")]
    found: dict[str, list[str]] = {}
    for file in sorted(files):
        folder = "/".join(file.parts[:2]) if len(file.parts) > 2 else file.parts[0]
        found.setdefault(folder, []).append(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
    return found


def python(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-W", "error", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("folder", modules())
def test_each_module_alone(folder: str) -> None:
    python("-c", ONE_BY_ONE, *(name for name in modules()[folder] if name not in PROGRAMS))


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_alone(name: str) -> None:
    python("-c", f"import {name}")
