"""What each project does, as the runtime records it."""

from __future__ import annotations

from mongoengine.queryset.visitor import Q

from m3m_core import RunSource

from .documents import CRASHED, STOPPED, Project, RunState, Source


class RunStates:
    def set_run_state(
        self,
        project_id: str,
        status: str,
        source: RunSource | None,
        *,
        boot: str = "",
        run_id: str = "",
        slug: str | None = None,
    ) -> bool:
        """Record what the project does now. `source` is None when nothing runs nor should run.

        False, and nothing is recorded, when the project is gone, or being deleted or renamed while `slug` is given.
        """
        found = Project.objects(id=project_id)
        if slug is not None:
            found = found.filter(slug=slug, hidden=False)
        changed = found.update_one(
            set__status=status,
            set__running_source=source and Source(kind=source.kind, name=source.name, tag=source.tag),
            set__run=source and RunState(boot=boot, run_id=run_id, kind=source.kind, name=source.name, tag=source.tag),
            full_result=True,
        )
        return bool(changed.matched_count)

    def acknowledge_crash(self, project_id: str) -> None:
        """A project that is crashed is stopped from now on; any other stays as it is."""
        Project.objects(id=project_id, status=CRASHED).update_one(set__status=STOPPED)

    def all_with_run_state(self) -> list[Project]:
        """Projects that run, should run or are said to. For autostart."""
        return list(Project.objects((Q(run__ne=None) | Q(status__ne=STOPPED)), hidden=False).order_by("id"))
