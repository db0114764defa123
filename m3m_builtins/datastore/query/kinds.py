"""What can be compared with what: the types of fields as seen by a query."""

from __future__ import annotations

from typing import Literal

Kind = Literal["text", "number", "bool", "date", "id", "document", "any"]
"""`any` is what stands inside a document, where no model says what it is."""

KINDS: dict[str, Kind] = {
    "string": "text",
    "text": "text",
    "email": "text",
    "url": "text",
    "select": "text",
    "multiselect": "text",
    "file": "text",
    "number": "number",
    "float": "number",
    "bool": "bool",
    "date": "date",
    "datetime": "date",
    "ref": "id",
    "document": "document",
}

SMALL: frozenset[Kind] = frozenset(("number", "bool", "date", "id"))
"""Those of which a single value has a few bytes."""

SYSTEM: dict[str, tuple[str, Kind]] = {
    "id": ("_id", "id"),
    "_id": ("_id", "id"),
    "created_at": ("created_at", "date"),
    "updated_at": ("updated_at", "date"),
    "revision": ("_rev", "number"),
}
"""What every record has: the key under which it is stored, and its kind."""
