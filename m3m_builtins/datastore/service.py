"""Models and their records: what routes and JavaScript call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from bson import ObjectId

from m3m_core import Context

from . import references
from .batch import Batch
from .counts import Counts
from .files import Files
from .journal import Journal, mark_of
from .limits import PART
from .listing import Listing
from .models import Models
from .orphans import remove_orphans
from .records import Change, Records
from .room import Room
from .schema import Schema, Schemas
from .steps import Outcome, Plan, Step, Whole
from .transactions import Transactions

HOOK = "m3m_record_changed"


class DatastoreService:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.transactions = Transactions(lambda: ctx.db)
        self.journal = Journal(ctx.boot, ctx.log)
        counts, files, room = Counts(), Files(lambda: ctx.use("storage")), Room(ctx.settings)
        self.models = Models(lambda: ctx.db, self.journal, counts, room, ctx.log)
        self.records = Records(lambda: ctx.db, self.transactions, files, counts, room, self.announce)

    def listing(self, schemas: Schemas) -> Listing:
        return Listing(self.records, schemas)

    def batch(self, schema: Schema, schemas: Schemas, steps: Sequence[Step]) -> Outcome:
        """Do all of the steps, or none. Raises Invalid with everything that is wrong, Conflict."""
        outcome = self._batch(schema, schemas).run(steps)
        self.announce(schema.project_id, [*outcome.changes, *outcome.cascaded])
        return outcome

    def create_rows(self, schema: Schema, schemas: Schemas, rows: Sequence[Mapping[str, Any]]) -> None:
        """Create a record from each row, or none. Raises Invalid."""
        self.write_all(schema, schemas, [Step(f"rows.{at}", "create", None, row) for at, row in enumerate(rows)])

    def write_all(self, schema: Schema, schemas: Schemas, steps: Sequence[Step]) -> None:
        """Create or update a record by each step, or none: in parts, however many there are. Raises Invalid."""
        named = [step._replace(id=step.id or str(ObjectId())) for step in steps]
        created = [ObjectId(step.id) for step in named if step.op == "create"]
        collection, known, changes = self.records.collection(schema), set(created), []
        with self.journal.all_or_nothing(collection, schema, created) as entry:
            for at in range(0, len(named), PART):
                part = named[at : at + PART]
                fresh = {ObjectId(step.id) for step in part} - known
                known |= fresh
                self.journal.hold(entry)
                begin = partial(self.journal.begin, entry, collection, list(fresh))
                whole = Whole(frozenset(created), mark_of(entry), begin)
                changes += Batch(self.records, self.transactions, schema, schemas, whole).run(part).changes
        self.announce(schema.project_id, changes)

    def make_ready(self) -> None:
        self.models.make_ready()
        self.journal.undo_left_over(self.records.db)

    def remove_orphans(self) -> None:
        remove_orphans(self.records.db, self.models, self._ctx.use("projects"))

    def batch_plan(self, schema: Schema, schemas: Schemas, steps: Sequence[Step]) -> list[Plan]:
        """What a batch would do that leaves out what is wrong; nothing is written."""
        plans = self._batch(schema, schemas).plan(steps)
        made = [(plan.id if plan.op == "create" and plan.current is None else None, plan.checked) for plan in plans]
        references.refuse_lost(schema, made)
        return plans

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
