"""Latencies in a hundred counters: four for each doubling, so that a percentile is right within an eighth."""

from __future__ import annotations

from collections.abc import Mapping

FINE = 8
"""Microseconds below which each has a bucket of its own."""

BUCKETS = 108
"""The last one begins at four minutes: no request takes so long."""


def bucket_of(seconds: float) -> int:
    micros = int(seconds * 1_000_000)
    if micros < FINE:
        return max(micros, 0)
    shift = micros.bit_length() - 3
    return min(shift * 4 + (micros >> shift), BUCKETS - 1)


def lower(bucket: int) -> float:
    """Seconds at which the bucket begins; it ends where the next begins."""
    if bucket < FINE:
        return bucket / 1_000_000
    shift = bucket // 4 - 1
    return ((bucket % 4 + 4) << shift) / 1_000_000


def percentile_ms(counts: Mapping[int, int], share: float) -> float | None:
    """The latency that `share` (0 to 1) of all stay below, in milliseconds; None when there are none.

    Within a bucket they are taken for evenly spread.
    """
    wanted = sum(counts.values()) * share
    seen = 0
    for bucket in sorted(counts):
        count = counts[bucket]
        if count and seen + count >= wanted:
            begin, end = lower(bucket), lower(bucket + 1)
            return round((begin + (end - begin) * (wanted - seen) / count) * 1000, 3)
        seen += count
    return None


def below(counts: Mapping[int, int], seconds: float) -> int:
    """How many took less than `seconds`, which must be where a bucket begins."""
    return sum(count for bucket, count in counts.items() if lower(bucket + 1) <= seconds)
