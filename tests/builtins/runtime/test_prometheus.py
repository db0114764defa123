"""The text for Prometheus: its grammar, its histograms, its bounds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from m3m_builtins.runtime.prometheus import MOST_PROJECTS, OTHERS, escaped, number, render

LABEL = r'[a-z_]+="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"(m3m_[a-z0-9_]+)(?:\{{{LABEL}(?:,{LABEL})*\}})? (-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)")
HEAD = re.compile(r"# (HELP|TYPE) (m3m_[a-z0-9_]+) (.+)")


def project(slug: str, requests: int = 2, **more: Any) -> dict[str, Any]:
    counted = {"requests": requests, "errors": 1, "jobs": 3, "restarts": 0, "cpu_seconds": 1.25}
    used = {"instances": 1, "memory_bytes": 1000, "heap_bytes": 10, "lag_ms": 1.5}
    latencies = {"latency_seconds": 0.5, "latencies": [(0.000512, 0), (0.25, 1), (1.5, 1)]}
    return {"id": f"id-{slug}", "slug": slug, "status": "running", **counted, **used, **latencies, **more}


def figures(*projects: dict[str, Any]) -> dict[str, Any]:
    host = {"cpu_percent": 12.5, "memory_bytes": 1, "memory_total_bytes": 2, "disk_bytes": 3, "disk_total_bytes": 4}
    return {"host": host, "supervisor": {"memory_bytes": 5, "cpu_seconds": 0.125}, "projects": list(projects)}


def test_every_line_is_a_sample_below_its_head() -> None:
    renamed = project("shop", id="ran-as-shop-before")
    text = render(figures(project("shop"), project("a-b"), renamed), "1.0")
    assert text.endswith("\n")
    kinds: dict[str, str] = {}
    for line in text.splitlines():
        if head := HEAD.fullmatch(line):
            assert head[1] == "HELP" or head[3] in ("gauge", "counter", "histogram")
            assert head[1] == "HELP" or kinds.setdefault(head[2], head[3]) == head[3]
            current = head[2]
        else:
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert sample[1].removesuffix("_bucket").removesuffix("_sum").removesuffix("_count") == current
    assert all(name.endswith("_total") == (kind == "counter") for name, kind in kinds.items() if "total_b" not in name)
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert len({line.rpartition(" ")[0] for line in samples}) == len(samples)


def test_a_histogram_grows_to_the_count() -> None:
    text = render(figures(project("shop", requests=10)), "1.0")
    counts = [int(value) for value in re.findall(r"request_seconds_bucket\{.*\} (\d+)", text)]
    assert counts == sorted(counts)
    assert counts == [0, 1, 1, 10]
    assert re.findall(r'le="([^"]+)"', text) == ["0.000512", "0.25", "1.5", "+Inf"]
    assert 'm3m_project_request_seconds_count{project="shop",project_id="id-shop"} 10\n' in text
    assert 'm3m_project_request_seconds_sum{project="shop",project_id="id-shop"} 0.5\n' in text


def test_projects_beyond_the_bound_are_added_up() -> None:
    many = [project(f"p-{index}", requests=index + 1) for index in range(MOST_PROJECTS + 10)]
    text = render(figures(*many), "1.0")
    found = re.findall(r'm3m_project_requests_total\{project="([^"]*)",project_id="[^"]*"\} (\d+)', text)
    assert len(found) == MOST_PROJECTS + 1
    assert found[-1] == (OTHERS, str(sum(range(1, 11))))
    assert f'm3m_project_request_seconds_bucket{{project="{OTHERS}",project_id="",le="0.25"}} 10\n' in text
    assert f"m3m_requests_total {sum(range(1, MOST_PROJECTS + 11))}\n" in text


@pytest.mark.parametrize(
    ("text", "written"), [("plain", "plain"), ('a"b', r"a\"b"), ("a\\b", r"a\\b"), ("a\nb", r"a\nb")]
)
def test_labels_are_escaped(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize(
    ("value", "written"), [(3, "3"), (3.0, "3"), (True, "1"), (0.25, "0.25"), (1e12, "1000000000000")]
)
def test_numbers(value: float, written: str) -> None:
    assert number(value) == written
