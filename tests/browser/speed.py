"""How long each page takes until it can be used, as a table. Not a test, though it is run like one:

pytest tests/browser/speed.py

Cold is the first page of a new browser, warm the same page opened again. The machine must have nothing else to do.
"""

from __future__ import annotations

import os
from statistics import median

import pytest

from .conftest import NewPage
from .loading import PLACES, Place, Scripts, jumps, settle, usable_ms, watch_jumps

ROUNDS = 3
WANTED_MS = 1500


@pytest.mark.timeout(0)  # as long as the machine needs
def test_speed(pytestconfig: pytest.Config, new_page: NewPage, demo: dict[str, str], global_goal: None) -> None:
    out = pytestconfig.get_terminal_writer()
    out.line(f"\n\nLoad {os.getloadavg()[0]:.1f}; median of {ROUNDS}; wanted below {WANTED_MS} ms.\n")
    out.line("| page | cold ms | warm ms | JavaScript kB gz | jumps |\n|---|---:|---:|---:|---:|")
    for place in PLACES:
        cold, warm, size, moved = _measured(new_page, place, demo)
        mark = "" if cold < WANTED_MS else " !"
        out.line(f"| {place.name} | {cold:.0f}{mark} | {warm:.0f} | {size / 1000:.0f} | {moved:.3f} |")


def _measured(new_page: NewPage, place: Place, demo: dict[str, str]) -> tuple[float, float, int, float]:
    path = place.path.format_map(demo)
    cold, warm = [], []
    for _ in range(ROUNDS):
        page = new_page()
        scripts = Scripts(page)
        watch_jumps(page)
        cold.append(usable_ms(page, path, place.content))
        settle(page, place)
        size, moved = scripts.gzipped(), jumps(page)[0]
        warm.append(usable_ms(page.context.new_page(), path, place.content))
        page.context.close()
    return median(cold), median(warm), size, moved
