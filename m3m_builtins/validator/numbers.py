"""Numbers as JavaScript has them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def is_multiple(value: float, of: float) -> bool:
    """By the digits that a person writes: 0.3 is three times 0.1, which binary fractions deny."""
    try:
        return Decimal(str(value)) % Decimal(str(of)) == 0
    except InvalidOperation:  # the quotient has more digits than are kept: no fraction can be told any more
        return float(value) % of == 0
