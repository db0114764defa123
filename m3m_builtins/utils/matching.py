"""Finding and replacing by patterns, and how JavaScript writes what comes in place of a match."""

from __future__ import annotations

import re
from typing import Any

from m3m_core import TooLarge, js_pattern

MOST_FOUND = 100_000
LONGEST_RESULT = 16 * 1024 * 1024
"""Characters."""

PLACE = re.compile(r"\$(?:\$|&|`|'|(\d\d?)|<([^>]*)>)")


def match(text: str, source: str, flags: str) -> list[str]:
    """The first match and its groups, or with `g` all matches; a group that took no part is empty."""
    pattern = js_pattern(source, flags)
    if "g" in flags:
        return [found.group() for found in _all(pattern, text)]
    found = pattern.search(text)
    return [] if found is None else [found.group(), *(group or "" for group in found.groups())]


def test(text: str, source: str, flags: str) -> bool:
    return js_pattern(source, flags).search(text) is not None


def split(text: str, source: str, flags: str) -> list[str]:
    """What stands between the matches; an empty match splits nothing."""
    parts, start = [], 0
    for found in _all(js_pattern(source, flags), text):
        if found.end() > found.start():
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def replace(text: str, source: str, replacement: str, flags: str) -> str:
    pattern = js_pattern(source, flags)
    parts, start, size = [], 0, 0
    for found in _all(pattern, text) if "g" in flags else filter(None, [pattern.search(text)]):
        piece = text[start : found.start()] + expanded(replacement, found, text)
        size += len(piece)
        if size > LONGEST_RESULT:
            raise TooLarge(f"The result has more than {LONGEST_RESULT} characters.")
        parts.append(piece)
        start = found.end()
    return "".join([*parts, text[start:]])


def expanded(replacement: str, found: Any, text: str) -> str:
    """`$1`, `$<name>`, `$&`, `` $` ``, `$'` and `$$`, as String.prototype.replace has them."""
    if "$" not in replacement:
        return replacement

    def value(place: re.Match[str]) -> str:
        if place[1] is not None:
            return _numbered(place[1], found) if _known(place[1], found) else place[0]
        if place[2] is not None:
            named = found.groupdict()
            return (named.get(place[2]) or "") if named else place[0]
        before_or_after = {"$": "$", "&": found.group(), "`": text[: found.start()], "'": text[found.end() :]}
        return str(before_or_after[place[0][1]])

    return PLACE.sub(value, replacement)


def _known(digits: str, found: Any) -> bool:
    return 1 <= int(digits) <= len(found.groups()) or (len(digits) == 2 and _known(digits[0], found))


def _numbered(digits: str, found: Any) -> str:
    """`$12` is group 12, or group 1 and a 2 when there are fewer."""
    if 1 <= int(digits) <= len(found.groups()):
        return found.group(int(digits)) or ""
    return (found.group(int(digits[0])) or "") + digits[1]


def _all(pattern: Any, text: str) -> Any:
    for number, found in enumerate(pattern.finditer(text)):
        if number >= MOST_FOUND:
            raise TooLarge(f"The pattern finds something more than {MOST_FOUND} times.")
        yield found
