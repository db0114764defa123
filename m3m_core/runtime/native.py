"""What the engine's C library offers beyond its Python class: ES modules, and promises that nobody handles.

The wheel's shared object exports the whole C interface of QuickJS. Everything here is called while JavaScript runs
inside an entry of the engine; only then may code that it runs call host functions.
"""

from __future__ import annotations

import ctypes
import json
import logging
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_bool, c_char_p, c_int, c_int64, c_size_t, c_uint64, c_void_p
from functools import partial
from typing import Any, ClassVar

import _quickjs

from .sourcefiles import Missing, SourceFiles, interop

KNOWN_SIZE = 80
"""Bytes of the wheel's context object, which begins with two pointers: the runtime and the context."""

AS_SCRIPT, AS_MODULE, COMPILE_ONLY = 0, 1, 32
BOOL, UNDEFINED, EXCEPTION = 1, 3, 6

log = logging.getLogger("m3m.runner")


class Value(Structure):
    """JSValue of a 64-bit build."""

    _fields_: ClassVar[list[tuple[str, Any]]] = [("content", c_uint64), ("tag", c_int64)]


NORMALIZE = CFUNCTYPE(c_void_p, c_void_p, c_char_p, c_char_p, c_void_p)
LOAD = CFUNCTYPE(c_void_p, c_void_p, c_char_p, c_void_p)
TRACK = CFUNCTYPE(None, c_void_p, Value, Value, c_bool, c_void_p)

library = ctypes.CDLL(_quickjs.__file__)


def function(name: str, result: Any, *arguments: Any) -> Any:
    found = getattr(library, name)
    found.restype, found.argtypes = result, arguments
    return found


call = function("JS_Call", Value, c_void_p, Value, Value, c_int, POINTER(Value))
evaluate = function("JS_Eval", Value, c_void_p, c_char_p, c_size_t, c_char_p, c_int)
free_value = function("JS_FreeValue", None, c_void_p, Value)
free_text = function("JS_FreeCString", None, c_void_p, c_void_p)
get_exception = function("JS_GetException", Value, c_void_p)
get_global = function("JS_GetGlobalObject", Value, c_void_p)
get_meta = function("JS_GetImportMeta", Value, c_void_p, c_void_p)
get_property = function("JS_GetPropertyStr", Value, c_void_p, Value, c_char_p)
get_runtime = function("JS_GetRuntime", c_void_p, c_void_p)
get_text = function("JS_ToCStringLen2", c_void_p, c_void_p, POINTER(c_size_t), Value, c_bool)
new_text = function("JS_NewStringLen", Value, c_void_p, c_char_p, c_size_t)
copy_text = function("js_strdup", c_void_p, c_void_p, c_char_p)
set_loader = function("JS_SetModuleLoaderFunc", None, c_void_p, NORMALIZE, LOAD, c_void_p)
set_tracker = function("JS_SetHostPromiseRejectionTracker", None, c_void_p, TRACK, c_void_p)


