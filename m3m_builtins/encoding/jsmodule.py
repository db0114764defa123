"""The host side of `encoding`: what the engine cannot do, or would not say the place of."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from m3m_core import JSModule, script_beside, wrong_argument

from . import binary, jsontext, xmltext, yamltext
from .places import WrongTextError

PARTS = ("text.js", "csv.js", "xml.js")


class Encoding:
    """Each that reads answers `{value}`, or `{error}` for the script to throw with its place."""

    def base64_encode(self, data: Any) -> str:
        return base64.b64encode(material(data)).decode()

    def base64_url_encode(self, data: Any) -> str:
        return base64.urlsafe_b64encode(material(data)).decode().rstrip("=")

    def hex_encode(self, data: Any) -> str:
        return material(data).hex()

    def base64_decode(self, text: Any, url: bool, form: str) -> dict[str, Any]:
        return outcome(lambda: formed(binary.base64_bytes(checked(text), url=url), form))

    def hex_decode(self, text: Any, form: str) -> dict[str, Any]:
        return outcome(lambda: formed(binary.hex_bytes(checked(text)), form))

    def json_fault(self, text: str) -> dict[str, Any]:
        return outcome(lambda: jsontext.check(text))

    def xml_parse(self, source: Any) -> dict[str, Any]:
        return outcome(lambda: xmltext.parse(source if isinstance(source, bytes) else checked(source)))

    def yaml_parse(self, text: Any) -> dict[str, Any]:
        return outcome(lambda: yamltext.parse(checked(text)))

    def yaml_stringify(self, value: Any, indent: int) -> str:
        return yamltext.stringify(value, indent)


def outcome(work: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"value": work()}
    except WrongTextError as error:
        return {"error": error.described()}


def formed(data: bytes, form: str) -> str | bytes:
    return data if form == "bytes" else binary.text_of(data)


def material(data: object) -> bytes:
    if isinstance(data, str):
        return data.encode()
    if isinstance(data, bytes):
        return data
    raise wrong_argument("what is encoded is a text or bytes")


def checked(text: object) -> str:
    """Bytes are taken as UTF-8."""
    if isinstance(text, bytes):
        return binary.text_of(text)
    if isinstance(text, str):
        return text
    raise wrong_argument("what is decoded is a text")


def encoding_module() -> JSModule:
    faults, *parts = (script_beside(__file__, name) for name in ("faults.js", *PARTS))
    made = ", ".join(f"...{part}(host, faults, m3m)" for part in parts)
    return JSModule(
        "encoding", Encoding(), f"(host, m3m) => {{ const faults = {faults}; return Object.freeze({{ {made} }}) }}"
    )
