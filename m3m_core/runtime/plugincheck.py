"""Prints, as JSON, the plugins that a whole server switches off when it starts them, with the reasons.

A zygote cannot know by itself: it asks for neither routes nor commands, which would load HTTP into every runner.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from .. import config
from ..kernel import Kernel

SECONDS = 30.0
"""Longest wait for the check of a slow machine."""

log = logging.getLogger("m3m.supervisor")


def failing(options: Sequence[str]) -> dict[str, str]:
    """What the check finds on disk now; nothing when it fails itself. `options` are those of a zygote."""
    command = [sys.executable, "-m", __name__, *options]
    try:
        checked = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
        return dict(orjson.loads(checked.stdout))
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        log.error("plugins could not be checked, so services may get some that are off: %s", error)
        return {}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path)
    parser.add_argument("--boot", default="")
    options = parser.parse_args()
    kernel = Kernel(config.load(options.config, os.environ), "cli", boot=options.boot)
    kernel.start()
    sys.stdout.buffer.write(orjson.dumps(kernel.host.failed()))
    kernel.stop()


if __name__ == "__main__":
    main()
