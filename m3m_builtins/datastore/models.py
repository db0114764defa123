"""The rules about models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from logging import Logger
from typing import Any

from mongoengine import NotUniqueError
from mongoengine.queryset.visitor import Q
from pymongo.collection import Collection
from pymongo.database import Database

from m3m_core import Conflict, FieldError, Invalid, now

from . import documents
from .counts import Counts
from .documents import Model
from .journal import Journal
from .limits import MOST_MODELS
from .migration import Migration, pending_for
from .moves import moves
from .proposals import Proposal, proposal_of
from .reports import Report, report
from .room import Room
from .schema import Field, Schemas, collection_name
from .sizes import bytes_of


class Models:
    def __init__(
        self, db: Callable[[], Database[dict[str, Any]]], journal: Journal, counts: Counts, room: Room, log: Logger
    ) -> None:
        self._db = db
        self._journal = journal
        self._counts = counts
        self.room = room
        self._migration = Migration(db, journal, log)

    def schemas(self, max_age: float = 60.0) -> Schemas:
        """For one request; to be kept longer, with the seconds after which a schema is read again."""
        return Schemas(self._finish_left_over, max_age)

    def _finish_left_over(self, model_id: str) -> None:
        self._journal.undo_over(self._db(), model_id)
        self._migration.resume(model_id)

    def make_ready(self) -> None:
        documents.ensure_indexes()
        self._migration.resume_all()

    def page(self, project_id: str, skip: int, limit: int, search: str = "") -> tuple[list[Model], int]:
        """A part of the project's models by slug, and the number of all. `search`: in name or slug."""
        found = Model.objects(project_id=project_id, pending__delete__ne=True)
        if search:
            found = found.filter(Q(name__icontains=search) | Q(slug__icontains=search))
        return list(found.order_by("slug").skip(skip).limit(limit)), found.count()

    def get(self, project_id: str, id_or_slug: str) -> Model:
        """Raises NotFound; Unavailable while it is being renamed."""
        schema = self.schemas().get(project_id, id_or_slug)
        model: Model = Model.objects(id=schema.id).get()
        return model

    def _current(self, project_id: str, id_or_slug: str, changes: Mapping[str, Any]) -> Model:
        """The model to be changed. Raises Conflict when it is no longer the revision that the changes were made for."""
        model = self.get(project_id, id_or_slug)
        if changes.get("revision", model.revision) != model.revision:
            raise _stale(model.revision)
        return model

    def create(self, project_id: str, values: Mapping[str, Any]) -> Model:
        """`values` holds name, slug and maybe fields, table_config, form_config. Raises Invalid, Conflict, TooLarge."""
        self.room.check()
        slugs = self._slugs(project_id)
        if len(slugs) >= MOST_MODELS:
            raise Conflict(f"A project has at most {MOST_MODELS} models.", code="too_many_models")
        proposal, wrong = proposal_of(None, values, slugs | {values["slug"]})
        _raise(wrong)
        self._check_left(project_id, proposal.slug)
        model = Model(project_id=project_id, **proposal.kept(), pending=pending_for([], proposal.slug))
        try:
            model.save(force_insert=True)
        except NotUniqueError as error:
            raise _slug_taken(proposal.slug) from error
        self._migration.finish(model.id)
        return self.get(project_id, model.id)

    def preview(self, project_id: str, id_or_slug: str, changes: Mapping[str, Any], *, force: bool = False) -> Report:
        """What a change would do to the records. Raises what the change would raise, but for the records' sake."""
        model = self._current(project_id, id_or_slug, changes)
        return self._report(model, self._proposed(model, changes), force)

    def change(self, project_id: str, id_or_slug: str, changes: Mapping[str, Any], *, force: bool = False) -> Model:
        """Change the given keys, and the records with them.

        Raises Invalid; Conflict for a stale `revision`, and with the report as details when the records do not allow
        it, or when it would lose something and `force` is not given; TooLarge, for each record may be written anew.
        """
        self.room.check()
        model = self._current(project_id, id_or_slug, changes)
        proposal = self._proposed(model, changes)
        if proposal.slug != model.slug:
            self._check_left(project_id, proposal.slug)
        found = self._report(model, proposal, force)
        if not found.possible:
            raise Conflict("The records do not allow this change.", code="change_not_possible", details=found.told())
        if found.loses_data and not force:
            raise Conflict(
                "This change would lose data. Look at the report, and repeat it with force=true if that is meant.",
                code="change_loses_data",
                details=found.told(),
            )
        self._publish(model, proposal, force)
        if refused := self._migration.finish(model.id):
            raise Conflict(
                f"Now done, but these fields hold a value twice and are not unique: {', '.join(refused)}.",
                code="duplicates",
                details={"fields": refused},
            )
        return self.get(project_id, model.id)

    def delete(self, project_id: str, id_or_slug: str) -> None:
        """With all its records. Raises NotFound, Conflict when another model refers to it."""
        model = self.get(project_id, id_or_slug)
        others = Model.objects(project_id=project_id, id__ne=model.id, fields__options__model=model.slug)
        if referring := sorted(other.slug for other in others.only("slug")):
            raise Conflict(
                f"Other models refer to it: {', '.join(referring)}. Remove those fields first.",
                code="model_referenced",
                details={"models": referring},
            )
        mark = pending_for([], model.slug, delete=True)
        if not Model.objects(id=model.id, pending=None).update_one(set__pending=mark):
            raise _changing()
        self._migration.finish(model.id)

    def forget_project(self, project_id: str) -> None:
        models = Model.objects(project_id=project_id)
        self._journal.forget(self._db(), list(models.scalar("id")))
        models.delete()
        begin = collection_name(project_id, "")
        for name in self._db().list_collection_names(filter={"name": {"$regex": f"^{begin}"}}):
            self._db().drop_collection(name)

    def record_count(self, model: Model) -> int:
        return self._counts.of(self._collection(model), model.id, model.revision)

    def sizes(self, project_id: str) -> dict[str, int]:
        """Records of the project and their bytes."""
        models = Model.objects(project_id=project_id).only("id", "project_id", "slug", "revision")
        return {
            "records": sum(map(self.record_count, models)),
            "records_bytes": sum(bytes_of(self._collection(model)) for model in models),
        }

    def _collection(self, model: Model) -> Collection[dict[str, Any]]:
        return self._db()[collection_name(model.project_id, model.slug)]

    def _slugs(self, project_id: str) -> set[str]:
        return set(Model.objects(project_id=project_id).scalar("slug"))

    def _check_left(self, project_id: str, slug: str) -> None:
        """Records of a model that is being renamed may still be under its old slug. Raises Conflict."""
        if Model.objects(project_id=project_id, slug__ne=slug, pending__old_slug=slug).first():
            raise _changing()

    def _proposed(self, model: Model, changes: Mapping[str, Any]) -> Proposal:
        slugs = (self._slugs(model.project_id) - {model.slug}) | {changes.get("slug", model.slug)}
        proposal, wrong = proposal_of(model, changes, slugs)
        _raise(wrong)
        return proposal

    def _report(self, model: Model, proposal: Proposal, force: bool) -> Report:
        before = [Field.of(raw) for raw in model.to_mongo()["fields"]]
        wanted = list(moves(before, proposal.fields, proposal.renamed))

        def records_of(slug: str) -> Collection[dict[str, Any]]:
            """The model itself has its old name until the change is made."""
            return self._db()[collection_name(model.project_id, model.slug if slug == proposal.slug else slug)]

        return report(records_of(proposal.slug), wanted, now(), records_of, force=force)

    def _publish(self, model: Model, proposal: Proposal, force: bool) -> None:
        """From here on the new model holds; its records follow."""
        mark = pending_for(model.to_mongo()["fields"], model.slug, renamed=proposal.renamed, force=force)
        changes = {f"set__{key}": value for key, value in proposal.kept().items()}
        try:
            done = Model.objects(id=model.id, revision=model.revision, pending=None).update_one(
                **changes, set__pending=mark, set__updated_at=now(), inc__revision=1
            )
        except NotUniqueError as error:
            raise _slug_taken(proposal.slug) from error
        if not done:
            current = self.get(model.project_id, model.id)
            if current.pending is not None:
                raise _changing()
            raise _stale(current.revision)


def _raise(wrong: dict[str, FieldError]) -> None:
    if wrong:
        raise Invalid("Some values are not accepted.", fields=wrong)


def _slug_taken(slug: str) -> Conflict:
    return Conflict(f"Another model has the slug {slug}.", code="slug_taken")


def _changing() -> Conflict:
    return Conflict("Another change of the model is under way.", code="model_changing", retry_after=1)


def _stale(revision: int) -> Conflict:
    return Conflict(
        f"The model was changed meanwhile: it is at revision {revision}. Load it and make your change again.",
        code="stale_revision",
        details={"revision": revision},
    )
