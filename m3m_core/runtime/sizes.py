"""Sizes as people write them."""

from __future__ import annotations

UNITS = ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB"))


def shown(size: int) -> str:
    """`32 MB`; a size that is not whole in a unit gets one digit behind the point."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} B"
