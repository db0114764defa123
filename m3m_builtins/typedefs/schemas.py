"""What the HTTP API answers."""

from __future__ import annotations

from pydantic import BaseModel


class FunctionAnswer(BaseModel):
    """`signature` has one line for each form; `waits`: there is a twin `…Async` that returns a Promise."""

    name: str
    owner: str
    signature: str
    text: str
    example: str
    waits: bool


class ModuleAnswer(BaseModel):
    """`same_as` names the module that has the same functions, empty for none."""

    name: str
    aliases: list[str]
    plugin: str
    description: str
    functions: list[FunctionAnswer]
    same_as: str
