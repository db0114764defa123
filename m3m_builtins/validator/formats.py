"""The values of the keyword `format`. An unknown one allows everything, as the standard wants it."""

from __future__ import annotations

import re
from collections.abc import Callable

from m3m_core import Invalid, js_pattern

from . import codes, internet, times

URI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?:[\w.~!$&'()*+,;=:@/?#\[\]-]|%[0-9A-Fa-f]{2})*", re.ASCII)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
DURATION = re.compile(
    r"P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?!$)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)", re.ASCII
)


def is_uri(value: str) -> bool:
    return SCHEME.match(value) is not None and URI.fullmatch(value) is not None


def is_pattern(value: str) -> bool:
    try:
        js_pattern(value)
    except Invalid:
        return False
    return True


FORMATS: dict[str, Callable[[str], bool]] = {
    "date": times.is_date,
    "time": times.is_time,
    "date-time": times.is_date_time,
    "duration": lambda value: DURATION.fullmatch(value) is not None,
    "email": internet.is_email,
    "idn-email": internet.is_email,
    "hostname": internet.is_hostname,
    "idn-hostname": internet.is_hostname,
    "ipv4": lambda value: internet.is_ip(value, 4),
    "ipv6": lambda value: internet.is_ip(value, 6),
    "json-pointer": lambda value: POINTER.fullmatch(value) is not None,
    "regex": is_pattern,
    "uri": is_uri,
    "uri-reference": lambda value: URI.fullmatch(value) is not None,
    "uuid": codes.is_uuid,
}
