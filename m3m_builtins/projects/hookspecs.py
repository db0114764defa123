"""What the feature projects announces to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from m3m_core import hookspec

if TYPE_CHECKING:
    from m3m_core import Context

    from .documents import Project


@hookspec
def m3m_project_created(ctx: Context, project: Project) -> None:
    """A project was created. Process: front, cli. Moment: once, before anybody sees it.

    An exception undoes the creation: no more plugins are called, the project is removed again, and its creator gets
    the error.
    """


@hookspec
def m3m_project_deleting(ctx: Context, project: Project) -> None:
    """A project is about to be deleted. Process: front. Moment: before anything is removed; nobody sees it any more.

    The place to stop what runs. An exception stops the deletion: no more plugins are called, the project is visible
    again, and the one who asked gets the error.
    """


@hookspec
def m3m_project_deleted(ctx: Context, project: Project) -> None:
    """Remove all that the plugin keeps for the project. Process: front, or supervisor after a crash in the middle.

    Moment: after m3m_project_deleting, before the project itself goes. It may be announced more than once for the
    same project, so removing what is already gone must succeed. An exception does not stop the others, but the
    project stays marked: all are called again when the deletion is asked for again and at the next start of the server.

    A plugin that is off meanwhile is not called. It may call `remove_leftovers(ids, forget)` of the service `projects`
    in its m3m_ready, with the ids of all projects for which it keeps something and what removes that.
    """
