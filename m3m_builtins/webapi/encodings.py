"""Text encodings by the WHATWG's names. A decoder's state goes to JavaScript and comes back: nothing is kept here."""

from __future__ import annotations

import codecs
from typing import Any

import webencodings

from m3m_core import ScriptError

BOM = "\ufeff"
MARKED = ("utf-8", "utf-16le", "utf-16be")
"""Encodings whose text may begin with a byte order mark."""


def find(label: str) -> webencodings.Encoding:
    found = webencodings.lookup(label)
    if found is None:
        raise ScriptError(f'"{label}" is not an encoding of the web', name="RangeError", code="unknown_encoding")
    return found


def decode(
    name: str, data: bytes, state: dict[str, Any] | None, stream: bool, fatal: bool, ignore_bom: bool
) -> dict[str, Any]:
    """`text` and, within a stream, the `state` to come back with; `error` when `fatal` bytes do not fit."""
    decoder = find(name).codec_info.incrementaldecoder("strict" if fatal else "replace")
    begun = state is not None and state["begun"]
    if state is not None:
        decoder.setstate((state["pending"], int(state["flag"])))
    try:
        text = decoder.decode(data, final=not stream)
    except UnicodeDecodeError:
        return {"error": f"the bytes are not {name}"}
    if text and not begun and name in MARKED and not ignore_bom:
        text = text.removeprefix(BOM)
        begun = True
    return {"text": text, "state": pack(decoder, begun or bool(text)) if stream else None}


def pack(decoder: codecs.IncrementalDecoder, begun: bool) -> dict[str, Any]:
    """The flag as text: it may be larger than a number of JavaScript holds."""
    pending, flag = decoder.getstate()
    return {"pending": pending, "flag": str(flag), "begun": begun}
