"""How many bytes of records one answer may have: a single record may have 16 MB, and a page a thousand of them."""

from __future__ import annotations

from ..limits import LARGEST_ANSWER
from .problems import problem


class Budget:
    def __init__(self) -> None:
        self._left = LARGEST_ANSWER

    @property
    def is_spent(self) -> bool:
        return self._left < 0

    def take(self, size: int) -> None:
        """Raises Malformed when it is more than is left."""
        self.count(size)
        if self.is_spent:
            most = LARGEST_ANSWER // 1024**2
            message = f"These records have more than {most} MB: ask for fewer at a time, or for some of their fields."
            raise problem("answer_too_large", message)

    def count(self, size: int) -> None:
        self._left -= size
