"""Latencies in buckets: nothing between two of them, and percentiles close to the truth."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from m3m_core.runtime.histogram import BUCKETS, below, bucket_of, lower, percentile_ms


def test_buckets_follow_each_other_without_a_gap() -> None:
    edges = [lower(bucket) for bucket in range(BUCKETS)]
    assert edges == sorted(set(edges))
    for bucket in range(1, BUCKETS):
        micros = round(edges[bucket] * 1_000_000)
        assert bucket_of(micros / 1_000_000 + 1e-9) == bucket
        assert bucket_of((micros - 1) / 1_000_000 + 1e-9) == bucket - 1


@pytest.mark.parametrize(("seconds", "bucket"), [(0, 0), (-1, 0), (1e9, BUCKETS - 1), (3e-6, 3)])
def test_the_ends(seconds: float, bucket: int) -> None:
    assert bucket_of(seconds) == bucket


@pytest.mark.parametrize("scale", [1e-5, 1e-3, 0.1, 5])
def test_percentiles_are_right_within_an_eighth(scale: float) -> None:
    rolled = random.Random(7)
    values = sorted(rolled.expovariate(1 / scale) for _ in range(5000))
    counts = Counter(bucket_of(value) for value in values)
    for share in (0.5, 0.95, 0.99):
        true = values[int(share * len(values))] * 1000
        assert percentile_ms(counts, share) == pytest.approx(true, rel=0.125, abs=0.002)


def test_none_have_no_percentile() -> None:
    assert percentile_ms({}, 0.5) is None


def test_how_many_stay_below() -> None:
    counts = Counter(bucket_of(seconds) for seconds in (0.0001, 0.0005, 0.0006, 0.3))
    assert [below(counts, 2**power / 1_000_000) for power in (7, 9, 11, 19)] == [1, 2, 3, 4]
