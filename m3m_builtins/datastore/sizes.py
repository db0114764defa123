"""How much a model keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pymongo.errors import OperationFailure

if TYPE_CHECKING:
    from pymongo.collection import Collection

LONGEST_MS = 1000
QUESTION: list[dict[str, Any]] = [{"$collStats": {"storageStats": {}}}]


def bytes_of(collection: Collection[dict[str, Any]]) -> int:
    """Of its records, as the database keeps count of them anyway."""
    try:
        return sum(told["storageStats"]["size"] for told in collection.aggregate(QUESTION, maxTimeMS=LONGEST_MS))
    except OperationFailure:
        return 0  # a model without a record yet has no collection
