"""What services say about a query: the filter in its forms, and the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from m3m_core import Malformed

from .query.parse import parse
from .query.problems import problem, shortened
from .schema import LIKE_ID

MANY = ("sort", "limit", "page", "skip", "fields", "expand")
"""Options where many records are read. Other calls have fewer of them."""

PAGE = ("sort", "limit", "page", "fields", "expand")
GET = ("fields", "expand")
FIRST_CHANGED = ("sort",)
LARGEST_PAGE = 1_000
LARGEST_LIMIT = 100_000
LARGEST_SKIP = 2**31


@dataclass(frozen=True)
class Options:
    """`limit` None: none was given. `sort`, `fields` and `expand` are texts as the API takes them."""

    sort: str = ""
    limit: int | None = None
    skip: int = 0
    page: int | None = None
    fields: str = ""
    expand: str = ""

    def start(self, limit: int) -> int:
        """How many records come before the first wanted."""
        return self.skip if self.page is None else (self.page - 1) * limit


NONE = Options()


def options(given: Any, known: Sequence[str] = MANY, largest: int = LARGEST_LIMIT) -> Options:
    """Raises Malformed for an option that is unknown or makes no sense. `largest`: what `limit` can be."""
    if given is None:
        return NONE
    if not isinstance(given, dict):
        raise wrong("options are an object such as {sort: '-created_at', limit: 10}")
    for name in given:
        if name not in known:
            raise wrong(f'there is no option "{shortened(name)}" here; there are {", ".join(known)}')
    if "page" in given and "skip" in given:
        raise wrong("give page or skip, not both")
    return Options(
        sort=sort_text(given.get("sort")),
        limit=whole(given, "limit", 1, largest),
        skip=whole(given, "skip", 0, LARGEST_SKIP) or 0,
        page=whole(given, "page", 1, LARGEST_SKIP // 1000),
        fields=names("fields", given.get("fields")),
        expand=names("expand", given.get("expand")),
    )


def whole(given: Mapping[str, Any], name: str, least: int, most: int) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise wrong(f"{name} is a whole number from {least} to {most}")
    return value


def sort_text(given: Any) -> str:
    """`"-created_at,name"`, a list of such names, or `{created_at: -1, name: 1}`."""
    if not isinstance(given, dict):
        return names("sort", given)
    if any(isinstance(way, bool) or way not in (1, -1) for way in given.values()):
        raise wrong("sort wants 1 or -1 for each field, or a text such as '-created_at,name'")
    return names("sort", [f"-{name}" if way == -1 and name else name for name, way in given.items()])


def names(option: str, given: Any) -> str:
    if given is None:
        return ""
    if isinstance(given, str):
        return given
    if isinstance(given, list) and all(isinstance(item, str) and item.strip() for item in given):
        return ",".join(given)
    raise wrong(f"{option} is a text such as 'title,owner' or a list of names")


@dataclass(frozen=True)
class Wanted:
    """A filter in one of its forms: `id` of one record, `text`, or `object`; all empty: every record."""

    id: str = ""
    text: str = ""
    object: Mapping[str, Any] | None = None


def wanted(given: Any) -> Wanted:
    """Raises Malformed. 24 hex digits are an id: no text filter looks like that."""
    if given is None:
        return Wanted()
    if isinstance(given, str):
        return Wanted(id=given) if LIKE_ID.fullmatch(given) else Wanted(text=given)
    if isinstance(given, dict):
        if len(given) == 1:
            ((key, value),) = given.items()
            if key in ("id", "_id") and isinstance(value, str) and LIKE_ID.fullmatch(value):
                return Wanted(id=value)
        return Wanted(object=given)
    raise wrong("a filter is an id, an object such as {status: 'new'} or a text such as \"status = 'new'\"")


def must_say(given: Any, call: str) -> Wanted:
    """For what changes or deletes: a forgotten filter is no wish to change everything."""
    found = wanted(given)
    if found.object is None and not found.id and parse(found.text) is None:
        raise wrong(f"{call} wants a filter; for all records write {{}}")
    return found


def said_by(wanted: Wanted) -> dict[str, Any]:
    """The plain values of a filter object, for the record that it did not find."""
    if wanted.id:
        return {"id": wanted.id}
    given = wanted.object or {}
    plain = {key: value for key, value in given.items() if not isinstance(value, dict) and "." not in key}
    return {("id" if key == "_id" else key): value for key, value in plain.items() if not key.startswith("$")}


def record_of(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise wrong("a record is an object such as {title: 'Hello'}")
    if operator := next((key for key in data if key.startswith("$")), None):
        raise wrong(f'"{operator[:64]}" is no field: give the fields with their new values')
    return data


def wrong(message: str) -> Malformed:
    return problem("invalid_arguments", message)
