"""Regular expressions as JavaScript writes them, in time that grows with the text alone (RE2), whoever wrote them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from .errors import Invalid

LONGEST = 10_000
"""Characters of a pattern."""

FLAGS = frozenset("gimsuv")
"""`g`, `u` and `v` change nothing here: matching is by whole characters, and what is done with it is the caller's."""

PIECE = re.compile(r"\\u\{[0-9a-fA-F]{1,6}\}|(?:\\u[0-9a-fA-F]{4}){1,2}|\\[pP]\{[^}]*\}|\\.|\[\^?\]?|.", re.DOTALL)
UNIT = re.compile(r"[0-9a-fA-F]{4}")
PROPERTY = re.compile(r"\\([pP])\{(?:Script|sc|Script_Extensions|scx|General_Category|gc)=([^}]*)\}")

SPACE = r"\s\x0b\p{Z}\x{feff}"
LINE_ENDS = r"\n\r\x{2028}\x{2029}"


@lru_cache(maxsize=256)
def js_pattern(source: str, flags: str = "") -> Any:
    """A compiled pattern of re2. Raises Invalid (`bad_pattern`): look-around and `\\1` do not exist here."""
    import re2  # a runner that matches nothing does not pay for it

    if len(source) > LONGEST:
        raise bad_pattern(f"it is longer than {LONGEST} characters")
    unknown = set(flags) - FLAGS
    if unknown:
        raise bad_pattern(f"its flags are some of g, i, m, s, u, v, not {', '.join(sorted(unknown))}")
    options = re2.Options()
    options.log_errors = False
    inline = "".join(flag for flag in "ims" if flag in flags)
    translated = translate(source, dot_all="s" in flags)
    try:
        return re2.compile(f"(?{inline}){translated}" if inline else translated, options)
    except re2.error as error:
        raise bad_pattern(_reason(error)) from None
    except UnicodeError:
        raise bad_pattern("it has half of a surrogate pair") from None


def bad_pattern(reason: str) -> Invalid:
    return Invalid(f"The pattern cannot be used: {reason}.", code="bad_pattern")


def translate(source: str, *, dot_all: bool = False) -> str:
    """What RE2 writes otherwise than JavaScript: escapes by number, white space, the dot, empty classes."""
    parts: list[str] = []
    in_class = False
    for piece in PIECE.findall(source):
        if in_class:
            parts.append(r"\[" if piece[0] == "[" else _escaped(piece, in_class=True))
            in_class = piece != "]" and not piece.endswith("[]")
            if piece[0] == "[" and len(piece) > 1:  # "[^" or "[]" within a class are separate characters
                parts[-1] += piece[1:]
                in_class = not piece.endswith("]")
        elif piece[0] == "[":
            parts.append({"[]": r"[^\x{0}-\x{10ffff}]", "[^]": r"(?s:.)"}.get(piece, piece))
            in_class = not piece.endswith("]")
        elif piece == ".":
            parts.append("(?s:.)" if dot_all else f"[^{LINE_ENDS}]")
        else:
            parts.append(_escaped(piece, in_class=False))
    return "".join(parts)


def _escaped(piece: str, *, in_class: bool) -> str:
    if piece[:2] == r"\u" and len(piece) > 2:
        return _by_number(piece)
    if piece == r"\s":
        return SPACE if in_class else f"[{SPACE}]"
    if piece == r"\S" and not in_class:
        return f"[^{SPACE}]"
    if piece[:2] in (r"\p", r"\P"):
        return PROPERTY.sub(r"\\\1{\2}", piece)
    return "/" if piece == r"\/" else piece


def _by_number(piece: str) -> str:
    """Two halves of a character become that character; what is half a character matches U+FFFD, as texts have it."""
    if piece[2] == "{":
        return rf"\x{{{piece[3:-1]}}}"
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in UNIT.findall(piece))
    return "".join(rf"\x{{{ord(char):x}}}" for char in units.decode("utf-16-be", "replace"))


def _reason(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    text = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
    if "invalid perl operator: (?" in text:
        return "look-ahead and look-behind do not exist here, since they can take for ever"
    if re.search(r"invalid escape sequence: \\[1-9k]", text):
        return r"back references such as \1 do not exist here, since they can take for ever"
    return text or "it is not a regular expression"
