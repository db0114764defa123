"""How much is too much."""

from __future__ import annotations

QUERY_MS = 5_000
"""Milliseconds that one query may take in the database.

Writes that change a model or undo an import have no limit, on purpose: half of either helps nobody. They read in parts.
"""

SCHEMA_AGE = 1.0
"""Seconds after which a running service sees a change of a model."""

CONFIRM_AFTER = 1.25
"""Seconds since its model was read after which a write makes sure, before it is acknowledged, that it still holds."""

OUTLASTED = 2.0
"""Seconds after a change of a model in which writes by the old one may still end; then there are none."""

MOST_FIELDS = 100
MOST_MODELS = 200
MOST_OPERATIONS = 10_000
MOST_ROWS = 50_000
"""Of one import."""

MOST_VALUES = 2_000_000
"""Of one import, in all its rows: cells of CSV, or the marks between values of JSON."""

PART = 2_000
"""Records that an import writes at once."""

CHUNK = 1_000
"""Records that are read at once where all are read."""

KEEP_FREE = 128 * 1024 * 1024
"""Bytes of the disk that records never take: the database needs them for itself. Files of projects stop earlier."""

LARGEST_QUERY = 8 * 1024 * 1024
"""Bytes of the values that one query looks for. The database takes 16 MB."""

LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of the records of one answer; a part of an export is about as large at most."""

EXAMPLES = 10
