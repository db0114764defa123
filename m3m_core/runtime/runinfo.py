"""What is read from a `RunSpec`."""

from __future__ import annotations

from typing import Any

from ..contributions import RunSpec


def others_of(spec: RunSpec) -> dict[str, str]:
    """The files beside the main one."""
    return {name: code for name, code in spec.files.items() if name != "main"}


def run_info(spec: RunSpec, instance: int) -> dict[str, Any]:
    """What `service.info()` shows and what modules know of the run."""
    return {
        "slug": spec.slug,
        "version": spec.source.name,
        "run_id": spec.run_id,
        "instance": instance,
        "debug": spec.source.is_debug,
    }
