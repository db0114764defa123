"""The plugin's own settings: `plugins.config.runtime` in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RuntimeConfig:
    """`metrics_token` lets whoever sends it as a bearer token read `GET /metrics`; empty: only the root user may."""

    metrics_token: str = field(default="", repr=False)
