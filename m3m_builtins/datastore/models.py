"""The rules about models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mongoengine import NotUniqueError
from mongoengine.queryset.visitor import Q
from pymongo.database import Database

from m3m_core import Conflict, FieldError, Invalid, field, now

from . import documents
from .definitions import check_fields, check_slug
from .documents import Model
from .layouts import check_form, check_table, without
from .limits import MOST_MODELS
from .migration import Migration, pending_for
from .moves import moves
from .reports import Report, report
from .schema import Field, Schemas, collection_name
from .sizes import record_count, sizes


@dataclass(frozen=True)
class Proposal:
    """A model as it is to become. `renamed` are old keys of fields to new ones."""

    name: str
    slug: str
    fields: list[Field]
    table_config: dict[str, Any]
    form_config: dict[str, Any]
    renamed: dict[str, str]

    def values(self) -> dict[str, Any]:
        return vars(self) | {"fields": [spec.raw() for spec in self.fields]}


class Models:
    def __init__(self, db: Callable[[], Database[dict[str, Any]]]) -> None:
        self._db = db
        self._migration = Migration(db)

    def schemas(self, max_age: float = 60.0) -> Schemas:
        """For one request; to be kept longer, with the seconds after which a schema is read again."""
        return Schemas(self._migration.resume, max_age)

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
        """`values` holds name, slug and maybe fields, table_config, form_config. Raises Invalid, Conflict."""
        slugs = self._slugs(project_id)
        if len(slugs) >= MOST_MODELS:
            raise Conflict(f"A project has at most {MOST_MODELS} models.", code="too_many_models")
        proposal, wrong = _proposal(None, values, slugs | {values["slug"]})
        _raise(wrong)
        model = Model(project_id=project_id, **_kept(proposal), pending=pending_for([], proposal.slug))
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
        it, or when it would lose something and `force` is not given.
        """
        model = self._current(project_id, id_or_slug, changes)
        proposal = self._proposed(model, changes)
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
        if Model.objects(id=model.id, pending=None).update_one(set__pending=mark):
            self._migration.finish(model.id)

    def forget_project(self, project_id: str) -> None:
        Model.objects(project_id=project_id).delete()
        begin = collection_name(project_id, "")
        for name in self._db().list_collection_names(filter={"name": {"$regex": f"^{begin}"}}):
            self._db().drop_collection(name)

    def record_count(self, model: Model) -> int:
        return record_count(self._db, collection_name(model.project_id, model.slug))

    def sizes(self, project_id: str) -> dict[str, int]:
        """Records of the project and their bytes."""
        return sizes(self._db, [collection_name(project_id, slug) for slug in self._slugs(project_id)])

    def _slugs(self, project_id: str) -> set[str]:
        return set(Model.objects(project_id=project_id).scalar("slug"))

    def _proposed(self, model: Model, changes: Mapping[str, Any]) -> Proposal:
        slugs = (self._slugs(model.project_id) - {model.slug}) | {changes.get("slug", model.slug)}
        proposal, wrong = _proposal(model, changes, slugs)
        _raise(wrong)
        return proposal

    def _report(self, model: Model, proposal: Proposal, force: bool) -> Report:
        before = [Field.of(raw) for raw in model.to_mongo()["fields"]]
        wanted = list(moves(before, proposal.fields, proposal.renamed))
        collection = self._db()[collection_name(model.project_id, model.slug)]
        return report(collection, wanted, now(), force=force)

    def _publish(self, model: Model, proposal: Proposal, force: bool) -> None:
        """From here on the new model holds; its records follow."""
        mark = pending_for(model.to_mongo()["fields"], model.slug, renamed=proposal.renamed, force=force)
        changes = {f"set__{key}": value for key, value in _kept(proposal).items()}
        try:
            done = Model.objects(id=model.id, revision=model.revision, pending=None).update_one(
                **changes, set__pending=mark, set__updated_at=now(), inc__revision=1
            )
        except NotUniqueError as error:
            raise _slug_taken(proposal.slug) from error
        if not done:
            current = self.get(model.project_id, model.id)
            if current.pending is not None:
                raise Conflict("Another change of the model is under way.", code="model_changing", retry_after=1)
            raise _stale(current.revision)


def _proposal(
    model: Model | None, changes: Mapping[str, Any], slugs: set[str]
) -> tuple[Proposal, dict[str, FieldError]]:
    """The model after the changes, and everything that is wrong with it. `slugs` are those of all models then."""
    old: dict[str, Any] = model.to_mongo() if model else {"fields": [], "table_config": {}, "form_config": {}}
    slug = changes.get("slug", old.get("slug"))
    wrong = check_slug(slug)
    given = changes.get("fields")
    # A ref to the model itself follows its new name.
    given = [_following(raw, old.get("slug"), slug) for raw in (old["fields"] if given is None else given)]
    fields, problems = check_fields(given, slugs)
    before, after = {raw["key"] for raw in old["fields"]}, {spec.key for spec in fields}
    renamed, misnamed = _renamed(given, before)
    gone = before - after - renamed.keys()
    by_key = {spec.key: spec for spec in fields}
    table = _layout(changes, "table_config", old, gone, renamed)
    form = _layout(changes, "form_config", old, gone, renamed)
    wrong |= problems | misnamed
    if not problems:
        wrong |= check_table(table, by_key) | check_form(form, by_key)
    return Proposal(changes.get("name", old.get("name")), slug, fields, table, form, renamed), wrong


def _following(raw: Mapping[str, Any], old_slug: str | None, slug: str) -> dict[str, Any]:
    options = dict(raw.get("options", {}))
    if old_slug is not None and options.get("model") == old_slug:
        options["model"] = slug
    return dict(raw) | {"options": options}


def _layout(
    changes: Mapping[str, Any], part: str, old: Mapping[str, Any], gone: set[str], renamed: Mapping[str, str]
) -> dict[str, Any]:
    given = changes.get(part)
    return without(old[part], gone, renamed) if given is None else given


def _renamed(given: list[dict[str, Any]], before: set[str]) -> tuple[dict[str, str], dict[str, FieldError]]:
    """Old keys to new ones, and which of them cannot be."""
    renamed: dict[str, str] = {}
    wrong = {}
    for index, raw in enumerate(given):
        old_key = raw.get("old_key")
        if old_key is None or old_key == raw["key"]:
            continue
        path = f"fields.{index}.old_key"
        if old_key not in before:
            wrong[path] = field("unknown_field", "There is no such field.")
        elif raw["key"] in before or old_key in renamed or any(each["key"] == old_key for each in given):
            wrong[path] = field("not_possible", "A key that is in use cannot be changed at the same time.")
        else:
            renamed[old_key] = raw["key"]
    return renamed, wrong


def _kept(proposal: Proposal) -> dict[str, Any]:
    return {key: value for key, value in proposal.values().items() if key != "renamed"}


def _raise(wrong: dict[str, FieldError]) -> None:
    if wrong:
        raise Invalid("Some values are not accepted.", fields=wrong)


def _slug_taken(slug: str) -> Conflict:
    return Conflict(f"Another model has the slug {slug}.", code="slug_taken")


def _stale(revision: int) -> Conflict:
    return Conflict(
        f"The model was changed meanwhile: it is at revision {revision}. Load it and make your change again.",
        code="stale_revision",
        details={"revision": revision},
    )
