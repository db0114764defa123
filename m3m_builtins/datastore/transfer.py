"""Export and import of a model's records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

import orjson

from m3m_core import Invalid, TooLarge

from . import jsonrows, tables
from .limits import MOST_ROWS
from .listing import Asked
from .schema import Schema, Schemas
from .service import DatastoreService
from .steps import Step
from .turns import in_turns

Format = Literal["csv", "json"]
MOST_ERRORS = 100


@dataclass
class Imported:
    """`failed` counts the wrong rows, `errors` tells of the first of them: `{row, fields}`, counted from 1."""

    dry_run: bool
    rows: int
    created: int = 0
    updated: int = 0
    failed: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)


class Transfer:
    def __init__(self, service: DatastoreService, schema: Schema, schemas: Schemas) -> None:
        self._service = service
        self._schema = schema
        self._schemas = schemas

    def export(self, asked: Asked, form: Format) -> Iterator[bytes]:
        """All records that were asked for, some at a time. Raises Malformed before the first."""
        chunks = self._service.listing(self._schemas).everything(self._schema, asked)
        return self._csv(asked, chunks) if form == "csv" else self._json(chunks)

    def load(self, data: bytes, form: Format, *, update: bool, dry_run: bool, skip_errors: bool) -> Imported:
        """Create a record from each row; with `update`, one whose id exists is changed instead.

        Nothing is written when a row is wrong, unless `skip_errors` leaves such rows out. Raises Malformed, TooLarge,
        and Invalid with the wrong rows as details.
        """
        found = list(islice(in_turns(self._rows(data, form)), MOST_ROWS + 1))
        if len(found) > MOST_ROWS:
            raise TooLarge(f"An import has at most {MOST_ROWS} rows.", code="too_many_rows")
        steps = [self._step(number, row, update) for number, row in enumerate(found, 1)]
        plans = self._service.batch_plan(self._schema, self._schemas, steps)
        wrong = [(number, plan.checked.wrong) for number, plan in enumerate(plans, 1) if plan.checked.wrong]
        good = [plan for plan in plans if not plan.checked.wrong]
        done = Imported(dry_run, len(found), failed=len(wrong))
        done.errors = [{"row": number, "fields": fields} for number, fields in wrong[:MOST_ERRORS]]
        done.created = sum(plan.op == "create" for plan in good)
        done.updated = len(good) - done.created
        if dry_run:
            return done
        if wrong and not skip_errors:
            done.created = done.updated = 0
            raise Invalid(f"{len(wrong)} rows are wrong; nothing was imported.", code="wrong_rows", details=vars(done))
        if good:
            steps = [plan.step._replace(op="update" if plan.op == "update" else "create") for plan in good]
            self._service.write_all(self._schema, self._schemas, steps)
        return done

    def _step(self, number: int, row: dict[str, Any], update: bool) -> Step:
        named = row.get("id")
        known = named if isinstance(named, str) else None
        return Step(f"rows.{number}", "upsert" if update else "create", known, row, imported=True)

    def _rows(self, data: bytes, form: Format) -> Iterator[dict[str, Any]]:
        return tables.rows(self._schema, data) if form == "csv" else jsonrows.rows(data)

    def _csv(self, asked: Asked, chunks: Iterator[list[dict[str, Any]]]) -> Iterator[bytes]:
        names = [name.strip() for name in asked.fields.split(",") if name.strip() not in ("", "*")]
        header = tables.columns(self._schema, names)
        yield tables.lines(header, [{name: name for name in header}]).encode()
        for records in chunks:
            yield tables.lines(header, records).encode()

    def _json(self, chunks: Iterator[list[dict[str, Any]]]) -> Iterator[bytes]:
        begin = b"[\n"
        for records in chunks:
            for record in records:
                yield begin + orjson.dumps(record)
                begin = b",\n"
        yield b"\n]\n" if begin != b"[\n" else b"[]\n"
