"""Records as lines of CSV, and back: what was exported is imported as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import orjson

from m3m_core import Malformed, TooLarge

from .conversion import DECIMAL, WHOLE
from .limits import MOST_VALUES
from .schema import NUMBERS, TEXTS, Field, Schema

FORMULA = (*"=+-@\t\r\n＝＋－＠", "'")
"""A spreadsheet takes a cell that begins so for a formula, so texts that do get a ' in front, and lose it again."""

LONGEST_CELL = 16 * 1024 * 1024

CELL = re.compile(rb'(?:"[^"]*+(?:""[^"]*+)*+"?)?+[^,\n]*+(?:[,\n]|\Z)')
"""With all commas that stand in its quotes."""


def columns(schema: Schema, names: Sequence[str]) -> list[str]:
    """The header: the names asked for, else the id, all fields, and the times."""
    chosen = dict.fromkeys(["id", *(name.partition(".")[0] for name in names)])
    return list(chosen) if names else ["id", *schema.fields, "created_at", "updated_at"]


def lines(header: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Lines of CSV (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([_cell(record.get(name)) for name in header] for record in records)
    return text.getvalue()


def rows(schema: Schema, data: bytes) -> Iterator[dict[str, Any]]:
    """The records of a CSV file whose first line names the fields. Raises Malformed, TooLarge."""
    _check_size(data)
    csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
        if len(set(header)) != len(header) or not all(header):
            raise Malformed("The first line must name each column, none twice.")
        for line in reader:
            if not line:
                continue
            if len(line) != len(header):
                raise Malformed(f"Line {reader.line_num} has {len(line)} cells, the first line {len(header)}.")
            yield dict(_read(schema, zip(header, line, strict=True)))
    except UnicodeDecodeError:
        raise Malformed("The file is not UTF-8.") from None
    except csv.Error as error:
        raise Malformed(f"The file is not valid CSV: {error}.") from None


def _check_size(data: bytes) -> None:
    """Raises TooLarge before a line of millions of cells is made into a list."""
    if data.count(b",") + data.count(b"\n") <= MOST_VALUES:
        return
    if next(islice(CELL.finditer(data), MOST_VALUES, None), None) is not None:
        raise TooLarge(f"An import has at most {MOST_VALUES} values.", code="too_many_values")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | dict | list):
        return orjson.dumps(value).decode()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return repr(value)


def _read(schema: Schema, cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    for name, text in cells:
        spec = schema.fields.get(name)
        if text:
            yield name, text if spec is None else _value(spec, text)
        elif spec is not None and spec.nullable:
            yield name, None
        elif spec is not None and spec.type in TEXTS:
            yield name, ""


def _value(spec: Field, text: str) -> Any:
    """What the cell says, as JSON; as it is where it says nothing that the type knows, to be refused with a reason."""
    if spec.many:
        return _json(text) if text.startswith("[") else [_plain(item.strip()) for item in text.split(",")]
    if spec.type == "document":
        return _json(text)
    if spec.type == "bool":
        return {"true": True, "false": False}.get(text.lower(), text)
    if spec.type in NUMBERS:
        return _number(text)
    return _plain(text)


def _plain(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


def _number(text: str) -> Any:
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    return _json(text)


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
