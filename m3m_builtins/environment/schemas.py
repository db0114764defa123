"""Bodies and answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from .documents import Type, Variable


class NewVariable(BaseModel):
    key: str
    type: Type
    value: Any


class VariableChanges(BaseModel):
    """Given keys only are changed; the value must fit the type afterwards."""

    key: str = ""
    type: Type = "string"
    value: Any = None


class VariableAnswer(BaseModel):
    """`value` has the type that `type` says."""

    key: str
    type: Type
    value: Any
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, variable: Variable) -> VariableAnswer:
        return cls(
            key=variable.key,
            type=variable.type,
            value=variable.value,
            created_at=variable.created_at,
            updated_at=variable.updated_at,
        )
