"""What requests about records need to know before they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from m3m_core import Operation

from .documents import Model
from .schema import matching


def lookups(operation: Operation, params: dict[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The model of the path, beside its project. When there is a body to wait for, it is read after that."""
    if "model" not in params or operation.body is not None or operation.stream_body:
        return {}
    same_project = {"localField": "project._id", "foreignField": "project_id"}
    body = {"from": Model._get_collection_name(), **same_project, "pipeline": [{"$match": matching(params["model"])}]}
    return {"model": body}
