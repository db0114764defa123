"""The colours that a person may choose from."""

from __future__ import annotations

from m3m_core import Invalid, field

COLORS = {
    "slate": "#64748b",
    "red": "#ef4444",
    "orange": "#f97316",
    "amber": "#f59e0b",
    "yellow": "#eab308",
    "lime": "#84cc16",
    "green": "#22c55e",
    "emerald": "#10b981",
    "teal": "#14b8a6",
    "cyan": "#06b6d4",
    "sky": "#0ea5e9",
    "blue": "#3b82f6",
    "indigo": "#6366f1",
    "violet": "#8b5cf6",
    "fuchsia": "#d946ef",
    "rose": "#f43f5e",
}


def check_color(color: str | None) -> None:
    """Raises Invalid for what is neither None nor one of the names."""
    if color is not None and color not in COLORS:
        raise Invalid(
            "There is no such colour.",
            fields={"color": field("unknown_color", f"Choose one of: {', '.join(COLORS)}; or none.")},
        )
