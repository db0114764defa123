"""The plugin's own settings: `plugins.config.http` in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from m3m_core import Seconds, Size
from m3m_core.egress import EgressConfig

MB = 1024 * 1024


@dataclass(frozen=True)
class HTTPConfig(EgressConfig):
    """Which addresses services may reach, and the bounds of an exchange.

    `timeout`: connecting, the wait for more data, and the whole exchange take no longer, unless a call says otherwise.
    `max_size`: the largest answer that a service may ask for in memory; `download_limit` the largest one in a file.
    `ca_file`: further certificate authorities, PEM.
    """

    timeout: Seconds = Seconds(20)
    max_size: Size = Size(64 * MB)
    download_limit: Size = Size(2048 * MB)
    ca_file: Path | None = None
