"""The reference of JavaScript modules as tables, from the declarations (`*.d.ts`) of the builtins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from m3m_builtins.typedefs.parser import top_level
from m3m_builtins.typedefs.reference import HANDLED, Function, Module, modules
from m3m_core import TypeDefinition


def reference(folders: list[Path]) -> str:
    """One table for each module, class, and kind of value, in the order of the plugins' folders."""
    found = [(folder.name, TypeDefinition.beside(str(folder / "plugin.py")).source) for folder in folders]
    return "\n".join(line for module in modules([pair for pair in found if pair[1]]) for line in described(module))


def described(module: Module) -> Iterator[str]:
    if module.same_as:
        yield f"\n### {module.name}\n\n{module.description}"
        return
    if not any(function.owner == module.name for function in module.functions) and module.description:
        yield f"\n### {module.name}\n\n{module.description}"
    for owner, functions in groupby(module.functions, key=lambda function: function.owner):
        yield f"\n### {title(module, owner)}\n"
        if owner == module.name and module.description:
            yield f"{module.description}\n"
        yield "| function | |\n|---|---|"
        yield from (
            f"| `{short(function)}`{' ⏳' if function.waits else ''} | {cell(function)} |" for function in functions
        )


def title(module: Module, owner: str) -> str:
    if not owner:
        return "global functions"
    names = (module.name, *(alias for alias in module.aliases if not alias.startswith("$")))
    return ", ".join(names) if owner == module.name else HANDLED.get(owner, owner)


def short(function: Function) -> str:
    """The fullest form of a call, without types: `schedule.daily(fn, options?)`. What a form lacks is optional."""
    called = function.signature.partition("(")[0].partition("<")[0]
    forms = [names(line) for line in function.signature.split("\n")]
    fullest, needed = max(forms, key=len), min(len(form) for form in forms)
    optional = {at for form in forms for at, name in enumerate(form) if at >= needed or name.endswith("?")}
    shown = [f"{name.removesuffix('?')}?" if at in optional else name for at, name in enumerate(fullest)]
    return f"{called}({', '.join(shown)})"


def names(signature: str) -> list[str]:
    """Of the parameters, with the `?` of those that may be left out."""
    rest = signature.partition("(")[2]
    depth, end = 1, 0
    while depth and end < len(rest):
        depth += (rest[end] in "([{") - (rest[end] in ")]}")
        end += 1
    return [name for part in top_level(rest[: end - 1]) if (name := part.partition(":")[0].strip())]


def cell(function: Function) -> str:
    return function.text.replace("|", "\\|")
