"""One entry of a run's log: `[time] [LEVEL] message`."""

from __future__ import annotations

import re
import time

LEVELS = ("debug", "info", "warn", "error")
LONGEST_LINE = 64 * 1024
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that would act on the terminal of a reader, or begin a line there."""


class Clock:
    """Times as RFC 3339 with milliseconds; all but the milliseconds is made once a second."""

    def __init__(self) -> None:
        self._made = (0, "")

    def now(self) -> str:
        moment = time.time()
        second = int(moment)
        known, text = self._made  # one value: the watchdog's thread asks too
        if known != second:
            text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
            self._made = (second, text)
        return f"{text}.{int((moment - second) * 1000):03d}Z"


now = Clock().now


def line(level: str, message: str) -> str:
    """Further lines of a message are indented, so that an entry always begins with its bracket."""
    text = message if len(message) <= LONGEST_LINE else message[:LONGEST_LINE] + f"… ({len(message)} characters)"
    if not text.isprintable():
        text = CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n"))
        text = text.rstrip().replace("\n", "\n    ")
    return f"[{now()}] [{level.upper()}] {text.rstrip()}\n"
