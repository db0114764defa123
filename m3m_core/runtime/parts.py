"""The parts of a request that JavaScript asks for: headers, cookies, text, bytes, form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from ..forms import MOST_FIELDS, multipart_parts
from .bridge import encode

if TYPE_CHECKING:
    from .request import Request


def part(request: Request, name: str) -> str:
    """An envelope with one part of the request; never raises for what a client sent."""
    return encode(PARTS[name](request))


def headers(request: Request) -> dict[str, str]:
    """By lower-case name; a repeated one is joined with ", " as RFC 9110 has it, Cookie with "; "."""
    if request.named is None:
        request.named = joined(request.headers)
    return request.named


def joined(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw, value in pairs:
        name, text = raw.decode("latin-1"), value.decode("latin-1")
        if name in found:
            text = found[name] + ("; " if name == "cookie" else ", ") + text
        found[name] = text
    return found


def cookies(request: Request) -> dict[str, str]:
    """By name; the first one of a name counts. A cookie that is not well formed says nothing about the others."""
    found: dict[str, str] = {}
    for pair in headers(request).get("cookie", "").split(";"):
        name, equals, value = pair.partition("=")
        if equals and (name := name.strip()):
            found.setdefault(name, unquote(unquoted(value.strip())))
    return found


def unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def text(request: Request) -> str:
    return bytes(request.body).decode("utf-8", "replace")


def form(request: Request) -> dict[str, Any]:
    """`{body, files}` by content type, or `{json, files}` with the text for JavaScript to parse.

    `{error, status}` when the body is not what its type says.
    """
    kind, _, _ = headers(request).get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if not request.body:
        return {"body": None, "files": []}
    if kind == "application/json" or kind.endswith("+json"):
        return json_body(request)
    if kind == "application/x-www-form-urlencoded":
        return urlencoded(request)
    if kind == "multipart/form-data":
        return multipart(request)
    if kind.startswith("text/") or not kind:
        return {"body": text(request), "files": []}
    return {"body": bytes(request.body), "files": []}


def json_body(request: Request) -> dict[str, Any]:
    try:
        return {"json": request.body.decode(), "files": []}
    except UnicodeDecodeError as error:
        return {"error": f"the body is not JSON: byte {error.start + 1} is not UTF-8", "status": 400}


def urlencoded(request: Request) -> dict[str, Any]:
    try:
        pairs = parse_qsl(text(request), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {"error": f"the form has more than {MOST_FIELDS} fields", "status": 413}
    return {"body": grouped(pairs), "files": []}


def grouped(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """A field that stands once is its text, a repeated one the list of its texts."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


def multipart(request: Request) -> dict[str, Any]:
    try:
        parts = multipart_parts(bytes(request.body), headers(request)["content-type"])
        fields = [(item.name, item.value) for item in parts if item.filename is None]
        if any(not item.name for item in parts):
            raise ValueError("a field has no name")
    except UnicodeDecodeError:
        return {"error": "the body is not a multipart form: a field is not UTF-8", "status": 400}
    except ValueError as error:
        return {"error": f"the body is not a multipart form: {error}", "status": 400}
    # a file input that was left empty is sent as a file without a name
    return {"body": grouped(fields), "files": [uploaded(item) for item in parts if item.filename]}


def uploaded(item: Any) -> dict[str, Any]:
    return {
        "field": item.name,
        "name": item.filename,
        "type": item.content_type or "application/octet-stream",
        "size": item.size,
        "bytes": item.raw,
    }


PARTS: dict[str, Callable[[Request], Any]] = {
    "headers": headers,
    "cookies": cookies,
    "text": text,
    "bytes": lambda request: bytes(request.body),
    "form": form,
    "requestId": lambda request: request.id,
}
