"""What every script does first: read its options and make a server in a temporary folder."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .server import Server


def parser(description: str | None) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def count(add: argparse.ArgumentParser, name: str, default: int, most: int, text: str) -> None:
    """An option `--name` that takes 1 to `most`, so that no run is endless by a slip."""
    add.add_argument(
        f"--{name}", type=int, choices=range(1, most + 1), default=default, metavar=f"1..{most}", help=text
    )


@contextlib.contextmanager
def fresh_server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="m3m-benchmark-") as folder, Server(Path(folder)) as server:
        yield server
