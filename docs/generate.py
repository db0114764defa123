"""Write the generated parts of the pages beside this script: `python docs/generate.py`.

With `--check` nothing is written; the exit code is 1 when a page is not what would be written.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from javascript_reference import reference

from m3m_core import hookspecs
from m3m_core.discovery import find
from m3m_core.settings import Plugins
from m3m_core.specs import KERNEL

HERE = Path(__file__).parent
BEGIN, END = "<!-- generated: python docs/generate.py -->", "<!-- end of the generated part -->"


def hooks() -> str:
    """Every hook of the kernel and of the builtins: its signature and its docstring."""
    owners: list[tuple[str, ModuleType]] = [(KERNEL, hookspecs)]
    for found in find(Plugins(path=HERE / "none")):
        manifest = getattr(found.module, "manifest", None)
        if found.source == "builtin" and manifest is not None and manifest.hookspecs is not None:
            owners.append((found.name, manifest.hookspecs))
    return "\n".join(line for owner, module in owners for line in hooks_of(owner, module))


def hooks_of(owner: str, module: ModuleType) -> Iterator[str]:
    yield f"## {'Hooks of the kernel' if owner == KERNEL else f'Hooks of `{owner}`'}\n"
    for name, function in vars(module).items():
        if name.startswith("m3m_") and hasattr(function, "m3m_spec"):
            yield f"### {name}\n\n```python\n{signature(function)}\n```\n\n{inspect.getdoc(function)}\n"


def signature(function: object) -> str:
    source = inspect.getsource(function)  # type: ignore[arg-type]  # a function
    header = source[source.index("def ") : source.index('"""')].strip().removesuffix(":")
    return re.sub(r"\(\s+", "(", re.sub(r"\s+", " ", header)).replace(" )", ")")


def settings() -> str:
    """A table for each section of config.yaml: key, default, and the comment above it."""
    lines: list[str] = []
    section, comment = "", []
    for line in (HERE.parent / "config.yaml").read_text("utf-8").splitlines():
        if found := re.fullmatch(r"(\w+):", line):
            section = found[1]
            lines.append(f"\n### {section}\n\n| key | default | environment | meaning |\n|---|---|---|---|")
        elif found := re.fullmatch(r"  # (.*)", line):
            comment.append(found[1])
        elif found := re.fullmatch(r"  (\w+): ?(.*)", line):
            key, default = found.groups()
            shown = f"`{default}`" if default else ""
            variable = f"M3M_{section}__{key}".upper()
            lines.append(f"| `{section}.{key}` | {shown} | `{variable}` | {' '.join(comment)} |")
            comment = []
    return "\n".join(lines).strip() + "\n"


def javascript() -> str:
    """Every function that the builtins give to services."""
    builtins = [found.module for found in find(Plugins(path=HERE / "none")) if found.source == "builtin"]
    return reference([Path(module.__file__).parent for module in builtins if module is not None and module.__file__])


PAGES = {"hooks.md": hooks, "config.md": settings, "javascript.md": javascript}


def renewed(page: Path, generated: str) -> str:
    """The page with its generated part replaced."""
    before, rest = page.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{generated.strip()}\n\n{END}{after}"


def main(check: bool) -> int:
    stale = 0
    for name, generate in PAGES.items():
        page = HERE / name
        text = renewed(page, generate())
        if text != page.read_text("utf-8"):
            stale += 1
            if not check:
                page.write_text(text, "utf-8")
            sys.stdout.write(f"{page}: {'not up to date, run python docs/generate.py' if check else 'written'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
