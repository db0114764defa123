"""Puts the demo's data where it belongs, each part only where it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from m3m_core import Conflict, Context, NotFound, now

from . import data

if TYPE_CHECKING:
    from m3m_builtins.datastore.schema import Schema
    from m3m_builtins.datastore.service import DatastoreService
    from m3m_builtins.environment.service import EnvironmentService
    from m3m_builtins.goals.service import GoalService
    from m3m_builtins.projects.documents import Project
    from m3m_builtins.storage.service import StorageService


class Filling:
    def __init__(self, ctx: Context) -> None:
        self._environment: EnvironmentService = ctx.use("environment")
        self._goals: GoalService = ctx.use("goals")
        self._storage: StorageService = ctx.use("storage")
        self._datastore: DatastoreService = ctx.use("datastore")

    def fill(self, project: Project) -> None:
        """What somebody has changed stays as it is."""
        self._fill_environment(project)
        self._fill_files(project)
        self._fill_goals(project)
        self._fill_models(project)

    def _fill_environment(self, project: Project) -> None:
        known = self._environment.values(project.id)
        for key, kind, value in data.ENVIRONMENT:
            if key not in known:
                self._environment.create(project.id, key, kind, value)  # type: ignore[arg-type]  # one of its types

    def _fill_files(self, project: Project) -> None:
        for path in sorted(data.FILES.iterdir()):
            try:
                self._storage.facts(project.id, path.name)
            except NotFound:
                self._storage.write_file(project.id, path.name, path.read_bytes())

    def _fill_goals(self, project: Project) -> None:
        moment = now()
        for values in data.GOALS:
            try:
                goal = self._goals.create(values, project)
            except Conflict:
                continue
            self._goals.set_days(goal, project.id, data.counted(values["slug"], moment))

    def _fill_models(self, project: Project) -> None:
        schemas = self._datastore.models.schemas()
        for values in data.MODELS:
            try:
                self._datastore.models.get(project.id, values["slug"])
            except NotFound:
                self._datastore.models.create(project.id, values)
        customers, orders = (schemas.get(project.id, values["slug"]) for values in data.MODELS)
        if not self._ids(customers):
            self._datastore.create_rows(customers, schemas, data.customers())
        if not self._ids(orders):
            self._datastore.create_rows(orders, schemas, list(data.orders(self._ids(customers), now())))

    def _ids(self, schema: Schema) -> list[str]:
        return [str(each) for each in self._datastore.records.collection(schema).distinct("_id")]