class Native:
    """Loads `files` as modules. `rejections`: some promise was rejected, and the prelude was told of it.

    The functions of the prelude that are called from here are borrowed: the engine keeps them alive.
    """

    def __init__(self, context: Any, files: SourceFiles) -> None:
        self._files = files
        self._runtime, self._context = pointers(context)
        self._callbacks = (
            NORMALIZE(partial(self._guarded, self._normalize)),
            LOAD(partial(self._guarded, self._load)),
            TRACK(partial(self._guarded, self._track)),
        )
        self.rejections = False

    def watch(self) -> None:
        """From now on; the prelude's functions must be there under their names."""
        self._refuse = self._borrow(b"__enter_refuse")
        self._require = self._borrow(b"__enter_require")
        self._rejected = self._borrow(b"__enter_rejected")
        normalize, load, track = self._callbacks
        set_loader(self._runtime, normalize, load, None)
        set_tracker(self._runtime, track, None)

    def _borrow(self, name: bytes) -> Value:
        scope = get_global(self._context)
        found: Value = get_property(self._context, scope, name)
        free_value(self._context, found)
        free_value(self._context, scope)
        return found

    # ---- called by the engine ----

    def _guarded(self, step: Callable[..., int | None], context: int, *arguments: Any) -> int | None:
        """An exception that left a callback would leave JavaScript with neither a value nor an error."""
        try:
            return step(context, *arguments)
        except BaseException:
            log.exception("the loader of files failed")
            self._throw(context, "a file could not be loaded")
            return None

    def _throw(self, context: int, message: str, stack: str = "") -> None:
        free_value(context, self._call_with_texts(context, self._refuse, message, stack))

    def _track(self, context: int, promise: Value, reason: Value, is_handled: bool, _: None) -> int | None:
        self.rejections = True
        if self._call(context, self._rejected, promise, reason, Value(is_handled, BOOL)).tag == EXCEPTION:
            free_value(context, get_exception(context))  # no memory is left: the next entry ends the instance
        return None

    def _normalize(self, context: int, base: bytes, name: bytes, _: None) -> int | None:
        try:
            found = self._files.resolve(base.decode(errors="replace"), name.decode(errors="replace"))
        except Missing as missing:
            self._throw(context, str(missing), missing.stack)
            return None
        copied: int | None = copy_text(context, found.encode())
        return copied

    def _load(self, context: int, name: bytes, _: None) -> int | None:
        """The module's definition; None when an exception waits in the context."""
        file = name.decode()
        if self._is_module(context, file):
            return self._compile(context, name, self._files.text(file))
        names = self._call_with_texts(context, self._require, file)
        if names.tag == EXCEPTION:
            return None
        found = self._compile(context, name, interop(json.loads(self._text(context, names))))
        if found is not None:
            self._give_exports(context, found, file)
        return found

    # ---- steps ----

    def _is_module(self, context: int, file: str) -> bool:
        known = self._files.is_module(file)
        if known is not None:
            return known
        compiled = self._compiled(context, file.encode(), self._files.wrapped(file), AS_SCRIPT)
        is_module = bool(compiled.tag == EXCEPTION)
        free_value(context, get_exception(context) if is_module else compiled)
        return is_module

    def _compiled(self, context: int, name: bytes, text: str, kind: int) -> Value:
        data = text.encode()
        compiled: Value = evaluate(context, data, len(data), name, kind | COMPILE_ONLY)
        return compiled

    def _compile(self, context: int, name: bytes, text: str) -> int | None:
        compiled = self._compiled(context, name, text, AS_MODULE)
        if compiled.tag == EXCEPTION:
            return None
        free_value(context, compiled)  # the context's list of modules holds it
        self._files.compiled.add(name.decode())
        return int(compiled.content)

    def _give_exports(self, context: int, module: int, file: str) -> None:
        meta = get_meta(context, module)
        name = self._new(context, file)
        free_value(context, self._call(context, self._require, name, meta))
        free_value(context, name)
        free_value(context, meta)

    def _call_with_texts(self, context: int, target: Value, *texts: str) -> Value:
        values = [self._new(context, text) for text in texts]
        result = self._call(context, target, *values)
        for value in values:
            free_value(context, value)
        return result

    def _call(self, context: int, target: Value, *arguments: Value) -> Value:
        array = (Value * len(arguments))(*arguments)
        result: Value = call(context, target, Value(0, UNDEFINED), len(arguments), array)
        return result

    def _new(self, context: int, text: str) -> Value:
        data = text.encode(errors="replace")
        value: Value = new_text(context, data, len(data))
        return value

    def _text(self, context: int, value: Value) -> str:
        """The text of a string value, which is given up."""
        length = c_size_t()
        place = get_text(context, length, value, False)
        text = ctypes.string_at(place, length.value).decode()
        free_text(context, place)
        free_value(context, value)
        return text


def pointers(context: Any) -> tuple[int, int]:
    """The runtime and the context behind the wheel's object. Raises RuntimeError for a wheel of another build."""
    if type(context).__basicsize__ == KNOWN_SIZE and ctypes.sizeof(c_void_p) == 8:
        runtime, inner = (c_uint64 * 2).from_address(id(context) + object.__basicsize__)
        if get_runtime(inner) == runtime:
            return runtime, inner
    raise RuntimeError("this build of quickjs-ng is not one that M3M knows: install the version it asks for")
