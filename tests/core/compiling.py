"""Building with Cython, as authors of plugins do: with the example's own build script."""

from __future__ import annotations

import importlib.util
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "plugins" / "example"


def compiled(source: Path, folder: Path) -> Path:
    """Compile a module into `folder`; returns the file."""
    spec = importlib.util.spec_from_file_location("example_build", EXAMPLE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    built: Path = script.build(source, folder)
    return built
