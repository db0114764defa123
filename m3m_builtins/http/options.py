"""From the options that a service gives to a request."""

from __future__ import annotations

import difflib
import re
from typing import Any
from urllib.parse import urlencode

import orjson

from . import bodies
from .bodies import OpenFile, Whole
from .requests import Body, Headers, Limits, Request
from .targets import Target, basic, proxy, target
from .wrong import HIDDEN, LONGEST, only, refused, wrong

KNOWN = (
    "auth", "bearer", "body", "form", "headers", "json", "maxRedirects", "maxSize", "method", "multipart", "proxy",
    "query", "redirect", "timeout", "verify",
)  # fmt: skip
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
NO_VALUE = re.compile(r"[\0\r\n]|[^\0-\xff]")
DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m)")
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}
FORBIDDEN_METHODS = ("CONNECT", "TRACE", "TRACK")
OF_THE_CONNECTION = {
    "connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
    "upgrade",
}  # fmt: skip
"""Headers that this side writes itself; a service that passes on what it got need not take them out."""

MOST_REDIRECTS = 50


def request_of(url: Any, options: Any, limits: Limits, largest: int, open_file: OpenFile) -> Request:
    """`limits` are those that hold when the options say nothing, `largest` the size that they may ask for.

    Raises ScriptError for what does not fit, Invalid (`bad_url`).
    """
    given = known(options)
    aim = target(url, query=query_of(given.get("query")))
    body, kind = body_of(given, open_file)
    return Request(
        method=method_of(given.get("method", "GET")),
        target=aim,
        limits=limits_of(given, limits, largest),
        headers=with_credentials(headers_of(given.get("headers")), given, aim, kind),
        body=body,
        redirect=choice(given, "redirect", ("follow", "manual", "error")),
        max_redirects=whole(given, "maxRedirects", 10, MOST_REDIRECTS),
        proxy=proxy(given.get("proxy")),
        verify=flag(given, "verify"),
    )


def known(options: Any) -> dict[str, Any]:
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise wrong("options", "an object such as {headers: {…}}", options)
    for name in options:
        if name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, 1)
            raise refused(f"option {name[:LONGEST]} is unknown{f' (did you mean {near[0]}?)' if near else ''}")
    return {name: value for name, value in options.items() if value is not None}


def method_of(name: Any) -> str:
    if not isinstance(name, str) or not TOKEN.fullmatch(name) or name.upper() in FORBIDDEN_METHODS:
        raise wrong("method", "a method such as GET", name)
    return name.upper()


def query_of(query: Any) -> str:
    if query is None:
        return ""
    if isinstance(query, str):
        return query.removeprefix("?")
    return urlencode(bodies.pairs("query", query))


def headers_of(headers: Any) -> Headers:
    if headers is None:
        return ()
    if not isinstance(headers, dict):
        raise wrong("headers", "an object of names and values", headers)
    pairs = [
        (name, item)
        for name, value in headers.items()
        for item in (value if isinstance(value, list) else [value])
        if item is not None and name.lower() not in OF_THE_CONNECTION
    ]
    return tuple(header(name, item) for name, item in pairs)


def header(name: str, value: Any) -> tuple[str, str]:
    """A line end in a value would be a header of its own."""
    text = bodies.spelled(value)
    if not TOKEN.fullmatch(name):
        raise wrong("headers", "an object whose names are those of headers", name)
    if isinstance(value, dict | list | bytes) or NO_VALUE.search(text):
        raise wrong(f"headers.{name}", "a text of one line, in characters of Latin-1", HIDDEN)
    return name, text.strip(" \t")


def with_credentials(headers: Headers, given: dict[str, Any], aim: Target, kind: str | None) -> Headers:
    names = {name.lower() for name, _ in headers}
    more = []
    if kind is not None and "content-type" not in names:
        more.append(("Content-Type", kind))
    credentials = credentials_of(given, aim)
    if credentials is not None and "authorization" not in names:
        more.append(header("Authorization", credentials))
    return headers + tuple(more)


def credentials_of(given: dict[str, Any], aim: Target) -> str | None:
    if "bearer" in given:
        if not isinstance(given["bearer"], str) or NO_VALUE.search(given["bearer"]):
            raise wrong("bearer", "a token", HIDDEN)
        return f"Bearer {given['bearer']}"
    auth = given.get("auth")
    if auth is None:
        return basic(aim.credentials) if aim.credentials else None
    if isinstance(auth, dict):
        only("auth", auth, ("username", "password"))
    pair = [auth.get("username"), auth.get("password")] if isinstance(auth, dict) else auth
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(item, str) for item in pair):
        raise wrong("auth", "{username, password} or [username, password]", HIDDEN)
    return basic(":".join(pair))


def body_of(given: dict[str, Any], open_file: OpenFile) -> tuple[Body | None, str | None]:
    """The body and the content type that it implies."""
    named = [name for name in ("body", "json", "form", "multipart") if name in given]
    if len(named) > 1:
        raise wrong(named[1], f"left out where there is {named[0]}", given[named[1]])
    if not named:
        return None, None
    value = given[named[0]]
    if named[0] == "form":
        return Whole(bodies.form(value)), "application/x-www-form-urlencoded"
    if named[0] == "multipart":
        return bodies.multipart(value, open_file)
    if named[0] == "body" and isinstance(value, str):
        return Whole(value.encode()), "text/plain; charset=utf-8"
    if named[0] == "body" and isinstance(value, bytes):
        return Whole(value), "application/octet-stream"
    return Whole(json_of(named[0], value)), "application/json"


def json_of(name: str, value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        wanted = "a value of JSON, in which bytes are a text such as encoding.base64Encode(bytes)"
        raise wrong(name, f"{wanted}, nested at most 250 deep", HIDDEN) from None


def limits_of(given: dict[str, Any], limits: Limits, largest: int) -> Limits:
    timeout = given.get("timeout")
    size = whole(given, "maxSize", limits.size, largest)
    if timeout is None:
        return Limits(limits.connect, limits.read, limits.total, size)
    if not isinstance(timeout, dict):
        each = seconds("timeout", timeout)
        return Limits(each, each, each, size)
    only("timeout", timeout, ("connect", "read", "total"))
    times = {name: seconds(f"timeout.{name}", value) for name, value in timeout.items() if value is not None}
    total = times.get("total", limits.total)
    return Limits(times.get("connect", limits.connect), times.get("read", limits.read), total, size)


def seconds(argument: str, value: Any) -> float:
    found = DURATION.fullmatch(value) if isinstance(value, str) else None
    if found:
        value = float(found[1]) * UNITS[found[2]] * 1000
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
        raise wrong(argument, 'a number of milliseconds above 0, or a text such as "5s"', value)
    return value / 1000


def whole(given: dict[str, Any], name: str, default: int, most: int) -> int:
    value = given.get(name, default)
    if type(value) is not int or not 0 <= value <= most:
        raise wrong(name, f"a whole number from 0 to {most}", value)
    return value


def flag(given: dict[str, Any], name: str) -> bool:
    value = given.get(name, True)
    if not isinstance(value, bool):
        raise wrong(name, "true or false", value)
    return value


def choice(given: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    """The first one is the default."""
    value = given.get(name, choices[0])
    if value not in choices:
        raise wrong(name, " or ".join(choices), value)
    return str(value)
