"""The settings of config.yaml: names, types and defaults in one place. Reading them is the work of `config`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NewType

Seconds = NewType("Seconds", float)
"""Written as `30s`, `5m`, `168h`."""

Size = NewType("Size", int)
"""Bytes. Written as `64MB`, `512KB`."""


def default_workers() -> int:
    return min(len(os.sched_getaffinity(0)), 4)


@dataclass(frozen=True)
class Server:
    host: str = "0.0.0.0"  # noqa: S104  # a server for others is the purpose
    port: int = 3000
    uri: str = "http://127.0.0.1:3000"
    services_uri: str = ""
    workers: int = field(default_factory=default_workers)
    body_limit: Size = Size(32 * 1024 * 1024)
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()


@dataclass(frozen=True)
class MongoDB:
    uri: str = "embedded"
    database: str = "m3m"
    binary: str = ""


@dataclass(frozen=True)
class Data:
    path: Path = Path("./data")


@dataclass(frozen=True)
class JWT:
    secret: str = ""
    expiration: Seconds = Seconds(15 * 60)
    refresh_expiration: Seconds = Seconds(168 * 3600)


@dataclass(frozen=True)
class Storage:
    path: Path = Path("./storage")


@dataclass(frozen=True)
class Logging:
    level: str = "info"
    path: Path = Path("./logs")


@dataclass(frozen=True)
class Runtime:
    timeout: Seconds = Seconds(30)
    shutdown_timeout: Seconds = Seconds(10)
    memory_limit: Size = Size(128 * 1024 * 1024)
    worker_pool_size: int = 10
    log_limit: Size = Size(50 * 1024 * 1024)


@dataclass(frozen=True)
class Plugins:
    path: Path = Path("./plugins")
    disabled: tuple[str, ...] = ()
    config: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """Everything in config.yaml, checked, with defaults filled in and paths made absolute.

    `file` is the configuration file, None when there is none.
    """

    server: Server = Server()
    mongodb: MongoDB = MongoDB()
    data: Data = Data()
    jwt: JWT = JWT()
    storage: Storage = Storage()
    logging: Logging = Logging()
    runtime: Runtime = Runtime()
    plugins: Plugins = Plugins()
    file: Path | None = field(default=None, metadata={"key": False})
