"""The command line: `m3m`. Its own commands are few; the rest come from plugins."""

from __future__ import annotations

import copy
import dataclasses
import functools
import json
import sys
from collections.abc import Callable
from typing import Any

import click

from .cli_session import Session, take_config
from .contributions import PluginEntry
from .discovery import DISABLED
from .errors import M3MError

REFUSED = 1
COLUMNS = ("name", "version", "source", "state", "reason")

CONFIG = click.Option(
    ["-c", "--config"],
    metavar="FILE",
    expose_value=False,
    help="Configuration file (default: ./config.yaml, if it is there).",
)
"""Only for the help: `take_config` has read it before click parses, as plugins' commands depend on it."""


class Program(click.Group):
    """The kernel's commands and those of plugins, which are loaded only when the kernel has none of that name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        file, rest = take_config(args)
        ctx.obj = session = Session(file)
        ctx.call_on_close(session.close)
        return super().parse_args(ctx, rest)

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = super().list_commands(ctx)
        try:
            return sorted([*names, *ctx.obj.commands])
        except M3MError as error:
            complain(f"{error.message} (so the commands of plugins are missing below)")
            return names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        command = ctx.obj.commands.get(cmd_name)
        return None if command is None else with_database(command, ctx.obj)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            broken = [name for name, reason in ctx.obj.kernel.host.off().items() if reason != DISABLED]
            hint = f" Plugins that are off: {', '.join(broken)}; `m3m plugins` says why." if broken else ""
            raise click.UsageError(error.format_message() + hint, ctx) from None


def with_database(command: click.Command, session: Session) -> click.Command:
    """A copy of a plugin's command that opens the database first, as late as its own code runs."""
    wrapped = copy.copy(command)
    wrapped.params = [*command.params, CONFIG]
    original: Callable[..., Any] = command.callback or (lambda **_: None)
    offline_unless = getattr(command, "offline_unless", None)

    @functools.wraps(original)
    def callback(*args: Any, **kwargs: Any) -> Any:
        if offline_unless is None or kwargs.get(offline_unless):
            click.get_current_context().find_root().with_resource(session.database())
        return original(*args, **kwargs)

    wrapped.callback = callback
    return wrapped


@click.group(cls=Program, params=[CONFIG], context_settings={"help_option_names": ["-h", "--help"]})
def program() -> None:
    """M3M: small services in JavaScript, written in the browser and run by this server."""


@program.command(params=[CONFIG])
@click.pass_obj
def serve(session: Session) -> None:
    """Run everything: the API, the services, the embedded database."""
    from .serve import serve as run

    run(session.settings)


@program.command(params=[CONFIG])
def version() -> None:
    """Print the version."""
    from .version import VERSION

    click.echo(f"m3m {VERSION}")


@program.command(params=[CONFIG])
@click.option("--json", "as_json", is_flag=True, help="Print everything that is known, as JSON.")
@click.pass_obj
def plugins(session: Session, as_json: bool) -> None:
    """List the plugins: where they come from, and why one is off."""
    entries = session.kernel.host.entries()
    click.echo(json.dumps([dataclasses.asdict(entry) for entry in entries], indent=2) if as_json else table(entries))


def table(entries: list[PluginEntry]) -> str:
    rows = [COLUMNS, *(tuple(getattr(entry, column) for column in COLUMNS) for entry in entries)]
    widths = [max(len(row[index]) for row in rows) for index in range(len(COLUMNS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def complain(message: str) -> None:
    click.echo(f"m3m: {message}", err=True)


def main() -> None:
    """Exits with 0 when done, 1 when refused (one line on stderr says why), 2 for wrong usage."""
    try:
        program(prog_name="m3m")
    except M3MError as error:
        complain(" ".join(error.message.split()))
        sys.exit(REFUSED)
    except OSError as error:
        complain(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
        sys.exit(REFUSED)
