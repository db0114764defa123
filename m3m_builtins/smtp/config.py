"""The plugin's own settings: `plugins.config.smtp` in config.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from m3m_core import Seconds, Size
from m3m_core.egress import EgressConfig

MB = 1024 * 1024


@dataclass(frozen=True)
class SMTPConfig(EgressConfig):
    """Which mail servers may be used, the one of all projects that name none, and the bounds of a mail.

    `host` empty: there is none. `port` 0: 465 with `secure`, else 587. `secure`: TLS from the first byte. `starttls`:
    required unless it is `false`. `sender` is who a mail is from when the service does not say. `message_limit`: a
    whole mail as it is sent.
    """

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    secure: bool = False
    starttls: bool = True
    sender: str = ""
    timeout: Seconds = Seconds(20)
    message_limit: Size = Size(25 * MB)
    recipient_limit: int = 100
