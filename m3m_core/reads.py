"""A client of MongoDB whose reads have a limit of time, whoever asks: documents of mongoengine, or the driver itself.

Writes have none: one that is broken off leaves nobody knowing whether it was done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pymongo
from pymongo.collection import Collection
from pymongo.command_cursor import CommandCursor
from pymongo.cursor import Cursor
from pymongo.database import Database

Document = dict[str, Any]

READ_MS = 10_000
"""Milliseconds that a read may take in the database where whoever asks says nothing else."""


class Client(pymongo.MongoClient[Document]):
    def __getitem__(self, name: str) -> Database[Document]:
        return _Database(self, name)


class _Database(Database[Document]):
    def __getitem__(self, name: str) -> Collection[Document]:
        return _Collection(self, name)


class _Collection(Collection[Document]):
    """`find_one` and the cursors' own `distinct` ask by `find`. Reads in raw batches are told their limit each time."""

    def find(self, *args: Any, **options: Any) -> Cursor[Document]:
        return super().find(*args, **{"max_time_ms": READ_MS} | options)

    def aggregate(self, pipeline: Sequence[Mapping[str, Any]], *args: Any, **options: Any) -> CommandCursor[Document]:
        return super().aggregate(pipeline, *args, **{"maxTimeMS": READ_MS} | options)

    def count_documents(self, *args: Any, **options: Any) -> int:
        return super().count_documents(*args, **{"maxTimeMS": READ_MS} | options)

    def estimated_document_count(self, *args: Any, **options: Any) -> int:
        return super().estimated_document_count(*args, **{"maxTimeMS": READ_MS} | options)

    def distinct(self, *args: Any, **options: Any) -> list[Any]:
        return super().distinct(*args, **{"maxTimeMS": READ_MS} | options)
