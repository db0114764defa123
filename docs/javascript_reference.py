"""The reference of JavaScript modules, read from the declarations (`*.d.ts`) of the builtins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMMENT = re.compile(r"\s*/\*\*(.*?)\*/", re.DOTALL)
OWNER = re.compile(r"\s*(?:declare class|interface|declare const(?= \w+: \{)) (\w+)")
GLOBAL = re.compile(r"declare const ([a-z]\w*): M3M\.(\w+)$")
FUNCTION = re.compile(r"\s*(?:declare function |static )?(\w+)(?:<[^(]*>)?\((.*)\)(?:: .*)?$")
FIRST_WORD = re.compile(r"^[A-Z]+(?![a-z])|^[A-Z]")
HANDLED = {"Context": "ctx"}
"""What a handler calls its argument."""

PARAMETER = re.compile(r"(\.\.\.)?(\w+)(\??):")


@dataclass(frozen=True)
class Function:
    """A documented function of `owner`, an interface or a class; empty for a global function."""

    owner: str
    name: str
    parameters: str
    text: str
    static: bool


def reference(folders: list[Path]) -> str:
    """One table for each module, class, or file of global functions, in the order of the plugins' folders."""
    lines: list[str] = []
    for folder in folders:
        for file in sorted(folder.glob("*.d.ts")):
            lines += tables(file.read_text("utf-8"))
    return "\n".join(lines)


def tables(source: str) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for line in source.splitlines():
        if found := GLOBAL.match(line):
            names.setdefault(found[2], []).append(found[1])
    functions = list(documented(source))
    for owner in dict.fromkeys(function.owner for function in functions):
        shown = names.get(owner, [HANDLED.get(owner, owner)] if owner else [])
        yield f"\n### {', '.join(shown) or 'global functions'}\n\n| function | |\n|---|---|"
        for function in functions:
            if function.owner == owner:
                yield f"| `{called(function, shown[0] if shown else '')}` | {function.text} |"


def called(function: Function, owner: str) -> str:
    """As it stands in a service: `schedule.daily(fn, options?)`, `new URL(url, base?)`, `url.toString()`."""
    if function.name == "constructor":
        return f"new {owner}({function.parameters})"
    subject = owner if function.static else FIRST_WORD.sub(lambda found: found[0].lower(), owner)
    return f"{subject}{'.' if owner else ''}{function.name}({function.parameters})"


def documented(source: str) -> Iterator[Function]:
    owner, position = "", 0
    while position < len(source):
        if found := COMMENT.match(source, position):
            position = found.end()
            text = sentence(found[1])
            line = statement(source, position)
            if text and (function := FUNCTION.match(line)):
                yield Function(owner, function[1], parameters(function[2]), text, line.lstrip().startswith("static "))
            continue
        end = source.find("\n", position) + 1 or len(source)
        if found := OWNER.match(source, position, end):
            owner = found[1]
        elif source[position] == "}" or source.startswith("  }", position):
            owner = ""
        position = end


def statement(source: str, position: int) -> str:
    """The declaration that begins here, on one line: up to the end of a line where all brackets are closed."""
    text = ""
    for line in source[position:].lstrip("\n").splitlines():
        text += line.strip() if text else line
        if text.count("(") == text.count(")"):
            break
    return text


def sentence(comment: str) -> str:
    """The comment before its tags, on one line, for a cell of a table."""
    words = re.sub(r"\n\s*\*", "\n", comment).split("@example")[0]
    return " ".join(words.split()).replace("|", "\\|")


def parameters(text: str) -> str:
    """Names without types: what stands at the top level before a colon."""
    names, depth, start = [], 0, 0
    for position, char in enumerate(text + ","):
        depth += (char in "([{<") - (char in ")]}" or (char == ">" and text[position - 1] != "="))
        if char == "," and depth == 0:
            if found := PARAMETER.match(text[start:position].strip()):
                names.append(f"{found[1] or ''}{found[2]}{found[3]}")
            start = position + 1
    return ", ".join(names)
