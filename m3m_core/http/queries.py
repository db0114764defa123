"""The parameters of a query, checked by the operation's pydantic model."""

from __future__ import annotations

from functools import cache
from typing import get_origin

import falcon
from pydantic import BaseModel, ValidationError

from ..errors import Malformed
from .fields import field_errors


def parse(req: falcon.Request, model: type[BaseModel]) -> BaseModel:
    """The query as a `model`, which may ask its validators' context for the `actor`.

    A parameter that stands several times is a list where the model wants one, else the last one counts. What the model
    does not know is left out, unless it forbids that. Raises Malformed with every wrong parameter.
    """
    given = {name: _all(value) if name in _lists(model) else _all(value)[-1] for name, value in req.params.items()}
    try:
        return model.model_validate(given, context={"actor": req.context.actor})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise Malformed("Some parameters are not accepted.", fields=field_errors(details)) from None


def _all(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@cache
def _lists(model: type[BaseModel]) -> frozenset[str]:
    fields = model.model_fields.items()
    return frozenset(field.alias or name for name, field in fields if get_origin(field.annotation) is list)
