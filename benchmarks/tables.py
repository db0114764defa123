"""Plain tables for a terminal; they are Markdown too."""

from __future__ import annotations

from collections.abc import Sequence


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column is aligned left, the others right."""
    widths = [max(len(line[index]) for line in (columns, *rows)) for index in range(len(columns))]
    print(f"\n{title}\n")
    print(_line(columns, widths))
    print(f"|{'-' * (widths[0] + 2)}|" + "".join(f"{'-' * (width + 1)}:|" for width in widths[1:]))
    for row in rows:
        print(_line(row, widths))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "| " + " | ".join((first, *rest)) + " |"
