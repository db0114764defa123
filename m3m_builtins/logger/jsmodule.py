"""The globals `logger` and `console`: JavaScript alone, over the run's log."""

from __future__ import annotations

from pathlib import Path

from m3m_core import JSModule

FOLDER = Path(__file__).parent


def logger_module() -> JSModule:
    inspect = (FOLDER / "inspect.js").read_text(encoding="utf-8")
    logger = (FOLDER / "logger.js").read_text(encoding="utf-8")
    script = f"(host, m3m) => (\n{logger})(m3m, (\n{inspect})(m3m))"
    return JSModule("logger", script=script, exports=("logger", "$logger", "console"))
