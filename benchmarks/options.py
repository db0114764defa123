"""What every script does first: read its options and make a server in a temporary folder."""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .server import Server

BUSY = 0.5
"""Processes that ran at once, on average over the last minute, before the benchmark."""


def parser(description: str | None) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def count(add: argparse.ArgumentParser, name: str, default: int, most: int, text: str) -> None:
    """An option `--name` that takes 1 to `most`, so that no run is endless by a slip."""
    add.add_argument(
        f"--{name}", type=int, choices=range(1, most + 1), default=default, metavar=f"1..{most}", help=text
    )


def chosen(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The options given. Warns when the machine has other work: the figures would be of both."""
    options = parser.parse_args()
    load = os.getloadavg()[0]
    if load > BUSY:
        print(f"The machine is busy (load {load:.1f}): the figures below are worse than M3M and its peers are.\n")
    return options


@contextlib.contextmanager
def fresh_server(settings: Mapping[str, object] | None = None) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="m3m-benchmark-") as folder, Server(Path(folder), settings) as server:
        yield server
