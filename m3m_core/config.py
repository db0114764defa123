"""Reading config.yaml: strict, with every wrong key reported at once."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

from .config_checks import check
from .config_values import Reader, Text, dotted, key_fields
from .errors import M3MError
from .settings import Settings

T = TypeVar("T")

PREFIX = "M3M_"
SEPARATOR = "__"


class ConfigError(M3MError):
    """The configuration is wrong; the message lists every wrong key."""

    code = "config"


def load(file: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings from `file` (None: defaults alone) with the overrides of the environment. Raises ConfigError.

    Paths are relative to the file's folder, without a file to the current one.
    """
    where = file.absolute() if file else None
    base = where.parent if where else Path.cwd()
    problems: list[str] = []
    raw = _resolve(_read(where), "", environ, base, problems)
    origins = _override(raw, environ, problems)
    reader = Reader(base, origins, known=tuple(keys()))
    settings: Settings | None = reader.record(Settings, raw, "")
    if settings is not None:
        for path, message in check(settings):
            reader.problem(path, message)
    problems += reader.problems
    if settings is None or problems:
        raise ConfigError(f"{where or 'configuration'}: {'; '.join(problems)}")
    if (raw.get("server") or {}).get("uri") is None:
        address = f"http://127.0.0.1:{settings.server.port}"
        settings = dataclasses.replace(settings, server=dataclasses.replace(settings.server, uri=address))
    return dataclasses.replace(settings, file=where)


def plugin_config(kind: type[T], raw: Mapping[str, Any], where: str, base: Path | None = None) -> T:
    """A plugin's raw settings as its own dataclass `kind`, as strictly as the program's own. Raises ConfigError.

    `where` is the path of the settings, for messages. A ValueError from the dataclass's `__post_init__` counts too.
    """
    reader = Reader(base or Path.cwd())
    settings = reader.record(kind, dict(raw), where)
    if reader.problems:
        raise ConfigError("; ".join(reader.problems))
    return typing.cast(T, settings)


def keys(kind: type = Settings, where: str = "") -> Iterator[str]:
    """The dotted path of every key that config.yaml can have."""
    hints = typing.get_type_hints(kind)
    for name in key_fields(kind):
        if dataclasses.is_dataclass(hints[name]):
            yield from keys(hints[name], dotted(where, name))
        else:
            yield dotted(where, name)


class _StrictLoader(yaml.SafeLoader):
    """YAML that refuses a key given twice; PyYAML alone keeps the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key} is there twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _read(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        raw = yaml.load(file.read_text("utf-8"), _StrictLoader)  # noqa: S506  # a SafeLoader with one more check
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file} is not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ConfigError(f"{file} is not valid YAML{place}: {error.problem}") from None
    except yaml.YAMLError:
        raise ConfigError(f"{file} is not valid YAML") from None
    if raw is not None and not isinstance(raw, dict):
        raise ConfigError(f"{file} must hold keys with values, such as `server:`")
    return raw or {}


def _resolve(raw: Any, where: str, environ: Mapping[str, str], base: Path, problems: list[str]) -> Any:
    """`raw` with every `{env: NAME}` and `{file: path}` replaced by what it names."""
    if isinstance(raw, list):
        return [_resolve(item, f"{where}[{index}]", environ, base, problems) for index, item in enumerate(raw)]
    if not isinstance(raw, dict):
        return raw
    if len(raw) == 1 and where:
        (key, name), *_ = raw.items()
        if key == "env" and isinstance(name, str):
            if name not in environ:
                problems.append(f"{where}: the environment variable {name} is not set")
            return Text(environ[name]) if name in environ else None
        if key == "file" and isinstance(name, str):
            return _read_value(Path(base, name), where, problems)
    return {key: _resolve(item, dotted(where, key), environ, base, problems) for key, item in raw.items()}


def _read_value(file: Path, where: str, problems: list[str]) -> Text | None:
    try:
        return Text(file.read_text("utf-8").rstrip("\r\n"))
    except OSError as error:
        problems.append(f"{where}: {file} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        problems.append(f"{where}: {file} is not UTF-8 text")
    return None


def _override(raw: dict[str, Any], environ: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    """Put the values of `M3M_SECTION__KEY` into `raw`; returns the variable's name for each path that it set."""
    origins: dict[str, str] = {}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or SEPARATOR not in name:
            continue
        *path, last = name.removeprefix(PREFIX).lower().split(SEPARATOR)
        if not all((*path, last)):
            problems.append(f"{name}: must name a key, such as M3M_SERVER__PORT")
            continue
        target = raw
        for part in path:
            if not isinstance(target.get(part), dict):
                target[part] = {}
            target = target[part]
        target[last] = Text(environ[name])
        origins[".".join((*path, last))] = name
    return origins
