"""One run of wrk, and the median of several."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

REPORT = Path(__file__).with_name("report.lua")


@dataclass(frozen=True)
class Result:
    """`rate` in requests per second, `p50` and `p99` in milliseconds, `failed`: answers other than 2xx and 3xx."""

    rate: float
    p50: float
    p99: float
    failed: int = 0


def run(url: str, *, seconds: int, connections: int = 32) -> Result:
    """Load `url` from one thread for `seconds`. Raises RuntimeError when wrk is missing or fails."""
    if shutil.which("wrk") is None:
        raise RuntimeError("wrk is missing. Install it: apt-get install wrk")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(REPORT), url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=False)
    if done.returncode:
        raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
    line = json.loads(done.stdout.strip().splitlines()[-1])
    return Result(
        rate=line["requests"] / line["duration"] * 1_000_000,
        p50=line["p50"] / 1000,
        p99=line["p99"] / 1000,
        failed=line["failed"],
    )


def median(results: Sequence[Result]) -> Result:
    return Result(
        rate=statistics.median(result.rate for result in results),
        p50=statistics.median(result.p50 for result in results),
        p99=statistics.median(result.p99 for result in results),
        failed=sum(result.failed for result in results),
    )
