"""The plugin's own settings: `plugins.config.storage` in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from m3m_core import Size

MB = 1024 * 1024


@dataclass(frozen=True)
class StorageConfig:
    """`upload_limit`: one upload, all its files together. `unpacked_limit`: what one archive may hold or unfold into.
    `keep_free`: room on the disk that files of projects never take."""

    upload_limit: Size = Size(2048 * MB)
    unpacked_limit: Size = Size(2048 * MB)
    keep_free: Size = Size(256 * MB)
