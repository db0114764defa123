"""What the feature runtime asks of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from m3m_core import hookspec

if TYPE_CHECKING:
    from m3m_core import Context


@hookspec
def m3m_project_sizes(ctx: Context, project_id: str) -> Mapping[str, int]:
    """How much the plugin keeps for a project, for its monitoring. Process: front. Moment: now and then, on request.

    The names end in what is counted (`storage_bytes`, `records`). All plugins' answers are joined; they count for a
    minute. Must answer within seconds, if need be with what was counted until then. An exception leaves the plugin's
    sizes out.
    """
