"""The web's globals. Several modules, so that a service that only wants setTimeout does not load the parser of URLs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from m3m_core import JSModule, script_beside

from . import encodings, forms, urls

part = partial(script_beside, __file__)

SHARE_OF_MEMORY = 8
"""A stream that is read whole is there in pieces and in one for a moment: more of it would fill the heap."""


class TextHost:
    def encode(self, text: str) -> bytes:
        return text.encode()

    def encoding_name(self, label: str) -> str:
        """In lower case, whatever the label. Raises ScriptError for an unknown one."""
        return encodings.find(label).name

    def decode(
        self, name: str, data: bytes, state: dict[str, Any] | None, stream: bool, fatal: bool, ignore_bom: bool
    ) -> dict[str, Any]:
        return encodings.decode(name, data, state, stream, fatal, ignore_bom)


class WebHost(TextHost):
    def __init__(self, memory: int) -> None:
        """`memory` is the JavaScript heap of the instance, in bytes."""
        self._limit = memory // SHARE_OF_MEMORY

    def limit(self) -> int:
        return self._limit

    def boundary(self) -> str:
        return secrets.token_hex(16)

    def parse_form(self, data: bytes, content_type: str) -> dict[str, Any]:
        return forms.parse(data, content_type)

    def parse(self, url: str, base: str | None) -> dict[str, str] | None:
        return urls.parse(url, base)

    def change(self, url: str, part: str, value: str) -> dict[str, str]:
        return urls.change(url, part, value)

    def parse_query(self, query: str) -> list[tuple[str, str]]:
        return urls.parse_query(query)

    def format_query(self, pairs: list[list[str]]) -> str:
        return urls.format_query(pairs)


TIMERS = ("setTimeout", "setInterval", "clearTimeout", "clearInterval")
DATA = ("structuredClone", "TextEncoder", "TextDecoder")
WEB = (
    "URL",
    "URLSearchParams",
    "Event",
    "CustomEvent",
    "EventTarget",
    "AbortController",
    "AbortSignal",
    "Blob",
    "File",
    "FormData",
    "Headers",
    "Request",
    "Response",
)
STREAMS = (
    "ByteLengthQueuingStrategy",
    "CountQueuingStrategy",
    "ReadableByteStreamController",
    "ReadableStream",
    "ReadableStreamBYOBReader",
    "ReadableStreamBYOBRequest",
    "ReadableStreamDefaultController",
    "ReadableStreamDefaultReader",
    "TextDecoderStream",
    "TextEncoderStream",
    "TransformStream",
    "TransformStreamDefaultController",
    "WritableStream",
    "WritableStreamDefaultController",
    "WritableStreamDefaultWriter",
)


def web_script() -> str:
    return f"""(host, m3m) => {{
      const url = {part("url.js")}(host), {{ classes, listens }} = {part("events.js")}(m3m);
      const events = {{ ...classes, ...{part("abort.js")}(m3m, classes, listens) }};
      const headers = {part("headers.js")}(), blobs = {part("blob.js")}(host);
      const forms = {part("formdata.js")}(host, blobs);
      const bodies = {part("body.js")}(host, url, blobs, forms, headers);
      const messages = {part("messages.js")}(url, events, headers, bodies);
      return {{ ...url, ...events, ...headers, ...blobs, ...forms, ...messages }};
    }}"""


def streams_script() -> str:
    return f"""() => {{
      const streams = {part("vendor/streams.js")}();
      return {{ ...streams, ...{part("codecstreams.js")}(streams) }};
    }}"""


@lru_cache(maxsize=1)
def scripts() -> dict[str, str]:
    return {
        "timers": f"(host, m3m) => {part('timers.js')}(m3m)",
        "data": f"(host) => ({{ ...{part('clone.js')}(), ...{part('text.js')}(host) }})",
        "web": web_script(),
        "streams": streams_script(),
    }


def modules(memory: int) -> Sequence[JSModule]:
    """`memory` is the JavaScript heap of an instance, in bytes."""
    texts = scripts()
    return (
        JSModule("webapi_timers", None, texts["timers"], exports=TIMERS),
        JSModule("webapi_data", TextHost(), texts["data"], exports=DATA),
        JSModule("webapi", WebHost(memory), texts["web"], exports=WEB),
        JSModule("webapi_streams", None, texts["streams"], exports=STREAMS),
    )
