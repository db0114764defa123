"""The objects of a JSON list, one after the other: a file of millions is not in memory as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from m3m_core import Malformed
from m3m_core.http import check_values

from .limits import MOST_VALUES

SPACE = re.compile(r"[ \t\n\r]*")


def rows(data: bytes) -> Iterator[dict[str, Any]]:
    """Raises TooLarge, or Malformed, maybe after some of the rows."""
    check_values(data, MOST_VALUES)
    try:
        text = data.decode()
        at = _after(text, 0, "[")
        if at is None:
            raise _no_list()
        yield from _items(text, at)
    except UnicodeEncodeError:
        raise Malformed("The file is not valid JSON: a key has half a surrogate pair.") from None
    except (ValueError, RecursionError) as error:  # of a number with thousands of digits, or lists in lists
        raise Malformed(f"The file is not valid JSON: {error}.") from None


def _items(text: str, at: int) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder(parse_constant=_refuse)
    end = _after(text, at, "]")
    while end is None:
        row, at = decoder.raw_decode(text, _begin(text, at))
        if not isinstance(row, dict):
            raise _no_list()
        for key in row:
            key.encode()  # half a character could not even be said in the answer
        yield row
        more = _after(text, at, ",")
        end = _after(text, at, "]") if more is None else None
        if more is None and end is None:
            raise json.JSONDecodeError("Expecting ',' or ']'", text, _begin(text, at))
        at = more or at
    if _begin(text, end) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)


def _begin(text: str, at: int) -> int:
    """Past white space."""
    found = SPACE.match(text, at)
    return found.end() if found else at


def _after(text: str, at: int, mark: str) -> int | None:
    """Past this character, if it is the next."""
    at = _begin(text, at)
    return at + 1 if text.startswith(mark, at) else None


def _no_list() -> Malformed:
    return Malformed("The file must be a JSON list of objects.")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
