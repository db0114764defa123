"""How much is too much."""

from __future__ import annotations

QUERY_MS = 5_000
"""Milliseconds that one query may take in the database."""

MOST_FIELDS = 100
MOST_MODELS = 200
MOST_OPERATIONS = 10_000
MOST_ROWS = 50_000
"""Of one import."""

PART = 2_000
"""Records that an import writes at once."""

CHUNK = 1_000
"""Records that are read at once where all are read."""

EXAMPLES = 10
