"""What the feature pipeline announces to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from m3m_core import hookspec

if TYPE_CHECKING:
    from m3m_builtins.projects.documents import Project
    from m3m_core import Context


@hookspec
def m3m_release_activated(ctx: Context, project: Project, version: str) -> None:
    """Another release became the active one. Process: front or supervisor. Moment: after the fact.

    An exception is logged and holds nobody else up.
    """
