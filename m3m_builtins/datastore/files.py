"""File fields: what they name is in the project's storage, and is what the field wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bson import ObjectId
from pymongo.collection import Collection

from m3m_core import FieldError, Invalid, NotFound

from .limits import QUERY_MS
from .schema import Field, Schema
from .texts import check_mime
from .transactions import Session
from .validation import Checked
from .wrong import WrongValueError

if TYPE_CHECKING:
    from m3m_builtins.storage.service import StorageService

Row = tuple[Checked, ObjectId | None]
"""What is to be written, and the id of the record that it changes."""


class Files:
    def __init__(self, storage: Callable[[], StorageService]) -> None:
        self._storage = storage

    def check(
        self, records: Collection[dict[str, Any]], schema: Schema, rows: Sequence[Row], session: Session = None
    ) -> None:
        """Refuse every file that does not exist, is too large, or of another kind than the field takes.

        A record keeps the names that it has: what was read may be sent back, whatever became of the file.
        """
        for spec in schema.files():
            problems = self._problems(schema.project_id, spec, rows)
            wrong = [row for row in rows if any(problems.get(each) for each in _names(row[0], spec))]
            if not wrong:
                continue
            kept = _kept(records, spec, wrong, session)
            for checked, record_id in wrong:
                for name in _names(checked, spec):
                    problem = problems[name]
                    if problem is not None and (record_id, name) not in kept:
                        checked.wrong.setdefault(spec.key, problem)

    def _problems(self, project_id: str, spec: Field, rows: Iterable[Row]) -> dict[str, FieldError | None]:
        """By name; each file is looked at once."""
        found: dict[str, FieldError | None] = {}
        for checked, _ in rows:
            for name in _names(checked, spec):
                if name not in found:
                    found[name] = self._problem(project_id, spec, name)
        return found

    def _problem(self, project_id: str, spec: Field, name: str) -> FieldError | None:
        try:
            self._look(project_id, spec, name)
        except WrongValueError as wrong:
            return wrong.error
        return None

    def _look(self, project_id: str, spec: Field, name: str) -> None:
        try:
            facts = self._storage().facts(project_id, name)
        except (NotFound, Invalid):
            raise WrongValueError("file_not_found", f"There is no file {name} in the project's storage.") from None
        most, mimes = spec.options.get("max_size"), spec.options.get("mime")
        if most is not None and facts.size > most:
            raise WrongValueError("too_large", f"Must be a file of at most {most} bytes; {name} has {facts.size}.")
        if mimes:
            check_mime(facts.mime, mimes)


def _names(checked: Checked, spec: Field) -> Iterator[str]:
    value = checked.values.get(spec.key)
    yield from value if isinstance(value, list) else () if value is None else (value,)


def _kept(
    records: Collection[dict[str, Any]], spec: Field, rows: Iterable[Row], session: Session
) -> set[tuple[ObjectId, Any]]:
    """The names that the records have, by record."""
    wanted = [record_id for _, record_id in rows if record_id is not None]
    if not wanted:
        return set()
    found = records.find({"_id": {"$in": wanted}}, {spec.key: 1}, session=session, max_time_ms=QUERY_MS)
    kept: set[tuple[ObjectId, Any]] = set()
    for raw in found:
        value = raw.get(spec.key)
        kept |= {(raw["_id"], name) for name in (value if isinstance(value, list) else [value])}
    return kept
