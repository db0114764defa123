"""One run for all tests of a module: the web's globals hold no state that a test could spoil for the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core.testing import JSRun, run_js


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["webapi"]) as run:
        yield run
