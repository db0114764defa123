"""Where a JSON text goes wrong. The engine reads the right ones by itself; it tells no place in the wrong ones."""

from __future__ import annotations

import json

from .places import WrongTextError


def check(text: str) -> None:
    """Raises WrongTextError with the place; nothing when the text is JSON after all."""
    try:
        json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise WrongTextError(_told(error.msg), text, error.pos) from None
    except _Constant as error:
        raise WrongTextError(f"JSON has no {error}", text, text.find(str(error))) from None
    except RecursionError:
        raise WrongTextError("the JSON is nested too deeply", text, 0) from None


class _Constant(Exception):
    """NaN or Infinity."""


def _refuse(name: str) -> None:
    raise _Constant(name)


def _told(message: str) -> str:
    return f"this is not JSON: {message[0].lower()}{message[1:]}"
