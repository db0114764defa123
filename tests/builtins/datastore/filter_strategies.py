"""Random records and random filters in text form, for the tests of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from filter_oracle import Lit, Many, Name, Test
from filter_world import GONE, NOW, PEOPLE_RECORDS, id_of
from hypothesis import strategies as st

from m3m_core import rfc3339

TEXTS = ["", "a", "A", "ab", "b%a", "Яна", "яНА", "a.c", "a'b", 'q"', "\\E", "\\Qa", "$a", "x", "y", "a\nb", "(a", "\0"]
NUMBERS = [-1, 0, 1, 3, 5, 2.5]
DATES = [NOW, NOW - timedelta(days=1), NOW.replace(hour=0, minute=0), NOW + timedelta(milliseconds=1)]
PEOPLE_IDS = [each["_id"] for each in PEOPLE_RECORDS] + [GONE]
TAGS = ["x", "y", "Xy", "$x"]

PATHS = {
    "text": ["title", "note", "kind", "owner.name", "owner.team.title", "owner.boss.team.title", "friends.name"],
    "list": ["tags", "marks", "owner.labels", "friends.labels", "friends.team.title", "friends.boss.name"],
    "number": ["count", "price", "owner.age", "friends.age", "owner.team.size", "friends.team.size"],
    "bool": ["active"],
    "date": ["due", "created_at", "owner.created_at", "friends.born"],
    "id": ["id", "owner", "friends", "owner.id", "owner.team", "friends.team", "owner.team.lead", "friends.boss.id"],
    "any": ["doc.a", "doc.b.c", "doc.missing"],
}


# ---- records --------------------------------------------------------------------------------------------------------


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def subset(values: list[Any]) -> st.SearchStrategy[Any]:
    return maybe(st.lists(st.sampled_from(values), max_size=3, unique=True))


SCALARS = st.sampled_from([*TEXTS, *NUMBERS, True, False, None])
THING = st.fixed_dictionaries(
    {},
    optional={
        "title": maybe(st.sampled_from(TEXTS)),
        "note": maybe(st.sampled_from(TEXTS)),
        "count": maybe(st.sampled_from([-1, 0, 1, 3, 5])),
        "price": maybe(st.sampled_from([0.0, 1.0, 2.5])),
        "active": maybe(st.booleans()),
        "due": maybe(st.sampled_from(DATES)),
        "kind": maybe(st.sampled_from(["x", "y", "a"])),
        "tags": subset(TAGS),
        "marks": subset(TAGS),
        "doc": maybe(st.fixed_dictionaries({"a": SCALARS}, optional={"b": st.fixed_dictionaries({"c": SCALARS})})),
        "owner": maybe(st.sampled_from(PEOPLE_IDS)),
        "friends": subset(PEOPLE_IDS),
    },
)


# ---- filters --------------------------------------------------------------------------------------------------------


def quoted(parts: tuple[str, ...], quote: str) -> Lit:
    pieces = [part.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("%", "\\%") for part in parts]
    return Lit("%".join(parts), quote + "%".join(pieces) + quote, parts)


def plain_text(value: str) -> st.SearchStrategy[Lit]:
    return st.sampled_from("'\"").map(lambda quote: quoted((value,), quote))


TEXT = st.sampled_from(TEXTS + TAGS).flatmap(plain_text)
PATTERN = st.builds(quoted, st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4).map(tuple), st.sampled_from("'\""))
NUMBER = st.sampled_from(NUMBERS).map(lambda value: Lit(value, str(value)))
BOOL = st.sampled_from([Lit(True, "true"), Lit(False, "false")])
MACROS = {"now": NOW, "todayStart": NOW.replace(hour=0, minute=0)}
DATE = st.one_of(
    st.sampled_from(DATES).map(lambda value: Lit(value, f"'{rfc3339(value)}'")),
    st.sampled_from([Lit(value, f"@{name}") for name, value in MACROS.items()]),
)
ID = st.sampled_from([*PEOPLE_IDS, id_of(1), id_of(101)]).map(lambda value: Lit(value, f"'{value}'"))
NOTHING = st.sampled_from([Lit(None, "null"), Lit(None, "''")])
LITERALS = {
    "text": TEXT,
    "list": TEXT,
    "number": NUMBER,
    "bool": BOOL,
    "date": DATE,
    "id": ID,
    "any": st.one_of(TEXT, NUMBER, BOOL),
}


def operators(names: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([prefix + name for name in names for prefix in ("", "?")])


EQUALITY = operators(["=", "!="])
ORDER = operators([">", ">=", "<", "<="])
LIKE = operators(["~", "!~"])


def comparisons_of(kind: str) -> st.SearchStrategy[Test]:
    names = st.sampled_from(PATHS[kind]).map(Name)
    literal = LITERALS[kind]
    found = [
        st.builds(Test, names, EQUALITY, literal),
        st.builds(Test, names, EQUALITY, NOTHING),
        st.builds(Test, names, ORDER, literal),
        st.builds(Test, literal, st.one_of(EQUALITY, ORDER), names),
    ]
    if kind != "any":
        found.append(st.builds(Test, names, st.one_of(EQUALITY, ORDER), names))
    if kind in ("text", "list", "any"):
        found.append(st.builds(Test, names, LIKE, PATTERN))
        found.append(st.builds(Test, TEXT.map(lambda lit: Lit(lit.value, lit.text)), LIKE, names))
    if kind in ("text", "list"):
        found.append(st.builds(Test, names, LIKE, names))
    return st.one_of(found)


COMPARISON = st.sampled_from(sorted(PATHS)).flatmap(comparisons_of)
FILTER = st.recursive(
    COMPARISON,
    lambda below: st.builds(Many, st.sampled_from(["&&", "||"]), st.lists(below, min_size=2, max_size=3).map(tuple)),
    max_leaves=6,
)
