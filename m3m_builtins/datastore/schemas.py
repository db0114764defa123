"""Bodies and answers of the HTTP API. What a field's options mean, and how they go together, is checked by rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired

from pydantic import BaseModel, Field, RootModel, StringConstraints
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from m3m_core.http import PageQuery

from .documents import Model
from .limits import MOST_FIELDS, MOST_OPERATIONS

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Slug = Annotated[str, StringConstraints(max_length=63)]
Key = Annotated[str, StringConstraints(max_length=63)]
Keys = Annotated[list[Key], Field(max_length=MOST_FIELDS + 3)]


class FieldBody(BaseModel):
    """`nullable` is the opposite of `required` unless it is given. `old_key` renames a field with its values."""

    key: Key
    type: Annotated[str, StringConstraints(max_length=20)]
    label: Annotated[str, StringConstraints(max_length=200)] = ""
    help: Annotated[str, StringConstraints(max_length=1000)] = ""
    required: bool = False
    nullable: bool | None = None
    default_value: Any = None
    unique: bool = False
    index: bool = False
    options: dict[str, Any] = {}
    old_key: Key | None = None


Fields = Annotated[list[FieldBody], Field(max_length=MOST_FIELDS)]


class TableConfig(BaseModel):
    columns: Keys = []
    filters: Keys = []
    sort_columns: Keys = []
    searchable: Keys = []


class FormConfig(BaseModel):
    field_order: Keys = []
    hidden_fields: Keys = []
    field_views: Annotated[
        dict[Key, Annotated[str, StringConstraints(max_length=20)]], Field(max_length=MOST_FIELDS)
    ] = {}


class NewModel(BaseModel):
    name: Name
    slug: Slug
    fields: Fields = []
    table_config: TableConfig = TableConfig()
    form_config: FormConfig = FormConfig()


class ModelChanges(BaseModel):
    """Given keys only are changed; `fields` and the configurations each as a whole."""

    name: Name = ""
    slug: Slug = ""
    fields: Fields = []
    table_config: TableConfig = TableConfig()
    form_config: FormConfig = FormConfig()
    revision: int = 0


class FieldAnswer(BaseModel):
    key: str
    type: str
    label: str
    help: str
    required: bool
    nullable: bool
    default_value: Any
    unique: bool
    index: bool
    options: dict[str, Any]


class ModelAnswer(BaseModel):
    """A model of a project."""

    id: str
    name: str
    slug: str
    fields: list[FieldAnswer]
    table_config: TableConfig
    form_config: FormConfig
    revision: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, model: Model) -> ModelAnswer:
        raw = model.to_mongo()
        return cls.model_validate(raw | {"id": raw["_id"]})


class Example(TypedDict):
    """A value that a change meets: of which record, what becomes of it; of duplicates, how many records have it."""

    value: Any
    id: NotRequired[str]
    becomes: NotRequired[Any]
    records: NotRequired[int]


class EffectAnswer(BaseModel):
    """What a change does to the records of one field, with a few examples."""

    kind: Literal["dropped", "lost", "converted", "back_filled", "no_longer_valid", "missing", "duplicates", "renamed"]
    field: str
    records: int
    examples: list[Example]


class ReportAnswer(BaseModel):
    """What a change of a model would do: the answer of a dry run. `records` are all that the model has."""

    records: int
    effects: list[EffectAnswer]
    loses_data: bool
    possible: bool


class ListedModel(ModelAnswer):
    """A model in a list, with the number of its records."""

    record_count: int

    @classmethod
    def counted(cls, model: Model, record_count: int) -> ListedModel:
        raw = model.to_mongo()
        return cls.model_validate(raw | {"id": raw["_id"], "record_count": record_count})


class RecordBody(RootModel[dict[str, Any]]):
    """The fields of the model. `id`, `created_at`, `updated_at` and `revision` may be sent along."""


class RecordAnswer(RootModel[dict[str, Any]]):
    """`id`, the fields of the model, `created_at`, `updated_at`, `revision`; `expand` when it was asked for."""


class BatchOperation(TypedDict):
    """A plain dictionary, which is much quicker to make: there are thousands."""

    op: Literal["create", "update", "upsert", "delete"]
    id: NotRequired[Annotated[str, StringConstraints(max_length=24)] | None]
    data: NotRequired[dict[str, Any]]


class BatchBody(BaseModel):
    operations: Annotated[list[BatchOperation], Field(min_length=1, max_length=MOST_OPERATIONS)]


class BatchResult(BaseModel):
    op: Literal["created", "updated", "deleted"]
    id: str


class BatchAnswer(BaseModel):
    """`results` are those of the operations in their order; `cascaded` counts what went with the deleted."""

    results: list[BatchResult]
    created: int
    updated: int
    deleted: int
    cascaded: int


class RowError(BaseModel):
    """`row` counts from 1, without the header of a CSV file."""

    row: int
    fields: dict[str, Any]


class ImportAnswer(BaseModel):
    """`failed` counts the wrong rows, `errors` tells of the first of them."""

    dry_run: bool
    rows: int
    created: int
    updated: int
    failed: int
    errors: list[RowError]


class RecordQuery(BaseModel):
    """The query of one record."""

    fields: str = ""
    expand: str = ""


class RecordsQuery(PageQuery, RecordQuery):
    """The query of a list of records. Without the total, `total_items` is -1."""

    filter: str = ""
    sort: str = ""
    search: str = ""
    skip_total: bool = False


class ExportQuery(BaseModel):
    format: Literal["csv", "json"] = "json"
    filter: str = ""
    search: str = ""
    fields: str = ""


class ImportQuery(BaseModel):
    format: Literal["csv", "json"] | None = None
    mode: Literal["create", "upsert"] = "create"
    dry_run: bool = False
    skip_errors: bool = False


class ChangeQuery(BaseModel):
    """The query of a change of a model."""

    dry_run: bool = False
    force: bool = False
