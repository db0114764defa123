"""The reference of modules, made from the declarations of all plugins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import parser
from .parser import Declared, Global, Owner

ASYNC, CONSTRUCTOR = "Async", "constructor"
FIRST_WORD = re.compile(r"^[A-Z]+(?![a-z])|^[A-Z]")
HANDLED = {"Context": "ctx"}
"""What services call a value of a type, where that is not the type's own name."""


@dataclass(frozen=True)
class Function:
    """`owner` is the module, the interface or the class that has it, empty for a function that is a global itself.

    `signature` is how it is called, with types, one line for each form. `waits` says that there is a twin with the
    suffix Async, which returns a Promise and lets other requests in; the twin is not listed.
    """

    name: str
    owner: str
    signature: str
    text: str
    example: str
    waits: bool


@dataclass(frozen=True)
class Module:
    """`aliases` are its other names; `same_as` names the module whose functions it shares, empty for one of its own."""

    name: str
    aliases: tuple[str, ...]
    plugin: str
    description: str
    functions: tuple[Function, ...]
    same_as: str = ""


Homes = dict[str, tuple[str, Declared]]
"""By the name of an interface: the plugin that declares it, and all that this one declares."""


def modules(declarations: Sequence[tuple[str, str]]) -> list[Module]:
    """From pairs of a plugin's name and its declarations, in their order."""
    all_parsed = [(plugin, parser.parsed(source)) for plugin, source in declarations]
    homes: Homes = {}
    for plugin, declared in all_parsed:
        for name in declared.owners:
            homes.setdefault(name, (plugin, declared))
    made: list[Module] = []
    for plugin, declared in all_parsed:
        made += _of_plugin(plugin, declared, homes, made)
    return made


def _of_plugin(plugin: str, declared: Declared, homes: Homes, before: Sequence[Module]) -> list[Module]:
    """One module for each value; the rest goes to the first with an interface, else to one named like the plugin."""
    values: dict[str, list[Global]] = {}
    for value in declared.globals:
        kind = value.type or value.name
        if kind in declared.owners or kind in homes:
            values.setdefault(kind, []).append(value)
    made = []
    for kind, named in values.items():
        home, source = (plugin, declared) if kind in declared.owners else homes[kind]
        owner = source.owners[kind]
        name = named[0].name
        shared = "" if home == plugin else next((module.name for module in before if module.plugin == home), home)
        text = owner.text if owner.text.startswith(named[0].text) else f"{named[0].text} {owner.text}".strip()
        aliases = tuple(value.name for value in named[1:])
        made.append(Module(name, aliases, plugin, text, tuple(_functions(owner, name, name, source)), shared))
    whole = [owner for owner in declared.owners.values() if owner.is_class or owner.name in values]
    told = set(values) | {base for owner in whole for base in owner.bases}
    rest = tuple(_rest(declared, told))
    typed = {named[0].name for kind, named in values.items() if named[0].type}
    main = next((at for at, module in enumerate(made) if module.name == plugin or module.name in typed), None)
    if rest and main is not None:
        made[main] = replace(made[main], functions=made[main].functions + rest)
    elif rest:
        made.append(Module(plugin, (), plugin, "", rest))
    return made


def _rest(declared: Declared, told: set[str]) -> Iterator[Function]:
    """Global functions, classes, and what a module gives, less what is `told` elsewhere.

    An interface without examples is for services to fill.
    """
    for name, owner in declared.owners.items():
        is_told = any(function.example for function in owner.functions.values())
        if owner.is_class or (name not in told and (not name or is_told)):
            subject = HANDLED.get(name, FIRST_WORD.sub(lambda found: found[0].lower(), name))
            yield from _functions(owner, name, subject, declared, is_whole=False)


def _functions(
    owner: Owner, name: str, subject: str, declared: Declared, *, is_whole: bool = True
) -> Iterator[Function]:
    """With `is_whole` those of what the owner extends too; what they explain counts for its own in any case."""
    inherited: dict[str, parser.Function] = {}
    for base in owner.bases:
        inherited |= declared.owners[base].functions if base in declared.owners else {}
    known = {**inherited, **owner.functions} if is_whole else owner.functions
    for function in known.values():
        twin = function.name.removesuffix(ASYNC)
        if twin != function.name and twin in known:
            continue
        told = inherited.get(function.name, function)
        text = function.text or told.text or (owner.text if function.name == CONSTRUCTOR else "")
        calls = "\n".join(_called(function, name, subject) + signature for signature in function.signatures)
        waits = function.name + ASYNC in known
        yield Function(function.name, name, calls, text, function.example or told.example, waits)


def _called(function: parser.Function, owner: str, subject: str) -> str:
    """As it stands in a service: `schedule.daily`, `new URL`, `url.toString`, `URL.parse`."""
    if function.name == CONSTRUCTOR:
        return f"new {owner}"
    before = owner if function.is_static else subject
    return f"{before}.{function.name}" if before else function.name
