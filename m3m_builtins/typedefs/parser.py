"""Functions and modules that TypeScript declarations have, as their comments explain them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .scanner import Statement, statements

HEAD = r"(?:export\s+|declare\s+|abstract\s+)*"
NAMESPACE = re.compile(HEAD + r"(?:namespace|module|global)\b")
OWNER = re.compile(HEAD + r"(interface|class)\s+([\w$]+)\s*(?:<.*?>)?\s*(?:(?:extends|implements)\s+(.*))?", re.DOTALL)
FUNCTION = re.compile(HEAD + r"function\s+([\w$]+)\s*(.*)", re.DOTALL)
VARIABLE = re.compile(HEAD + r"(?:const|let|var)\s+([\w$]+)\s*:\s*(.*)", re.DOTALL)
METHOD = re.compile(r"(static\s+)?(?:public\s+|readonly\s+)?([\w$]+)\??\s*((?:<.*>)?\s*\(.*)", re.DOTALL)
ARROW = re.compile(r"(static\s+)?(?:readonly\s+)?([\w$]+)\??\s*:\s*((?:<.*?>)?\s*(\(.*))", re.DOTALL)
REFERENCE = re.compile(r"(?:\w+\.)*([\w$]+)(?:<.*>)?")
TRAILING = re.compile(r",?\s+\)")
TAG = re.compile(r"^@(\w+)[ \t]*", re.MULTILINE)


@dataclass(frozen=True)
class Function:
    """`signatures` are what stands after the name, one for each overload. `text` is on one line."""

    name: str
    signatures: tuple[str, ...]
    text: str = ""
    example: str = ""
    is_static: bool = False


@dataclass(frozen=True)
class Owner:
    """An interface or a class with its functions, by name in the order of the declarations, and what it extends."""

    name: str
    is_class: bool = False
    text: str = ""
    bases: tuple[str, ...] = ()
    functions: dict[str, Function] = field(default_factory=dict)


@dataclass(frozen=True)
class Global:
    """A value that services use by its name. `type` is the interface that it has; empty when it has its own."""

    name: str
    type: str
    text: str


@dataclass(frozen=True)
class Declared:
    """All of one text. Functions without an owner are in the owner without a name."""

    owners: dict[str, Owner] = field(default_factory=dict)
    globals: list[Global] = field(default_factory=list)


@lru_cache(maxsize=256)
def parsed(source: str) -> Declared:
    declared = Declared()
    _read(source, declared)
    return declared


def _read(source: str, into: Declared) -> None:
    for statement in statements(source):
        if NAMESPACE.match(statement.text):
            _read(statement.body, into)
        elif found := OWNER.match(statement.text):
            extended = (found[3] or "").replace(" implements ", ", ")
            bases = tuple(name_of(base) for base in top_level(extended) if base)
            _members(_owner(into, found[2], found[1] == "class", statement.comment, bases), statement.body)
        elif found := FUNCTION.match(statement.text):
            _add(_owner(into, ""), found[1], found[2], statement.comment)
        elif found := VARIABLE.match(statement.text):
            _variable(into, found[1], found[2], statement)


def _owner(into: Declared, name: str, is_class: bool = False, comment: str = "", bases: tuple[str, ...] = ()) -> Owner:
    """The owner of a name, that other parts of the declarations may have begun already."""
    known = into.owners.get(name, Owner(name, is_class))
    made = replace(known, text=known.text or sentence(comment), bases=known.bases or bases)
    into.owners[name] = made
    return made


def _variable(into: Declared, name: str, kind: str, statement: Statement) -> None:
    comment = statement.comment
    if not kind:
        into.globals.append(Global(name, "", sentence(comment)))
        _members(_owner(into, name), statement.body)
    elif kind.startswith("("):
        _add(_owner(into, ""), name, kind, comment)
    elif REFERENCE.fullmatch(kind):
        into.globals.append(Global(name, name_of(kind), sentence(comment)))


def name_of(type_: str) -> str:
    """`Page` of `M3M.Page<R>`; empty for a type that has no name."""
    found = REFERENCE.fullmatch(type_)
    return found[1] if found else ""


def _members(owner: Owner, body: str) -> None:
    for statement in statements(body):
        found = METHOD.fullmatch(statement.text) or _arrow(statement.text)
        if found:
            _add(owner, found[2], found[3].strip(), statement.comment, bool(found[1]))


def _arrow(text: str) -> re.Match[str] | None:
    """A property whose type is a function, not one that merely has a function in it."""
    found = ARROW.fullmatch(text)
    if found is None:
        return None
    depth = 0
    for at, char in enumerate(found[4]):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0:
            return found if found[4][at + 1 :].lstrip().startswith("=>") else None
    return None


def _add(owner: Owner, name: str, signature: str, comment: str, is_static: bool = False) -> None:
    """A function, or one more overload of it."""
    signature = TRAILING.sub(")", signature).replace("( ", "(")
    known = owner.functions.get(name, Function(name, (), is_static=is_static))
    owner.functions[name] = Function(
        name,
        (*known.signatures, signature),
        known.text or sentence(comment),
        known.example or example(comment),
        is_static,
    )


def sentence(comment: str) -> str:
    """What a comment says before its tags."""
    return " ".join(TAG.split(comment, maxsplit=1)[0].split())


def example(comment: str) -> str:
    """The code of all `@example` of a comment, with its lines."""
    parts = TAG.split(comment)
    codes = [
        text.strip("\n").rstrip() for name, text in zip(parts[1::2], parts[2::2], strict=True) if name == "example"
    ]
    return "\n".join(code for code in codes if code)


def top_level(text: str, separator: str = ",") -> Iterator[str]:
    """The parts of a list, not those of lists inside of it."""
    depth = start = 0
    for at, char in enumerate(text):
        depth += (char in "([{<") - (char in ")]}" or (char == ">" and text[at - 1] != "="))
        if char == separator and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()
