"""Modules of plugins in real runs: made when a service first uses one."""

from __future__ import annotations

from pathlib import Path

import pytest
from supervised import Bench, bench, log_of, until

from m3m_core import Invalid

PLUGIN = """
from m3m_core import *
manifest = Manifest("number", "1.0", "A number")
class Number:
    def __init__(self, run): self._begun = 0; run.on_start(self._begin)
    def _begin(self): self._begun += 1
    def begun(self): return self._begun
@hookimpl
def m3m_js_modules(run):
    if run.spec.slug:
        run.log("info", "made")
        FAIL
    return [JSModule("number", Number(run)), JSModule("other", Number(run))]
"""


def with_plugin(folder: Path, fail: str = "") -> None:
    (folder / "plugins").mkdir()
    (folder / "plugins" / "number.py").write_text(PLUGIN.replace("FAIL", fail))


def made(text: str) -> int:
    return text.count("[INFO] made")


@pytest.mark.parametrize(
    ("before", "times"),
    [("", 0), ("number", 1), ("number; other; $number", 1)],
    ids=["not used", "used", "two of one plugin"],
)
def test_a_plugin_is_asked_once_and_only_when_it_is_used(tmp_path: Path, before: str, times: int) -> None:
    with_plugin(tmp_path)
    with bench(tmp_path) as own:
        spec = own.start(f"{before}\nrouter.get('/', () => number.begun())")
        assert made(log_of(spec)) == times
        until(lambda: own.get(spec) == (200, "1"))  # used late, what it does by itself begins all the same
        assert made(log_of(spec)) == 1


def test_a_plugin_that_fails_fails_where_it_is_used(tmp_path: Path) -> None:
    with_plugin(tmp_path, "1/0")
    with bench(tmp_path) as own:
        answers(own)
        with pytest.raises(Invalid, match="plugin number failed: division by zero"):
            own.start("\nnumber.begun()")


def answers(own: Bench) -> None:
    spec = own.start("router.get('/', () => { try { number } catch (error) { return error.message } })")
    assert own.get(spec) == (200, "plugin number failed: division by zero")
