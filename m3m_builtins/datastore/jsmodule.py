"""The host side of `database`: models and their records for a service, by the rules of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from m3m_core import Invalid, JSModule, RunContext, script_beside, waits

from .jsoptions import FIRST_CHANGED, GET, LARGEST_PAGE, PAGE, must_say, options, wanted
from .jsread import Reading
from .jswrite import Writing
from .limits import SCHEMA_AGE
from .schema import Schema
from .service import DatastoreService

SCRIPT = script_beside(__file__, "datastore.js")

T = TypeVar("T")


class Database:
    """Each method takes a model's slug first. Filters and options are checked here, records by the API's own rules."""

    def __init__(self, run: RunContext, service: DatastoreService) -> None:
        schemas = service.models.schemas(SCHEMA_AGE)
        self._reading = Reading(run.spec.project_id, schemas, service.records, lambda text: run.log("warn", text))
        self._writing = Writing(service, schemas, self._reading)

    # ---- reading ----

    @waits
    def find(self, model: str, filter: Any = None, given: Any = None) -> Any:  # noqa: A002  # as in JavaScript
        return self._reading.find(self._schema(model), wanted(filter), options(given), f"database.{model}.find")

    @waits
    def find_one(self, model: str, filter: Any = None, given: Any = None) -> Any:  # noqa: A002
        return self._reading.first(self._schema(model), wanted(filter), options(given))

    @waits
    def get(self, model: str, record_id: Any = None, given: Any = None) -> Any:
        found = wanted(record_id if isinstance(record_id, str) else "")
        return self._reading.first(self._schema(model), found, options(given, GET)) if found.id else None

    @waits
    def paginate(self, model: str, filter: Any = None, given: Any = None) -> Any:  # noqa: A002
        return self._reading.page(self._schema(model), wanted(filter), options(given, PAGE, LARGEST_PAGE))

    @waits
    def count(self, model: str, filter: Any = None) -> int:  # noqa: A002
        return self._reading.count(self._schema(model), wanted(filter))

    @waits
    def distinct(self, model: str, field: Any = "", filter: Any = None) -> Any:  # noqa: A002
        return self._reading.distinct(self._schema(model), str(field), wanted(filter), f"database.{model}.distinct")

    @waits
    def aggregate(self, model: str, stages: Any = None) -> Any:
        return self._reading.aggregate(self._schema(model), stages, f"database.{model}.aggregate")

    # ---- writing ----

    @waits
    def insert(self, model: str, data: Any = None) -> Any:
        return explained(lambda: self._writing.insert(self._schema(model), data))

    @waits
    def insert_many(self, model: str, rows: Any = None) -> Any:
        return explained(lambda: self._writing.insert_many(self._schema(model), rows))

    @waits
    def update(self, model: str, filter: Any = None, data: Any = None) -> Any:  # noqa: A002
        found = must_say(filter, "update")
        return explained(lambda: self._writing.update(self._schema(model), found, data))

    @waits
    def find_one_and_update(self, model: str, filter: Any = None, data: Any = None, given: Any = None) -> Any:  # noqa: A002
        found, chosen = must_say(filter, "findOneAndUpdate"), options(given, FIRST_CHANGED)
        return explained(lambda: self._writing.update(self._schema(model), found, data, chosen))

    @waits
    def update_many(self, model: str, filter: Any = None, data: Any = None) -> Any:  # noqa: A002
        found = must_say(filter, "updateMany")
        return explained(lambda: self._writing.update_many(self._schema(model), found, data))

    @waits
    def upsert(self, model: str, filter: Any = None, data: Any = None) -> Any:  # noqa: A002
        found = must_say(filter, "upsert")
        return explained(lambda: self._writing.upsert(self._schema(model), found, data))

    @waits
    def increment(self, model: str, filter: Any = None, field: Any = "", by: Any = 1) -> Any:  # noqa: A002
        found = must_say(filter, "increment")
        return explained(lambda: self._writing.increment(self._schema(model), found, str(field), by))

    @waits
    def delete(self, model: str, filter: Any = None) -> bool:  # noqa: A002
        return self._writing.delete(self._schema(model), must_say(filter, "delete"))

    @waits
    def delete_many(self, model: str, filter: Any = None) -> int:  # noqa: A002
        return self._writing.delete_many(self._schema(model), must_say(filter, "deleteMany"))

    def _schema(self, model: str) -> Schema:
        return self._reading.schema(model)


def explained(work: Callable[[], T]) -> T:
    """A log shows an error's message alone, so it names the wrong fields."""
    try:
        return work()
    except Invalid as error:
        if not error.fields:
            raise
        told = "; ".join(f"{key}: {each['message']}" for key, each in list(error.fields.items())[:10])
        raise Invalid(f"{error.message} {told}", code=error.code, fields=error.fields) from None


def database_module(run: RunContext, service: DatastoreService) -> JSModule:
    return JSModule("database", Database(run, service), SCRIPT)
