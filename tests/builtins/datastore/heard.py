"""What the database is asked to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pymongo.monitoring import CommandListener

READS = ("find", "aggregate", "count", "distinct")


class Heard(CommandListener):
    def __init__(self) -> None:
        self.commands: list[Mapping[str, Any]] = []

    def started(self, event: Any) -> None:
        self.commands.append(event.command)

    def succeeded(self, event: Any) -> None: ...

    def failed(self, event: Any) -> None: ...

    def reads(self, *begins: str) -> Iterator[Mapping[str, Any]]:
        """Those of the collections whose names begin like that."""
        for command in self.commands:
            if any(str(command.get(read, "")).startswith(begins) for read in READS):
                yield command

    def asked(self, name: str) -> list[Any]:
        """This part of each command, also where one command has many."""
        found: list[Any] = []
        for command in self.commands:
            parts = [command, *command.get("updates", ()), *command.get("deletes", ())]
            found += [part[name] for part in parts if name in part]
        return found
