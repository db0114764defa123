"""Files by a pattern: `*` and `?` within a name, `[abc]`, and `**` for any number of folders."""

from __future__ import annotations

from fnmatch import fnmatchcase

from m3m_core import NotFound

from .entries import Entry
from .paths import Parts
from .tree import Tree

ANY_DEPTH = "**"
MAGIC = frozenset("*?[")


def glob(tree: Tree, pattern: Parts) -> list[str]:
    """Paths of files, in order. Names that begin with a dot are found only by patterns that do."""
    found: set[str] = set()
    seen: set[tuple[Parts, Parts]] = set()
    pending: list[tuple[Parts, Parts]] = [((), pattern)]
    while pending:
        state = pending.pop()
        if state in seen:
            continue
        seen.add(state)
        at, (first, *others) = state
        rest = tuple(others)
        if first == ANY_DEPTH:
            pending.append((at, rest or ("*",)))
            rest = state[1]
        for entry in _candidates(tree, at, first):
            if entry.is_dir and rest:
                pending.append((entry.parts, rest))
            elif not entry.is_dir and not rest:
                found.add(entry.path)
    return sorted(found)


def _candidates(tree: Tree, at: Parts, name: str) -> list[Entry]:
    """What is in a folder and fits one name of the pattern."""
    try:
        if name != ANY_DEPTH and not MAGIC & set(name):
            return [tree.stat((*at, name))]
        return [entry for entry in tree.list(at)[0] if _fits(entry.name, name)]
    except NotFound:
        return []


def _fits(name: str, pattern: str) -> bool:
    if name.startswith(".") and not pattern.startswith("."):
        return False
    return pattern == ANY_DEPTH or fnmatchcase(name, pattern)
