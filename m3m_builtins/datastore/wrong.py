"""How a value is refused."""

from __future__ import annotations

from m3m_core import FieldError, field


class WrongValueError(Exception):
    """A value that a field does not accept."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.error: FieldError = field(code, message)
