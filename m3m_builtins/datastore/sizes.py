"""How much a project keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from pymongo.errors import OperationFailure

if TYPE_CHECKING:
    from pymongo.database import Database

LONGEST_MS = 1000
QUESTION: list[dict[str, Any]] = [{"$collStats": {"storageStats": {}}}]


def record_count(db: Callable[[], Database[dict[str, Any]]], collection: str) -> int:
    """As the database keeps count of them anyway: at once, however many they are."""
    return db()[collection].estimated_document_count(maxTimeMS=LONGEST_MS)


def sizes(db: Callable[[], Database[dict[str, Any]]], collections: Iterable[str]) -> dict[str, int]:
    """Records in these collections and their bytes, as the database keeps count of them anyway."""
    records = size = 0
    for name in collections:
        try:
            for told in db()[name].aggregate(QUESTION, maxTimeMS=LONGEST_MS):
                records += told["storageStats"]["count"]
                size += told["storageStats"]["size"]
        except OperationFailure:
            continue  # a model without a record yet has no collection
    return {"records": records, "records_bytes": size}
