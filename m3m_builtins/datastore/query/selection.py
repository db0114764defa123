"""Which fields of a record are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .joins import without_nested
from .kinds import SYSTEM
from .paths import check_length, known_names
from .problems import problem, shortened, unknown_field

if TYPE_CHECKING:
    from ..schema import Schema

MOST_FIELDS = 200
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*", re.ASCII)


def selected(schema: Schema, text: str) -> tuple[str, ...]:
    """The fields of `id,name,address.city`; empty when all are wanted. Raises Malformed."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(","))) if text.strip() else ()
    if "*" in names:
        return ()
    if len(names) > MOST_FIELDS:
        raise problem("too_complex", f"At most {MOST_FIELDS} fields can be named.")
    for name in names:
        if not NAME.fullmatch(name):
            raise problem("fields_syntax", f'"{shortened(name)}" is no name of a field.')
        check_length(name.split("."))
        first, _, rest = name.partition(".")
        if first not in schema.fields and first not in SYSTEM:
            raise unknown_field(first, schema.slug, known_names(schema))
        if rest and (first in SYSTEM or schema.fields[first].type != "document"):
            raise problem("unknown_field", f'"{first}" has nothing inside; for records behind refs use expand.')
    return tuple("id" if name == "_id" else name for name in names)


def projection(names: Iterable[str], also: Iterable[str], scratch: Iterable[str]) -> dict[str, int] | None:
    """What to read for these names, for what expand needs besides, and without the keys of joins."""
    wanted = {SYSTEM[name][0] if name in SYSTEM else name for name in names}
    if wanted:
        return dict.fromkeys(["_id", *without_nested({*wanted, *also} - {"_id"})], 1)
    return dict.fromkeys(scratch, 0) or None
