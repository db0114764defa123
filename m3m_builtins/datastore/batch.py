"""Many operations on one model at once: all of them or none, where the server has transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bson import ObjectId
from pymongo import InsertOne, UpdateOne

from m3m_core import Conflict, FieldError, Invalid, M3MError, now

from . import references
from .faults import translated
from .limits import QUERY_MS
from .records import Change, Records, change_of, check_read_only, deleted_changes, new_document, unchanged_since
from .references import Deletion
from .schema import LIKE_ID, SYSTEM_KEYS, Schema, Schemas
from .steps import Outcome, Plan, Step, Whole
from .transactions import Session, Transactions
from .turns import in_turns
from .uniques import find_duplicates
from .validation import Checked, check_changes, check_new

KEPT = {"_id": 1, "_rev": 1, "created_at": 1, "updated_at": 1}
PAST = {"create": "created", "update": "updated", "delete": "deleted"}


class Batch:
    """`whole` is None for one that stands alone."""

    def __init__(
        self,
        records: Records,
        transactions: Transactions,
        schema: Schema,
        schemas: Schemas,
        whole: Whole | None = None,
    ) -> None:
        self._records = records
        self._transactions = transactions
        self._schema = schema
        self._schemas = schemas
        self._whole = whole
        self._mark: Mapping[str, str] = whole.mark if whole else {}
        self._collection = records.collection(schema)

    def plan(self, steps: Sequence[Step]) -> list[Plan]:
        """What would be done, with everything that is wrong. Nothing is written."""
        return self._plans(steps, now(), None)

    def run(self, steps: Sequence[Step]) -> Outcome:
        """Raises Invalid with everything that is wrong, Conflict, or TooLarge.

        Without transactions an error in the middle leaves the steps before it done; `details.done` says how many.
        """
        if any(step.op != "delete" for step in steps):
            self._records.room.check()
        return self._transactions.run(lambda session: self._run(steps, session))

    def _run(self, steps: Sequence[Step], session: Session) -> Outcome:
        moment = now()
        if self._whole:
            self._whole.begin(session)
        plans = self._plans(steps, moment, session)
        if wrong := _wrong(plans):
            raise Invalid("Some values are not accepted.", fields=wrong)
        changes: list[Change] = []
        cascaded: list[Change] = []
        for group in _groups(plans):
            try:
                if group[0].op == "delete":
                    cascaded += self._delete(group, session)
                else:
                    self._write(group, moment, session)
            except M3MError as error:
                if session is None:
                    error.details["done"] = len(changes)
                raise
            changes += [(self._schema.slug, str(plan.id), PAST[plan.op]) for plan in group]
        self._schemas.confirm(self._schema)
        return Outcome(changes, cascaded)

    # ---- what will be done -------------------------------------------------------------------------------------------

    def _plans(self, steps: Sequence[Step], moment: datetime, session: Session) -> list[Plan]:
        alive = self._existing(steps, session)
        plans = [self._plan(step, alive, moment) for step in in_turns(steps)]
        created = {plan.id for plan in plans if plan.op == "create" and plan.id}
        created |= self._whole.expected if self._whole else set()
        rows = [plan.checked for plan in plans]
        references.check_targets(self._records.db, self._schemas, self._schema, rows, session, created, self._mark)
        changes = [(plan.checked, plan.id) for plan in plans]
        self._records.files.check(self._collection, self._schema, changes, session)
        find_duplicates(self._collection, self._schema, plans, session)
        return plans

    def _existing(self, steps: Sequence[Step], session: Session) -> dict[ObjectId, dict[str, Any]]:
        named = (_named(step) for step in steps)
        wanted = list({ObjectId(each) for each in named if isinstance(each, str) and LIKE_ID.fullmatch(each)})
        if not wanted:
            return {}
        found = self._collection.find({"_id": {"$in": wanted}}, KEPT, session=session, max_time_ms=QUERY_MS)
        return {raw["_id"]: raw for raw in found}

    def _plan(self, step: Step, alive: dict[ObjectId, dict[str, Any]], moment: datetime) -> Plan:
        """`alive` are the records at this point of the batch."""
        named = _named(step)
        known = ObjectId(named) if isinstance(named, str) and LIKE_ID.fullmatch(named) else None
        current = alive.get(known) if known else None
        op = step.op if step.op != "upsert" else ("update" if current else "create")
        checked = self._checked(op, step, moment)
        if named is not None and known is None:
            checked.refuse("id", "invalid_id", "Must be 24 digits 0 to 9 and a to f.")
        elif op == "create":
            if current:
                checked.refuse("id", "duplicate", "There is a record with this id already.")
            known = known or ObjectId()
        elif known is None:
            checked.refuse("id", "required", "Is required.")
        elif current is None:
            checked.refuse("id", "not_found", "There is no such record.")
        else:
            check_read_only(checked, current)
            _check_unchanged(checked, current)
        if known is not None and named is not None and not checked.wrong:
            _foresee(op, known, current, alive, moment)
        return Plan(step, op, known, checked, current)

    def _checked(self, op: str, step: Step, moment: datetime) -> Checked:
        if op == "create":
            return check_new(self._schema, step.data, moment)
        if op == "update":
            return check_changes(self._schema, _without_system(step.data) if step.imported else step.data)
        return Checked()

    # ---- doing it ----------------------------------------------------------------------------------------------------

    def _delete(self, group: list[Plan], session: Session) -> list[Change]:
        wanted = {plan.id for plan in group if plan.id}
        gone = Deletion(self._records.db, self._schemas, session).run(self._schema, wanted)
        return [change for change in deleted_changes(gone) if ObjectId(change[1]) not in wanted]

    def _write(self, group: list[Plan], moment: datetime, session: Session) -> None:
        with translated([plan.step.path for plan in group]):
            if all(plan.op == "create" for plan in group):
                self._collection.insert_many([self._new(plan, moment) for plan in in_turns(group)], session=session)
                return
            writes = [self._write_of(plan, moment) for plan in in_turns(group)]
            done = self._collection.bulk_write(writes, session=session)
        if done.inserted_count + done.matched_count != len(group):
            raise Conflict("Some of the records were changed meanwhile.", code="stale_revision")

    def _new(self, plan: Plan, moment: datetime) -> dict[str, Any]:
        document = new_document(plan.checked, plan.id or ObjectId(), moment) | dict(self._mark)
        if plan.step.imported:
            document["created_at"] = plan.checked.given.created_at or moment
            document["updated_at"] = plan.checked.given.updated_at or moment
        return document

    def _write_of(self, plan: Plan, moment: datetime) -> InsertOne[dict[str, Any]] | UpdateOne:
        if plan.op == "create":
            return InsertOne(self._new(plan, moment))
        change = change_of(plan.checked, moment, self._mark)
        return UpdateOne({"_id": plan.id} | unchanged_since(plan.checked), change)


def _named(step: Step) -> Any:
    return step.id if step.id is not None else step.data.get("id")


def _without_system(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in SYSTEM_KEYS}


def _check_unchanged(checked: Checked, current: Mapping[str, Any]) -> None:
    for key, value in unchanged_since(checked).items():
        if current.get(key) != value:
            name = "revision" if key == "_rev" else key
            checked.refuse(name, "stale_revision", f"The record is at revision {current.get('_rev')}: load it again.")


def _foresee(
    op: str, known: ObjectId, current: dict[str, Any] | None, alive: dict[ObjectId, dict[str, Any]], moment: datetime
) -> None:
    """What the steps after this one will find."""
    if op == "delete":
        del alive[known]
    elif current is not None:
        alive[known] = current | {"_rev": current.get("_rev", 0) + 1, "updated_at": moment}
    else:
        alive[known] = {"_id": known, "_rev": 1, "created_at": moment, "updated_at": moment}


def _groups(plans: Sequence[Plan]) -> Iterator[list[Plan]]:
    """Neighbours that can be sent together: deletions, and everything else."""
    group: list[Plan] = []
    for plan in plans:
        if group and (group[0].op == "delete") != (plan.op == "delete"):
            yield group
            group = []
        group.append(plan)
    if group:
        yield group


def _wrong(plans: Sequence[Plan]) -> dict[str, FieldError]:
    wrong = {}
    for plan in in_turns(plans):
        for key, error in plan.checked.wrong.items():
            wrong[f"{plan.step.place}.id" if key == "id" else f"{plan.step.path}.{key}"] = error
    return wrong
