"""How many values a body of JSON has: each takes much more memory than bytes, and all the time of a front."""

from __future__ import annotations

import re
from itertools import islice

from ..errors import TooLarge

MOST_VALUES = 500_000

_TOKEN = re.compile(rb'[^",\[{]*+(?:([,\[{])|"[^"\\]*+(?:\\.[^"\\]*+)*+"?|\Z)', re.DOTALL)
"""The next mark, or the next text with all marks in it."""


def check_values(data: bytes, most: int = MOST_VALUES) -> None:
    """Raises TooLarge for JSON with more than `most` values, before it is parsed. Commas and brackets are counted."""
    if sum(map(data.count, (b",", b"[", b"{"))) <= most:
        return
    # Those in texts, such as code, do not count. Between two marks are at most two texts: a key and its value.
    tokens = _TOKEN.finditer(data)
    marks = (token for token in islice(tokens, 3 * most + 3) if token[1])
    if (next(islice(marks, most, None), None) or next(tokens, None)) is not None:
        raise TooLarge(f"The body has more than {most} values.", code="too_many_values")
