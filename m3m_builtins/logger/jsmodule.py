"""The globals `logger` and `console`: JavaScript alone, over the run's log."""

from __future__ import annotations

from pathlib import Path

from m3m_core import JSModule

FOLDER = Path(__file__).parent


INSPECT = (FOLDER / "inspect.js").read_text(encoding="utf-8")
LOGGER = (FOLDER / "logger.js").read_text(encoding="utf-8")
SCRIPT = f"(host, m3m) => (\n{LOGGER})(m3m, (\n{INSPECT})(m3m))"


def logger_module() -> JSModule:
    return JSModule("logger", script=SCRIPT, exports=("logger", "$logger", "console"))
