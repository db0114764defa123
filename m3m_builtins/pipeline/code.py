"""What code may look like before it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from m3m_core import Invalid, TooLarge, field

from .documents import Code, File

MAIN = "main"
LARGEST = 1024 * 1024
"""Bytes of all code of one branch together."""

MOST_FILES = 100
FILE_NAME = re.compile(r"(?=.{1,100}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
RESERVED = (MAIN, f"{MAIN}.js")


class FileData(TypedDict):
    name: str
    code: str


def template() -> Code:
    """The code of a new project: a service that runs as it is."""
    return Code(main=Path(__file__).with_name("template.js").read_text("utf-8"))


def changed(current: Code, main: str | None, files: Sequence[FileData] | None) -> Code:
    """The code after the given parts are replaced. Raises Invalid, TooLarge."""
    result = Code(main=current.main if main is None else main, files=list(current.files))
    if files is not None:
        _check_names([file["name"] for file in files])
        result.files = [File(name=file["name"], code=file["code"]) for file in files]
    size = sum(len(text.encode()) for text in sources(result).values())
    if size > LARGEST:
        raise TooLarge(f"The code is {size} bytes long; at most {LARGEST} are allowed.", code="code_too_large")
    return result


def sources(content: Code) -> Mapping[str, str]:
    """File names to code, as the runtime takes them."""
    return {MAIN: content.main, **{file.name: file.code for file in content.files}}


def _check_names(names: Sequence[str]) -> None:
    wrong = {}
    for index, name in enumerate(names):
        if not FILE_NAME.fullmatch(name):
            wrong[f"files.{index}.name"] = field(
                "invalid_name", "Use letters, digits, . _ - and / between folders, at most 100, no part starting with ."
            )
        elif name in RESERVED:
            wrong[f"files.{index}.name"] = field("reserved_name", f"{name} is the service's own main file.")
        elif name in names[:index]:
            wrong[f"files.{index}.name"] = field("duplicate_name", f"There are two files named {name}.")
    if wrong:
        raise Invalid("Some of the files cannot be saved.", fields=wrong)
