"""The search box: every word is somewhere in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import patterns
from .kinds import KINDS
from .native import NEVER, Condition
from .problems import problem

if TYPE_CHECKING:
    from ..schema import Schema

LONGEST = 200
"""Characters."""

MOST_WORDS = 10


def condition(schema: Schema, text: str) -> Condition | None:
    """None when nothing is searched for. Raises Malformed for a text that is too long."""
    words = text.split()
    if not words:
        return None
    if len(text) > LONGEST or len(words) > MOST_WORDS:
        raise problem("too_long", f"A search has at most {LONGEST} characters and {MOST_WORDS} words.")
    keys = places(schema)
    if not keys:
        return NEVER
    return {"$and": [{"$or": [{key: found_in(word)} for key in keys]} for word in words]}


def found_in(word: str) -> dict[str, str]:
    return {"$regex": patterns.contains(word), "$options": patterns.OPTIONS}


def places(schema: Schema) -> list[str]:
    """The fields that the model names as searchable, else all that hold texts."""
    texts = [key for key, field in schema.fields.items() if KINDS[field.type] == "text"]
    chosen = [key for key in schema.searchable if key in texts]
    return chosen or [key for key in texts if schema.fields[key].type != "file"]
