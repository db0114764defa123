"""Where the peers are installed: a folder that Git ignores, kept for the next run."""

from __future__ import annotations

from pathlib import Path

CACHE = Path(__file__).parents[1] / ".cache"


def folder(name: str) -> Path:
    """A folder of its own for one version of one program; made when it is absent."""
    made = CACHE / name
    made.mkdir(parents=True, exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n")
    return made
