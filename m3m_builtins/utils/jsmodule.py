"""The host side of `utils` and `strings`: what plain JavaScript cannot do or would do worse."""

from __future__ import annotations

import secrets
import string
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import gevent

from m3m_core import JSModule, script_beside, wrong_argument

from . import matching

PARTS = ("text.js", "patterns.js", "dates.js", "values.js")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

APOSTROPHES = [["'", ""], ["\u2019", ""]]
"""They join a word: don't becomes dont."""

URL_SAFE = string.ascii_letters + string.digits
LONGEST_RANDOM = 1_000_000


class Utils:
    def sleep(self, milliseconds: float) -> None:
        gevent.sleep(milliseconds / 1000)

    def uuid(self) -> str:
        return str(uuid.uuid4())

    def random_string(self, length: Any, alphabet: str) -> str:
        if not isinstance(length, int) or not 0 <= length <= LONGEST_RANDOM:
            raise wrong_argument(f"randomString wants a length from 0 to {LONGEST_RANDOM}, not {length}")
        return "".join(secrets.choice(alphabet or URL_SAFE) for _ in range(length))

    def slugify(self, text: str, separator: str, max_length: int) -> str:
        from slugify import slugify  # its tables are for those who need them

        return slugify(text, separator=separator, max_length=max_length, word_boundary=True, replacements=APOSTROPHES)

    def transliterate(self, text: str) -> str:
        from text_unidecode import unidecode  # what slugify uses too

        return str(unidecode(text))

    def regex_match(self, text: str, source: str, flags: str) -> list[str]:
        return matching.match(text, source, flags)

    def regex_test(self, text: str, source: str, flags: str) -> bool:
        return matching.test(text, source, flags)

    def regex_split(self, text: str, source: str, flags: str) -> list[str]:
        return matching.split(text, source, flags)

    def regex_replace(self, text: str, source: str, replacement: str, flags: str) -> str:
        return matching.replace(text, source, replacement, flags)

    def offset(self, zone: str, milliseconds: float) -> float:
        """Minutes that the wall clock of `zone` is ahead of UTC at that time."""
        moment = clock(milliseconds).astimezone(time_zone(zone))
        return (moment.utcoffset() or timedelta()).total_seconds() / 60

    def instant(self, zone: str, milliseconds: float) -> float:
        """The time when the wall clock of `zone` shows what UTC shows at `milliseconds`; both since 1970."""
        wall = clock(milliseconds).replace(tzinfo=time_zone(zone))
        return (wall - EPOCH) / timedelta(milliseconds=1)


def clock(milliseconds: float) -> datetime:
    try:
        return EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise wrong_argument("time zones are known for the years 1 to 9999 only") from None


def time_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise wrong_argument(f'"{name}" is not a time zone; use an IANA name such as Europe/Berlin') from None


def script() -> str:
    """One module object from the functions of all parts."""
    made = ", ".join(f"...{script_beside(__file__, name)}(host, m3m)" for name in PARTS)
    return f"(host, m3m) => Object.freeze({{ {made} }})"


class UtilsService:
    """Makes the same module under a global name of its own for each plugin that offers it."""

    def __init__(self) -> None:
        self._script = script()

    def module(self, name: str) -> JSModule:
        return JSModule(name, Utils(), self._script)
