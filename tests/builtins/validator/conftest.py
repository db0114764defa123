from __future__ import annotations

from collections.abc import Iterator

import pytest

from m3m_core.testing import JSRun, run_js


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(["validator"]) as run:
        yield run
