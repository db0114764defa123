"""Paths as people and services write them, and what the operating system gets to see of them: single names.

A path has `/` between names; a leading `/` means the project's own top folder, as no `/` does. Which file a name leads
to is the work of `tree`, which never hands a path to the operating system.
"""

from __future__ import annotations

import unicodedata

from m3m_core import Invalid, field

LONGEST_NAME = 255
"""Bytes in UTF-8: what file systems take."""

LONGEST_PATH = 4096
"""Characters."""

DEEPEST = 64

_JOINERS = "\u200c\u200d"
"""Invisible, but Persian and joined emoji are not written without them."""

_REFUSED_KINDS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control, format (changes of direction among them), halves of characters, separators of lines and paragraphs."""

Parts = tuple[str, ...]


def parts_of(path: str, name: str = "path") -> Parts:
    """The names on the way, none for the top folder. Raises Invalid for what is no path; `name` is its field."""
    if not isinstance(path, str):
        raise bad_path("A path is a text.", name)
    if len(path) > LONGEST_PATH:
        raise bad_path(f"The path is longer than {LONGEST_PATH} characters.", name)
    try:
        parts = tuple(_checked(part) for part in path.split("/") if part not in ("", "."))
    except ValueError as error:
        raise bad_path(str(error), name) from None
    if len(parts) > DEEPEST:
        raise bad_path(f"The path has more than {DEEPEST} folders.", name)
    return parts


def file_parts_of(path: str, name: str = "path") -> Parts:
    """The same for what cannot be the top folder."""
    parts = parts_of(path, name)
    if not parts:
        raise bad_path("Name a file or a folder; the top folder itself stays as it is.", name)
    return parts


def text(parts: Parts) -> str:
    return "/".join(parts)


def is_shown(name: str) -> bool:
    """Whether a name on the disk is one that a path can have; anything else was not made here and is not listed."""
    try:
        return _checked(name) == name
    except ValueError:
        return False


def bad_path(message: str, name: str = "path") -> Invalid:
    return Invalid(message, code="bad_path", fields={name: field("bad_path", message)})


def _checked(part: str) -> str:
    """In the one spelling (NFC) of those that look the same. Raises ValueError."""
    name = unicodedata.normalize("NFC", part)
    if name in (".", ".."):
        raise ValueError("A path cannot go up: leave out the dots.")
    if "\\" in name:
        raise ValueError("A path has / between its names, never a backslash.")
    if any(unicodedata.category(char) in _REFUSED_KINDS and char not in _JOINERS for char in name):
        raise ValueError("A path has a character that cannot be seen or changes the direction of writing.")
    if name != name.strip():
        raise ValueError("A name begins or ends with a blank.")
    if len(name.encode()) > LONGEST_NAME:
        raise ValueError(f"A name is longer than {LONGEST_NAME} bytes.")
    return name
