"""`m3m demo`: a project to look at and take apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from m3m_core import Context, Manifest, hookimpl

if TYPE_CHECKING:
    import click

    from .service import DemoService

manifest = Manifest(
    name="demo",
    version="0.1.0",
    description="The command `m3m demo`: a project to look at and take apart",
    requires=("datastore", "environment", "goals", "pipeline", "projects", "runtime", "storage"),
)


@hookimpl
def m3m_startup(ctx: Context) -> DemoService:
    from .service import DemoService

    return DemoService(ctx)


@hookimpl
def m3m_commands(ctx: Context) -> Sequence[click.Command]:
    from .commands import demo

    return [demo(ctx)]
