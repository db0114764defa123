"""Models and their records: what routes and JavaScript call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from m3m_core import Context

from .batch import Batch, Outcome, Plan, Step
from .listing import Listing
from .models import Models
from .records import Change, Records
from .schema import Schema, Schemas
from .transactions import Transactions

HOOK = "m3m_record_changed"


class DatastoreService:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.transactions = Transactions(lambda: ctx.db)
        self.models = Models(lambda: ctx.db)
        self.records = Records(lambda: ctx.db, self.transactions, self.announce)

    def listing(self, schemas: Schemas) -> Listing:
        return Listing(self.records, schemas)

    def batch(self, schema: Schema, schemas: Schemas, steps: Sequence[Step]) -> Outcome:
        """Do all of the steps, or none. Raises Invalid with everything that is wrong, Conflict."""
        outcome = self._batch(schema, schemas).run(steps)
        self.announce(schema.project_id, [*outcome.changes, *outcome.cascaded])
        return outcome

    def batch_plan(self, schema: Schema, schemas: Schemas, steps: Sequence[Step]) -> list[Plan]:
        """What a batch would do, with what is wrong; nothing is written."""
        return self._batch(schema, schemas).plan(steps)

    def _batch(self, schema: Schema, schemas: Schemas) -> Batch:
        return Batch(self.records, self.transactions, schema, schemas)

    @cached_property
    def anybody_listens(self) -> bool:
        return any(HOOK in entry.hooks for entry in self._ctx.plugins())

    def announce(self, project_id: str, changes: Sequence[Change]) -> None:
        if not self.anybody_listens:
            return
        for model, record_id, kind in changes:
            self._ctx.call(HOOK, project_id=project_id, model=model, record_id=record_id, kind=kind)
