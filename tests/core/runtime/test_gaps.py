"""Gaps of the memory are taken, so that what comes later lies together."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from m3m_core.runtime import gaps

kept = [[bytes(70) for _ in range(3)] for _ in range(20_000)]
for row in kept:
    del row[1]
fresh = lambda: len({id(made) // 4096 for made in [bytes(70) for _ in range(5_000)]})
before = fresh()
gaps.fill()
print(before, fresh())
"""


def test_new_objects_share_their_pages() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    assert after < before / 2
    assert after < 5_000 * 112 / 4096 * 1.3
