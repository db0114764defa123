"""The web's globals. Three modules, so that a service that only wants setTimeout does not load the parser of URLs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from m3m_core import JSModule

from . import encodings, urls

FOLDER = Path(__file__).parent


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
    "Headers",
    "Request",
    "Response",
)


def part(name: str) -> str:
    """A script of this folder as an expression; on lines of its own, because it begins with comments."""
    return "(\n" + (FOLDER / name).read_text(encoding="utf-8") + ")"


def web_script() -> str:
    return f"""(host, m3m) => {{
      const url = {part("url.js")}(host), events = {part("events.js")}(m3m);
      return {{ ...url, ...events, ...{part("fetch.js")}(host, url, events) }};
    }}"""


MODULES = (
    JSModule("webapi_timers", None, f"(host, m3m) => {part('timers.js')}(m3m)", exports=TIMERS),
    JSModule(
        "webapi_data",
        TextHost(),
        f"(host) => ({{ ...{part('clone.js')}(), ...{part('text.js')}(host) }})",
        exports=DATA,
    ),
    JSModule("webapi", WebHost(), web_script(), exports=WEB),
)
