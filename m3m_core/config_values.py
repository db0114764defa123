"""The strict reading of values: what YAML, the environment or a file gave becomes what a dataclass declares."""

from __future__ import annotations

import dataclasses
import difflib
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from .settings import Seconds, Size

DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
DURATION_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
SIZE = re.compile(r"(\d+(?:\.\d+)?)(B|KB|MB|GB)", re.IGNORECASE)
SIZE_UNITS = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
BOOLEANS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


class Text(str):
    """A value from the environment or from a file: numbers, booleans and lists arrive as text, and it may be secret."""

    __slots__ = ()


class WrongValueError(ValueError):
    """A value does not fit; the message is a sentence without the key's name and without a secret."""


class Reader:
    """Turns raw mappings into dataclasses and keeps every problem that it met, each with the path of its key.

    Relative paths are made absolute from `base`. `origins` maps the paths of keys to the environment variables that
    set them, and `known` are the paths of all keys, both for the messages.
    """

    def __init__(self, base: Path, origins: Mapping[str, str] | None = None, known: Sequence[str] = ()) -> None:
        self.base = base
        self.origins = origins or {}
        self.known = known
        self.problems: list[str] = []

    def problem(self, where: str, message: str) -> None:
        origin = self.origins.get(where)
        self.problems.append(f"{where} (from {origin}): {message}" if origin else f"{where}: {message}")

    def record(self, kind: type, raw: object, where: str) -> Any:
        """An instance of the dataclass `kind`, or None when it cannot be made."""
        if raw is None:
            raw = {}
        if not isinstance(raw, dict):
            self.problem(where or "the file", "must hold keys with values, such as `name: value`")
            return None
        hints = typing.get_type_hints(kind)
        fields = key_fields(kind)
        for key in raw:
            if key not in fields:
                self.problem(dotted(where, key), f"unknown key ({self._nearest(str(key), where, fields)})")
        values = {name: self._field(item, hints[name], raw, dotted(where, name)) for name, item in fields.items()}
        if any(value is dataclasses.MISSING for value in values.values()):
            return None
        try:
            return kind(**values)
        except ValueError as error:
            self.problem(where, str(error))
            return None

    def _field(self, item: dataclasses.Field[Any], hint: Any, raw: dict[str, Any], where: str) -> Any:
        """The field's value; its default when none or a wrong one is given; MISSING when there is neither."""
        value = raw.get(item.name)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            nested = self.record(hint, value, where)
            return dataclasses.MISSING if nested is None else nested
        if value is not None:
            try:
                return self.value(hint, value)
            except WrongValueError as error:
                self.problem(where, str(error))
        elif item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            self.problem(where, "is required")
        if item.default_factory is not dataclasses.MISSING:
            return item.default_factory()
        default = item.default
        return self._absolute(default) if isinstance(default, Path) else default

    def value(self, hint: Any, raw: object) -> Any:
        """`raw` as the type `hint` says. Raises WrongValueError."""
        if hint is Any:
            return raw
        if hint is Path:
            return self._absolute(Path(read_text(raw)))
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (tuple, list):
            return origin(self.value(arguments[0], item) for item in read_list(raw))
        if origin is dict:
            return {key: self.value(arguments[1], item) for key, item in read_mapping(raw).items()}
        if origin in (Union, types.UnionType):
            return self.value(next(item for item in arguments if item is not types.NoneType), raw)
        if origin is Literal:
            return read_choice(raw, arguments)
        return SCALARS[hint](raw)

    def _absolute(self, path: Path) -> Path:
        return Path(self.base, path.expanduser())

    def _nearest(self, key: str, where: str, fields: Iterable[str]) -> str:
        here = difflib.get_close_matches(key, list(fields), 1)
        if here:
            return f"did you mean {dotted(where, here[0])}?"
        elsewhere = [path for path in self.known if path.rpartition(".")[2] == key]
        candidates = [*self.known, *(dotted(where, name) for name in fields)]
        nearest = elsewhere or difflib.get_close_matches(dotted(where, key), candidates, 1, 0.0)
        return f"the nearest known one is {nearest[0]}" if nearest else "no keys are known here"


def key_fields(kind: type) -> dict[str, dataclasses.Field[Any]]:
    """The fields that are keys of the file: those without `metadata={"key": False}`."""
    return {item.name: item for item in dataclasses.fields(kind) if item.metadata.get("key", True)}


def dotted(where: str, key: object) -> str:
    return f"{where}.{key}" if where else str(key)


def shown(raw: object) -> str:
    """The value for a message, unless it may be secret."""
    return "the given text" if isinstance(raw, Text) else repr(raw)[:60]


def read_text(raw: object) -> str:
    if not isinstance(raw, str):
        raise WrongValueError(f"must be text, not {shown(raw)}")
    return str(raw)


def read_int(raw: object) -> int:
    if isinstance(raw, Text) and re.fullmatch(r"[+-]?\d+", raw.strip()):
        return int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise WrongValueError(f"must be a whole number, not {shown(raw)}")
    return raw


def read_float(raw: object) -> float:
    try:
        if isinstance(raw, Text | int | float) and not isinstance(raw, bool):
            return float(raw)
    except ValueError:
        pass
    raise WrongValueError(f"must be a number, not {shown(raw)}")


def read_bool(raw: object) -> bool:
    found = BOOLEANS.get(raw.strip().lower()) if isinstance(raw, Text) else raw
    if not isinstance(found, bool):
        raise WrongValueError(f"must be true or false, not {shown(raw)}")
    return found


def read_seconds(raw: object) -> Seconds:
    found = DURATION.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise WrongValueError(f"must be a duration such as 500ms, 30s, 5m or 168h, not {shown(raw)}")
    return Seconds(float(found[1]) * DURATION_UNITS[found[2]])


def read_size(raw: object) -> Size:
    found = SIZE.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise WrongValueError(f"must be a size such as 512KB, 64MB or 2GB, not {shown(raw)}")
    return Size(int(float(found[1]) * SIZE_UNITS[found[2].upper()]))


def read_list(raw: object) -> list[Any]:
    if isinstance(raw, Text):
        return [Text(item.strip()) for item in raw.split(",") if item.strip()]
    if not isinstance(raw, list):
        raise WrongValueError(f"must be a list such as [a, b], not {shown(raw)}")
    return raw


def read_mapping(raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict) or not all(isinstance(key, str) for key in raw):
        raise WrongValueError("must hold keys with values, such as `name: value`")
    return {key: {} if value is None else value for key, value in raw.items()}


def read_choice(raw: object, choices: tuple[object, ...]) -> object:
    for choice in choices:
        if raw == choice or (isinstance(raw, Text) and raw == str(choice)):
            return choice
    raise WrongValueError(f"must be one of {', '.join(map(str, choices))}, not {shown(raw)}")


SCALARS: dict[object, Callable[[object], Any]] = {
    str: read_text,
    int: read_int,
    float: read_float,
    bool: read_bool,
    Seconds: read_seconds,
    Size: read_size,
}
