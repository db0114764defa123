"""One server and one run for a module of tests: requests leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answering import Server, answering

from m3m_core.testing import JSRun, run_js


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with answering() as made:
        yield made


@pytest.fixture(scope="module")
def js(server: Server) -> Iterator[JSRun]:
    with run_js(["http", "logger"], f"globalThis.base = '{server.url}'") as run:
        yield run
