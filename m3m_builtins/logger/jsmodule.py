"""The globals `logger` and `console`: JavaScript alone, over the run's log."""

from __future__ import annotations

from m3m_core import JSModule, script_beside

SCRIPT = f"(host, m3m) => {script_beside(__file__, 'logger.js')}(m3m, {script_beside(__file__, 'inspect.js')}(m3m))"


def logger_module() -> JSModule:
    return JSModule("logger", script=SCRIPT, exports=("logger", "$logger", "console"))
