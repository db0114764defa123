"""What a change of a model means for each field of its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from . import values
from .conversion import converted, has_form
from .schema import Field, outdated
from .validation import default_of
from .wrong import WrongValueError

Kind = Literal["same", "converted", "lost", "back_filled", "missing", "no_longer_valid"]


@dataclass(frozen=True)
class Move:
    """From a field to a field. No `old`: it is new; no `new`: it is dropped. Another key: it is renamed."""

    old: Field | None
    new: Field | None

    @property
    def key(self) -> str:
        spec = self.new or self.old
        return spec.key if spec else ""

    @property
    def renames(self) -> bool:
        return self.old is not None and self.new is not None and self.old.key != self.new.key

    @property
    def fills(self) -> bool:
        """Whether every record without a value gets the default."""
        new = self.new
        return new is not None and new.default_value is not None and (self.old is None or not new.nullable)

    @property
    def outdates(self) -> bool:
        """Whether what is written by the old model meanwhile must still follow."""
        if self.old is None or self.new is None:
            return self.new is None or self.fills
        return self.renames or outdated(self.old, self.new)

    @property
    def looks(self) -> bool:
        """Whether each value must be looked at."""
        if self.old is None or self.new is None:
            return False
        return _meaning(self.old) != _meaning(self.new)

    @property
    def redirects(self) -> bool:
        """Whether what is no ref yet, or one to another model, becomes a ref. Its target may not be there."""
        if self.old is None or self.new is None:
            return False
        return self.new.type == "ref" and self.old.target != self.new.target

    def outcome(self, value: Any, moment: datetime) -> tuple[Kind, Any]:
        """What becomes of a stored value of a field that stays, and the value that it becomes."""
        old, new = self.old, self.new
        if old is None or new is None:
            raise ValueError("only a field that stays has an outcome")
        if value is None:
            return self._of_nothing(new, moment)
        if has_form(new, value):
            return ("same" if _fits(new, value) else "no_longer_valid"), value
        try:
            return "converted", converted(old, new, value)
        except WrongValueError:
            return "lost", value

    def instead(self, moment: datetime) -> Any:
        """In place of a value that is lost."""
        return default_of(self.new, moment) if self.new and self.new.default_value is not None else None

    def _of_nothing(self, new: Field, moment: datetime) -> tuple[Kind, Any]:
        if new.nullable:
            return "same", None
        if new.default_value is not None:
            return "back_filled", default_of(new, moment)
        return "missing", None


def moves(old: Sequence[Field], new: Sequence[Field], renamed: Mapping[str, str]) -> Iterator[Move]:
    """`renamed` are old keys to new ones."""
    before = {spec.key: spec for spec in old}
    came_from = {new_key: old_key for old_key, new_key in renamed.items()}
    kept = set()
    for spec in new:
        source = came_from.get(spec.key, spec.key)
        kept.add(source)
        yield Move(before.get(source), spec)
    yield from (Move(spec, None) for spec in old if spec.key not in kept)


def _meaning(spec: Field) -> tuple[Any, ...]:
    """What decides which values a field accepts."""
    return spec.type, spec.many, spec.nullable, spec.required, dict(spec.options)


def _fits(spec: Field, value: Any) -> bool:
    try:
        values.stored(spec, values.returned(spec, value))
    except WrongValueError:
        return False
    return True
