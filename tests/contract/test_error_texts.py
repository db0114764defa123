"""The admin's own words for refusals belong to codes that the server really answers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ERRORS = json.loads((ROOT / "m3m_ui/src/locales/en/errors.json").read_text())
SERVER = "\n".join(
    file.read_text() for package in ("m3m_core", "m3m_builtins") for file in sorted((ROOT / package).rglob("*.py"))
)
STATES = ("running", "starting", "stopping")
"""Of which `already_…` is made."""


@pytest.mark.parametrize("part", ["codes", "fields"])
def test_every_text_belongs_to_a_code(part: str) -> None:
    known = set(re.findall(r'"([a-z_]+)"', SERVER)) | {f"already_{state}" for state in STATES}
    assert set(ERRORS[part]) <= known
