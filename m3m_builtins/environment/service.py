"""The rules about the environment of a project."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mongoengine import NotUniqueError

from m3m_core import Conflict, Context, FieldError, Invalid, M3MError, NotFound, now

from . import documents
from .documents import Type, Variable
from .values import check_key, to_text

if TYPE_CHECKING:
    from m3m_builtins.projects.service import ProjectService

TOPIC = "environment"
"""Of the notice that instances get when something here has changed."""


class EnvironmentService:
    """`changed` tells the running instances of a project, and returns when they know."""

    def __init__(self, projects: ProjectService, changed: Callable[[str], None]) -> None:
        self._projects = projects
        self._changed = changed

    def ensure_indexes(self) -> None:
        documents.ensure_indexes()

    def page(self, project_id: str, skip: int, limit: int) -> tuple[list[Variable], int]:
        """A part of the variables, by key, and the number of all."""
        found = Variable.objects(project_id=project_id)
        return list(found.order_by("key").skip(skip).limit(limit)), found.count()

    def values(self, project_id: str) -> dict[str, Any]:
        """All values by key, in one query."""
        return {variable.key: variable.value for variable in Variable.objects(project_id=project_id).order_by("key")}

    def create(self, project_id: str, key: str, kind: Type, value: Any) -> Variable:
        """Raises Invalid with every wrong field, Conflict when there is such a key."""
        moment = now()
        made = Variable(
            project_id=project_id, **_checked(key, kind, value), type=kind, created_at=moment, updated_at=moment
        )
        with self._telling(project_id):
            try:
                made.save(force_insert=True)
            except NotUniqueError as error:
                raise _taken(key) from error
        return made

    def update(self, project_id: str, key: str, changes: Mapping[str, Any]) -> Variable:
        """Change the given ones of key, type and value; the value must fit the type afterwards.

        Raises NotFound, Invalid with every wrong field, Conflict when there is such a key.
        """
        known: Variable | None = Variable.objects(project_id=project_id, key=key).first()
        if known is None:
            raise _not_found(key)
        wanted = {"key": known.key, "type": known.type, "value": known.value, **changes}
        checked = _checked(wanted["key"], wanted["type"], wanted["value"])
        if "type" in changes or "value" in changes:  # both are written, so they fit whoever writes at the same time
            checked["type"] = wanted["type"]
        else:
            del checked["text"]
        with self._telling(project_id):
            try:
                changed: Variable | None = Variable.objects(id=known.id).modify(
                    **{f"set__{name}": value for name, value in checked.items()}, set__updated_at=now(), new=True
                )
            except NotUniqueError as error:
                raise _taken(wanted["key"]) from error
            if changed is None:
                raise _not_found(key)
        return changed

    def delete(self, project_id: str, key: str) -> None:
        """Raises NotFound."""
        with self._telling(project_id):
            if not Variable.objects(project_id=project_id, key=key).delete():
                raise _not_found(key)

    @contextmanager
    def _telling(self, project_id: str) -> Iterator[None]:
        """Around a write. One that ends with an error of the database may be done: only its answer was lost."""
        try:
            yield
        except M3MError:  # refused
            raise
        except Exception:
            self._changed(project_id)
            raise
        self._changed(project_id)

    def forget_project(self, project_id: str) -> None:
        Variable.objects(project_id=project_id).delete()

    def remove_orphans(self) -> None:
        """Of projects that were deleted while this was off, or when something was just written."""
        self._projects.remove_leftovers(Variable.objects.distinct("project_id"), self.forget_project)


def make(ctx: Context) -> EnvironmentService:
    def changed(project_id: str) -> None:
        try:
            ctx.runs.notify(project_id, TOPIC)
        except M3MError as error:
            # What is written is written. Instances end with their supervisor, and new ones read it anew.
            level = logging.DEBUG if ctx.role == "cli" else logging.WARNING  # a command works without a server too
            ctx.log.log(level, "instances of project %s could not be told of a change: %s", project_id, error.message)

    return EnvironmentService(ctx.use("projects"), changed)


def _checked(key: str, kind: Type, value: Any) -> dict[str, Any]:
    """`key` and `text` as they are stored. Raises Invalid."""
    wrong: dict[str, FieldError] = {}
    if (bad_key := check_key(key)) is not None:
        wrong["key"] = bad_key
    text = to_text(kind, value)
    if not isinstance(text, str):
        wrong["value"] = text
    if wrong:
        raise Invalid("Some values are not accepted.", fields=wrong)
    return {"key": key, "text": text}


def _taken(key: str) -> Conflict:
    return Conflict(f"There is a variable {key} already.", code="key_taken")


def _not_found(key: str) -> NotFound:
    return NotFound(f"There is no variable {key}.")
