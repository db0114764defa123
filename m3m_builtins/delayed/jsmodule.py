"""The host side of `delayed`: the functions run one by one in JavaScript, on the instance's pool."""

from __future__ import annotations

from m3m_core import JSModule, RunContext, ScriptError, script_beside

SCRIPT = script_beside(__file__, "delayed.js")
LABEL = "delayed.run"


class Delayed:
    def __init__(self, run: RunContext) -> None:
        self._run = run

    def run(self, callback: int) -> None:
        self._run.spawn(self._call, callback)

    def _call(self, callback: int) -> None:
        try:
            self._run.call(callback, label=LABEL)
        except ScriptError as error:
            self._run.fail(LABEL, error)


def delayed_module(run: RunContext) -> JSModule:
    return JSModule("delayed", Delayed(run), SCRIPT)
