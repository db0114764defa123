"""XML as a tree: [name, attributes, children], a text among the children as it is.

Nothing is fetched, and a document may not define entities: a few lines of them can stand for billions of characters.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from .places import WrongTextError

LONGEST = 2 * 1024 * 1024
"""Bytes as UTF-8, or as they were given."""

MOST_ELEMENTS = 100_000
DEEPEST = 100


def parse(source: str | bytes) -> list[Any]:
    """Bytes are read in the encoding that they name; in a text such a name means nothing."""
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    if len(data) > LONGEST:
        raise WrongTextError(f"the XML is longer than {LONGEST} bytes", "", 0)
    return _Reading(data, "utf-8" if isinstance(source, str) else None).root()


class _Reading:
    def __init__(self, data: bytes, encoding: str | None) -> None:
        self._data = data
        self._open: list[list[Any]] = [["", {}, []]]
        self._count = 0
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = lambda _: self._open.pop()
        self._parser.CharacterDataHandler = lambda text: self._open[-1][2].append(text)
        self._parser.EntityDeclHandler = self._entity

    def root(self) -> list[Any]:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise self._wrong(
                f"this is not XML: {expat.ErrorString(error.code)}", self._parser.ErrorByteIndex
            ) from None
        except LookupError:
            raise self._wrong("the XML names an encoding that is not known", 0) from None
        root: list[Any] = self._open[0][2][0]
        return root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise self._wrong(f"the XML has more than {MOST_ELEMENTS} elements", self._parser.CurrentByteIndex)
        if len(self._open) > DEEPEST:
            raise self._wrong(f"the XML is nested deeper than {DEEPEST}", self._parser.CurrentByteIndex)
        element: list[Any] = [name, attributes, []]
        self._open[-1][2].append(element)
        self._open.append(element)

    def _entity(self, *_: object) -> None:
        raise self._wrong("the XML defines an entity, which is not read", self._parser.CurrentByteIndex)

    def _wrong(self, message: str, place: int) -> WrongTextError:
        text, before = (data.decode("utf-8", "replace") for data in (self._data, self._data[:place]))
        return WrongTextError(message, text, len(before))
