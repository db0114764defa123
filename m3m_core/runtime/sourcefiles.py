"""The files of a service by name: what an import or a require means, and where in a file something stands."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping, Sequence

import orjson

from ..contributions import ScriptError
from .bridge import encode
from .faults import encode_error, position

MAIN = "main.js"
FIRST_LINE = 10_000
"""Empty lines above the first evaluated file, more than a module's script has: the prelude tells files by lines."""

ENDINGS = ("", ".js", ".mjs", ".cjs", ".json", "/index.js")
WRAPPER = "(function (exports, require, module, __filename, __dirname, $exports, $require) {"
IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
NO_EXPORT = re.compile(r"Could not find export '(?P<name>.*)' in module '(?P<file>.*)'")
"""As the engine says it, without a place."""


class Missing(LookupError):
    """There is no such file. `stack` is one line that says who asked for it."""

    def __init__(self, message: str, stack: str) -> None:
        super().__init__(message)
        self.stack = stack


class SourceFiles:
    """`main` can be imported only when it is a module itself; a script has nothing to give, and would run again.

    `compiled` are the names of the files that were read as modules.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._main = ""
        self._above = FIRST_LINE
        self._asked: dict[str, set[str]] = {}
        self.compiled: set[str] = set()

    def fill(self, files: Mapping[str, str], main: str) -> None:
        """`files` are those besides the main one."""
        self._texts = {name: readable(text) for name, text in files.items()}
        self._main = main

    def admit_main(self) -> None:
        self._texts[MAIN] = self._main

    def text(self, name: str) -> str:
        return self._texts[name]

    def resolve(self, base: str, asked: str) -> str:
        """The name of the file that `base` means. Raises Missing."""
        importer = base if base in self._texts else MAIN
        folder = posixpath.dirname(importer) if asked.startswith(".") else ""
        path = posixpath.normpath(posixpath.join(folder, asked.lstrip("/")))
        for ending in ENDINGS:
            if path + ending in self._texts:
                self._asked.setdefault(path + ending, set()).add(importer)
                return path + ending
        raise Missing(f"there is no file {json.dumps(asked)} for {importer}{hint(asked)}", self._place(importer, asked))

    def asked(self, base: str, name: str) -> str:
        """`resolve` for JavaScript: an envelope."""
        try:
            return encode(self.resolve(base, name))
        except Missing as missing:
            return encode_error(ScriptError(str(missing), code="module_not_found"))

    def room(self, text: str) -> int:
        """How many empty lines go above a text that is evaluated: the lines of no other."""
        above = self._above
        self._above += text.count("\n") + text.count("\r") + 2
        return above

    def opened(self, name: str) -> str:
        """A file that is no module, as the prelude evaluates it: JSON. `above` is negative for a JSON file."""
        text = self._texts[name]
        if name.endswith(".json"):
            return orjson.dumps({"above": -1, "source": text}).decode()
        above = self.room(text)
        source = "\n" * (above - 1) + self.wrapped(name)
        return orjson.dumps({"above": above, "folder": posixpath.dirname(name), "source": source}).decode()

    def is_module(self, name: str) -> bool | None:
        """Whether the file is an ES module; None: only its grammar can tell."""
        if name.endswith((".cjs", ".json")):
            return False
        text = self._texts[name]
        could_be_common = "exports" in text or "module" in text or "require" in text
        return True if name == MAIN or name.endswith(".mjs") or not could_be_common else None

    def wrapped(self, name: str) -> str:
        """A CommonJS file as a function, whose first line stands above the file's own."""
        return f"{WRAPPER}\n{self._texts[name]}\n}})"

    def placed(self, error: ScriptError) -> ScriptError:
        """The error, with a place when it is the engine's complaint about a name that a file does not export."""
        if not error.stack:
            error.stack = self._importer_of(error.message)
            error.file, error.line, error.column = position(error.stack)
        return error

    def _importer_of(self, message: str) -> str:
        found = NO_EXPORT.fullmatch(message)
        if found is None:
            return ""
        word = re.compile(rf"(?<![\w$]){re.escape(found['name'])}(?![\w$])")
        for importer in sorted(self._asked.get(found["file"], ())):
            match = word.search(self._text_of(importer))
            if match is not None:
                return self._line(importer, match.start())
        return ""

    def _place(self, importer: str, asked: str) -> str:
        text = self._text_of(importer)
        starts = [start for quote in "\"'" if (start := text.find(quote + asked + quote)) >= 0]
        return self._line(importer, min(starts)) if starts else ""

    def _text_of(self, name: str) -> str:
        return self._main if name == MAIN else self._texts[name]

    def _line(self, name: str, offset: int) -> str:
        before = self._text_of(name)[:offset]
        return f"    at {name}:{before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}\n"


def hint(asked: str) -> str:
    is_package = not asked.startswith((".", "/")) and "." not in asked
    return "; put packages into one file with a bundler such as esbuild" if is_package else ""


def interop(names: Sequence[str]) -> str:
    """The module that stands for a CommonJS or JSON file: its exports wait in `import.meta`."""
    lines = ["const all = import.meta.exports;", "export default all;"]
    for number, name in enumerate(names):
        if IDENTIFIER.fullmatch(name) and name != "default":
            lines.append(f"const $m3m{number} = all[{json.dumps(name)}]; export {{ $m3m{number} as {name} }};")
    return "\n".join(lines)


def readable(source: str) -> str:
    """Without what may stand before the code of a file: a byte order mark and a `#!` line."""
    text = source.removeprefix("\ufeff")
    return "//" + text[2:] if text.startswith("#!") else text
