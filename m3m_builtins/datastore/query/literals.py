"""From the text of a token to the value that it stands for."""

from __future__ import annotations

import math
import re

from .nodes import Text, Value
from .problems import problem
from .values import INT64

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "'": "'", '"': '"', "\\": "\\", "%": "%"}
PIECE = re.compile(r"\\(.)|(%)|([^\\%]+)", re.DOTALL)


def text_of(token: str, position: int) -> Text:
    """A quoted text with its escapes resolved. Raises Malformed for an escape that is none."""
    chunks = [""]
    whole = ""
    for found in PIECE.finditer(token, 1, len(token) - 1):
        escaped, wildcard, plain = found.groups()
        if escaped is not None and escaped not in ESCAPES:
            message = f"\\{escaped} means nothing here: write \\\\ for a backslash, or one of \\' \\\" \\% \\n \\r \\t."
            raise problem("filter_syntax", message, position + found.start())
        piece = ESCAPES[escaped] if escaped is not None else wildcard or plain
        whole += piece
        if wildcard is not None:
            chunks.append("")
        else:
            chunks[-1] += piece
    return Text(whole, tuple(chunks), position)


def number_of(token: str, position: int) -> Value:
    """Whole numbers up to 64 bits stay whole. Raises Malformed for what no number can hold."""
    value: float | int = float(token)
    if not math.isfinite(value):
        raise problem("filter_syntax", "This number is too large.", position)
    if token.lstrip("+-").isdigit() and -INT64 <= int(token) < INT64:
        value = int(token)
    return Value(value, position)
