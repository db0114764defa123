"""What is wrong with a text, and where."""

from __future__ import annotations

from typing import Any


class WrongTextError(Exception):
    """`position` counts characters from 0; JavaScript gets it with line and column, both from 1."""

    def __init__(self, message: str, text: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.position = position

    def described(self) -> dict[str, Any]:
        """As the script turns it into a SyntaxError; the position in units of UTF-16, as JavaScript counts."""
        before = self.text[: self.position]
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        where = f"line {line}, column {column}" if "\n" in self.text else f"character {column}"
        return {
            "message": f"{self.message} ({where})",
            "position": len(before.encode("utf-16-le", "replace")) // 2,
            "line": line,
            "column": column,
        }
