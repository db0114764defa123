"""What a template may make of us: steps, and characters put together. Only the sandbox imports this, with jinja2."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.utils import Namespace

MOST_STEPS = 100_000
"""Rounds of loops and calls, in one template together with what it includes."""

MOST_MADE = 16 * 1024 * 1024
"""Characters and items of what a template puts together on the way to its result."""

ITEM = 64
"""What an item of a list counts for, in characters."""


class Budget:
    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self._room = MOST_MADE

    def step(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise SecurityError(f"it takes more than {MOST_STEPS} steps")

    def counted(self, items: Any) -> Iterator[Any]:
        for item in items:
            self.step()
            yield item

    def charged(self, made: Any) -> Any:
        """A text that is doubled in a loop is too much long before it is put out."""
        if isinstance(made, str | list | tuple):
            self._room -= len(made)
            self.check(0)
        return made

    def check(self, size: int) -> None:
        """That so much may still be made."""
        if size > self._room:
            raise SecurityError(f"it puts together more than {MOST_MADE} characters")

    def taken(self, part: Any) -> Any:
        """A part of a text, charged for before they are joined: there may be hundreds of thousands of it."""
        self._room -= self.size(part)
        self.check(0)
        return part

    def shown(self, value: Any) -> Any:
        """A value that will be written as a text: a few names may stand for a list of billions of characters."""
        return value if isinstance(value, str | int | float) else self.taken(value)

    def listed(self, items: Any) -> Any:
        """Items that come one by one, for instance all the same long text, are weighed before they are joined."""
        if not isinstance(items, Iterator):
            return items
        made, size = [], 0
        for item in items:
            size += self.size(item)
            self.check(size)
            made.append(item)
        return made

    def size(self, value: Any) -> int:
        """Characters and items at any depth, counted until there is no room for them."""
        size, left = 0, [value]
        while left and size <= self._room:
            item = left.pop()
            if isinstance(item, Namespace):
                raise SecurityError("a namespace is no text")
            if isinstance(item, int):
                size += item.bit_length() // 3
            elif isinstance(item, Collection):
                size += 1 + len(item) * (1 if isinstance(item, str | bytes) else ITEM)
                left += [] if isinstance(item, str | bytes) else item.items() if isinstance(item, Mapping) else item
        return size
