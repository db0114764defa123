"""A request that a front has read itself, in the form that a runner takes: one head, one body of known length."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from urllib.parse import unquote_to_bytes

from gunicorn.http.errors import ParseException

from ..errors import Malformed, TooLarge
from ..runtime.answers import OURS
from ..runtime.handoff import METHOD, SLUG

READ_SIZE = 64 * 1024
IN_MEMORY = 1024 * 1024
"""Bytes of a body that are kept in memory; the rest waits in a file."""

ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")
IS_SLUG = re.compile(SLUG)
IS_METHOD = re.compile(METHOD)
PREFIXES = ([b"", b"r"], [b"", b"api", b"r"])

HOP_BY_HOP = (OURS - {"date"}) | {"expect"}
"""RFC 9110, 7.6.1: headers that are about one connection, and the length, which is written anew."""

OLD = "HTTP/1.0"
Environ = dict[str, Any]


class Target(NamedTuple):
    """`path` is what the runner is asked for. `host` is the one in an address of absolute form, else empty."""

    slug: str
    path: str
    host: str


def target_of(uri: str) -> Target | None:
    """The service that a request's address asks for; None when it is the admin's. `slug` is empty for no possible one.

    The address may be in absolute form, and the parts up to the slug may be percent-encoded.
    """
    absolute = ABSOLUTE.match(uri)
    host = absolute[1].rpartition("@")[2] if absolute is not None else ""
    path, mark, query = uri[absolute.end() if absolute is not None else 0 :].partition("?")
    parts = path.split("/", 4)
    names = [unquote_to_bytes(part) for part in parts[:4]]
    for prefix in PREFIXES:
        size = len(prefix)
        if names[:size] == prefix and len(parts) > size:
            slug = names[size].decode("latin-1")
            rest = "".join(f"/{part}" for part in parts[size + 1 :])
            asked = f"{b'/'.join(prefix).decode()}/{slug}{rest}{mark}{query}"
            return Target(slug if IS_SLUG.fullmatch(slug) else "", asked, host)
    return None


def host_of(environ: Environ) -> str:
    """The host that a request is for: that of an address in absolute form goes before the header."""
    absolute = ABSOLUTE.match(environ["RAW_URI"])
    return absolute[1].rpartition("@")[2] if absolute is not None else environ.get("HTTP_HOST", "")


def check(environ: Environ) -> None:
    """Raises Malformed for a head that a front can read and a runner does not take."""
    if not IS_METHOD.fullmatch(environ["REQUEST_METHOD"]):
        raise Malformed("The server does not know this method.")
    if environ.get("HTTP_TRANSFER_ENCODING", "chunked").lower() != "chunked":
        raise Malformed("The server knows no transfer coding but chunked.")


def check_host(environ: Environ) -> None:
    """RFC 9112, 3.2: one host, which only HTTP/1.0 may leave out. Raises Malformed."""
    host = environ.get("HTTP_HOST")
    if host is None and environ["SERVER_PROTOCOL"] != OLD:
        raise Malformed("The request does not say which host it is for.")
    if host is not None and "," in host:
        raise Malformed("The request names more than one host.")


def head_of(environ: Environ, target: Target, length: int) -> bytes:
    """One request on a connection of its own."""
    version = OLD if environ["SERVER_PROTOCOL"] == OLD else "HTTP/1.1"
    lines = [f"{environ['REQUEST_METHOD']} {target.path} {version}"]
    lines += [f"{name}: {value}" for name, value in headers_of(environ, target.host)]
    if length or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def headers_of(environ: Environ, host: str) -> Iterator[tuple[str, str]]:
    if environ.get("CONTENT_TYPE"):
        yield "Content-Type", environ["CONTENT_TYPE"]
    if host:
        yield "Host", host  # RFC 9112, 3.2.2: the one in the address counts
    for key, value in environ.items():
        name = key[5:].replace("_", "-").lower()
        if key.startswith("HTTP_") and name not in HOP_BY_HOP and not (host and name == "host"):
            yield name, value


def read_body(environ: Environ, limit: int) -> tuple[IO[bytes], int]:
    """The whole body as a file at its start, and its length.

    It is read before a runner is asked: a client that sends slowly must not hold the runner, nor one that leaves.
    Raises TooLarge for more than `limit` bytes, Malformed for broken chunks, OSError when the client leaves meanwhile.
    """
    declared = environ.get("CONTENT_LENGTH")
    if declared and int(declared) > limit:
        raise TooLarge("The request's body is too large.")
    body: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed by the caller
    try:
        length = copy(environ["wsgi.input"], body, limit)
        if declared and length != int(declared):
            raise ConnectionResetError("the client left in the middle of its request")
        body.seek(0)
    except ParseException:
        body.close()
        raise Malformed("The request's body is not proper HTTP.") from None
    except BaseException:
        body.close()
        raise
    return body, length


def copy(source: Any, body: IO[bytes], limit: int) -> int:
    length = 0
    while data := source.read(READ_SIZE):
        length += len(data)
        if length > limit:
            raise TooLarge("The request's body is too large.")
        body.write(data)
    return length
