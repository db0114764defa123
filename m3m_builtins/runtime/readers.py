"""How many follow logs at once: each of them costs its front some looks at the files every second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from m3m_core import TooMany

MOST_STREAMS = 20
"""Open streams of one project, and of one reader, in a front."""

RETRY_SECONDS = 10


class Readers:
    """The open streams of this front by names of what each counts for."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def check(self, names: tuple[str, ...]) -> None:
        """Raises TooMany."""
        if any(self._open[name] >= MOST_STREAMS for name in names):
            raise TooMany(
                f"{MOST_STREAMS} streams of logs are open already. Close one of them.",
                code="too_many_streams",
                retry_after=RETRY_SECONDS,
            )

    def counted(self, names: tuple[str, ...], stream: Iterator[bytes]) -> Iterator[bytes]:
        """The stream, which is open from its first piece until its reader or its end closes it."""
        self._open.update(names)
        try:
            yield from stream
        finally:
            self._open.subtract(names)
            self._open = +self._open
