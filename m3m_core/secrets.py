"""Secrets made on the first start and kept in `data.path`."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from .config_checks import SHORTEST_SECRET
from .errors import M3MError
from .settings import Settings

RANDOM_BYTES = 48


def jwt_secret(settings: Settings) -> str:
    """The key that signs tokens: the configured one, else the one in `{data.path}/jwt.secret`, made if there is none.

    Safe when several processes start at once: all return the same. Raises M3MError for a damaged file.
    """
    return settings.jwt.secret or kept_secret(settings.data.path / "jwt.secret")


def kept_secret(file: Path) -> str:
    """The secret in `file`; made first, with mode 0600, when there is no such file."""
    if not file.exists():
        _make(file)
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)
    secret = file.read_text("ascii", errors="replace").strip()
    if len(secret) < SHORTEST_SECRET:
        raise M3MError(f"{file} is damaged: remove it and a new one is made; everybody has to log in again then")
    return secret


def _make(file: Path) -> None:
    """Write aside, then link: the name appears once, complete, and only for the first of several processes."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=".secret-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(RANDOM_BYTES) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        Path(file).hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
