"""The order of plugins: from `requires` on sorted names, and from nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter

Requires = Mapping[str, Collection[str]]


def circle(requires: Requires) -> list[str]:
    """One circle of names, the first one again at the end; empty when there is none."""
    try:
        _sorter(requires).prepare()
    except CycleError as error:
        names: list[str] = error.args[1]
        return names[::-1]
    return []


def ordered(requires: Requires) -> list[str]:
    """Names so that each comes after those that it requires; of several that could come next, the first by name.

    `requires` must be free of circles and name only its own keys.
    """
    sorter = _sorter(requires)
    sorter.prepare()
    ready: list[str] = []
    order: list[str] = []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()])
        name = ready.pop(0)
        order.append(name)
        sorter.done(name)
    return order


def closure(names: Collection[str], requires: Requires) -> set[str]:
    """`names` and all that they require, at any depth."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(requires[name])
    return found


def _sorter(requires: Requires) -> TopologicalSorter[str]:
    return TopologicalSorter({name: sorted(requires[name]) for name in sorted(requires)})
