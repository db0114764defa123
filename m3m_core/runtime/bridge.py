"""Values and calls between JavaScript and Python: one table of host functions, one form of envelope.

An envelope is one letter and JSON: "v" a value, "b" a value that holds bytes, "u" undefined, "e" an error. Nothing here
raises into the engine: an exception that leaves a callable corrupts the interpreter.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from typing import Any

import orjson

from ..contributions import JSModule, ScriptError, wrong_argument
from ..errors import M3MError
from .faults import encode_error, script_error
from .mismatch import mismatch

BYTES = "\0bytes"
UNDEFINED = "u"
LONE_SURROGATE = re.compile(r"(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}")
"""As JSON.stringify writes one; whole pairs it writes as they are."""


class HostFunctions:
    """The functions of all modules by index.

    `describe` is what the prelude makes its globals from, `functions` the host object of one that is used.
    """

    def __init__(self, modules: Iterable[JSModule]) -> None:
        self.modules = {module.name: module for module in modules}
        self._make: Callable[[str], JSModule] = self.modules.__getitem__
        self._methods: list[tuple[str, str]] = []
        self._functions: dict[int, Callable[..., Any]] = {}
        self._unpooled: set[int] = set()

    def bind(self, make: Callable[[str], JSModule]) -> None:
        """From now on functions are those of a run, whose modules `make` gives by name."""
        self._make = make
        self._functions.clear()

    def describe(self) -> str:
        return orjson.dumps([self._describe(module) for module in self.modules.values()]).decode()

    def _describe(self, module: JSModule) -> dict[str, Any]:
        names = (module.name, *module.aliases)
        return {
            "name": module.name,
            "globals": [prefix + name for name in names for prefix in ("", "$")],
            "exports": module.exports,
            "eager": module.eager,
        }

    def functions(self, name: str) -> str:
        """An envelope with the functions of a module that is used for the first time."""
        host = self._make(name).host
        return encode([self._add(name, method, getattr(host, method)) for method in public_methods(host)])

    def _add(self, module: str, method: str, function: Callable[..., Any]) -> dict[str, Any]:
        index = len(self._methods)
        self._methods.append((module, method))
        if getattr(function, "unpooled", False):
            self._unpooled.add(index)
        return {"name": camel(method), "index": index, "waits": bool(getattr(function, "waits", False))}

    def is_pooled(self, index: int) -> bool:
        """Whether its `Async` twin takes a place among `runtime.worker_pool_size`."""
        return index not in self._unpooled

    def _function(self, index: int) -> Callable[..., Any]:
        if index not in self._functions:
            module, method = self._methods[index]
            self._functions[index] = getattr(self._make(module).host, method)
        return self._functions[index]

    def source(self, name: str) -> str:
        return self.modules[name].script

    def call(self, index: int, arguments: str) -> str:
        """Call by index with JSON arguments; returns an envelope, never raises."""
        try:
            function = self._function(index)
            values = decode_arguments(arguments)
            return encode(function(*values))
        except BaseException as error:  # even GreenletExit must not pass through the engine
            return encode_error(self._explained(index, arguments, error))

    def _explained(self, index: int, arguments: str, error: BaseException) -> BaseException:
        """What the caller did wrong, in their words, when the failure is not one that is meant to be told."""
        if isinstance(error, ScriptError | M3MError | OSError) or not isinstance(error, Exception):
            return error
        module, method = self._methods[index]
        wrong = mismatch(self._function(index), decode_arguments(arguments), camel)
        if wrong is None:
            return error
        return wrong_argument(f"{module}.{camel(method)}: {wrong}")


def sealed(function: Callable[..., Any]) -> Callable[..., Any]:
    """An exception that leaves a callable corrupts the interpreter: it becomes an error envelope instead."""

    def call(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except BaseException as error:
            return encode_error(error)

    return call


def public_methods(host: object | None) -> list[str]:
    """The names of a host's public methods, sorted."""
    if host is None:
        return []
    return [name for name in dir(host) if not name.startswith("_") and callable(getattr(host, name))]


def camel(name: str) -> str:
    """A method's name in JavaScript: `read_bytes` → `readBytes`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def loads(text: str) -> Any:
    """JSON made by JavaScript, whose strings may hold half a character: each such half becomes U+FFFD."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return orjson.loads(LONE_SURROGATE.sub(r"\1\\ufffd", text))


def decode_arguments(text: str) -> list[Any]:
    """Raises ScriptError for what a service cannot hand over."""
    try:
        values = loads(text)
        return [restore(value) for value in values] if "\\u0000bytes" in text else values
    except (ValueError, RecursionError):  # ValueError: beyond the parser's own depth, or a forged mark of bytes
        raise wrong_argument("an argument is nested too deeply") from None


def restore(value: Any) -> Any:
    """Bytes back from their marked objects, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get(BYTES), str):
            return base64.b64decode(value[BYTES])
        return {key: restore(item) for key, item in value.items()}
    if isinstance(value, list):
        return [restore(item) for item in value]
    return value


def encode(value: Any) -> str:
    """Raises ScriptError for what JavaScript cannot be given, such as whole numbers of more than 64 bits."""
    if value is None:
        return UNDEFINED
    marks: list[None] = []

    def default(item: Any) -> Any:
        if isinstance(item, bytes | bytearray | memoryview):
            marks.append(None)
            return {BYTES: base64.b64encode(item).decode()}
        if hasattr(item, "__iter__"):
            return list(item)
        return str(item)

    try:
        text = orjson.dumps(value, default=default, option=orjson.OPT_NON_STR_KEYS).decode()
    except orjson.JSONEncodeError as error:
        reason = "it is nested too deeply" if "Recursion" in str(error) else str(error)
        raise wrong_argument(f"a value cannot be handed over: {reason}") from None
    return ("b" if marks else "v") + text


def decode(envelope: str) -> Any:
    """The value of an envelope made by JavaScript. Raises ScriptError for an error."""
    kind = envelope[:1]
    if kind == "v":
        value = loads(envelope[1:])
        return restore(value) if "\\u0000bytes" in envelope else value
    if kind == "e":
        raise script_error(loads(envelope[1:]))
    return None
