"""What one call of `m3m` works with: the configuration, and the plugins once a command needs them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import logs
from .config import load

if TYPE_CHECKING:
    from .kernel import Kernel
    from .settings import Settings

DEFAULT_FILE = Path("config.yaml")
OPTIONS = ("-c", "--config")

DATABASE_SECONDS = 3
"""Seconds that a command waits for the database."""


class Session:
    """`file` is the configuration file that was asked for; without one it is ./config.yaml, if that is there."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    @cached_property
    def settings(self) -> Settings:
        file = self._file or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
        return load(file, os.environ)

    @cached_property
    def kernel(self) -> Kernel:
        """The plugins, started for the command line. Which ones are off is told by `m3m plugins`, not by the log."""
        from .kernel import Kernel

        logs.setup("warning")
        logging.getLogger("m3m.plugins").setLevel(logging.CRITICAL)
        kernel = Kernel(self.settings, "cli")
        kernel.start()
        return kernel

    @cached_property
    def commands(self) -> dict[str, click.Command]:
        """The commands of plugins."""
        answers = self.kernel.host.each("m3m_commands")
        return {command.name: command for commands in answers for command in commands}

    @contextmanager
    def database(self) -> Iterator[None]:
        """While inside, the database answers. The plugins end before it does. Raises Unavailable."""
        from .mongod import available

        with available(self.settings):
            try:
                self.kernel.db.wait(DATABASE_SECONDS)
                yield
            finally:
                self.close()

    def close(self) -> None:
        if "kernel" in vars(self):
            self.kernel.stop()


def take_config(args: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Take `-c FILE` out of the arguments, wherever it stands before a `--`. Raises click.UsageError."""
    file: str | None = None
    rest: list[str] = []
    waiting = list(args)
    while waiting:
        arg = waiting.pop(0)
        if arg == "--":
            return _path(file), [*rest, arg, *waiting]
        name, given, value = arg.partition("=")
        if arg in OPTIONS:
            if not waiting:
                raise click.UsageError(f"{arg} needs the name of a file.")
            value = waiting.pop(0)
        elif not (given and name == "--config"):
            rest.append(arg)
            continue
        if file is not None:
            raise click.UsageError("-c is given twice.")
        file = value
    return _path(file), rest


def _path(file: str | None) -> Path | None:
    return None if file is None else Path(file)
