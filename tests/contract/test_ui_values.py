"""What the admin repeats of the server, because no answer of the API says it: it must be the same."""

from __future__ import annotations

import re
from pathlib import Path

from m3m_builtins.datastore.layouts import VIEWS
from m3m_builtins.datastore.schema import TYPES
from m3m_builtins.projects.colors import COLORS

SOURCE = Path(__file__).parents[2] / "m3m_ui/src"
DATA_TYPES = SOURCE / "features/data/lib/types.ts"


def literal(path: Path, name: str) -> str:
    """What is between the brackets of `export const name = […]` or `{…}`."""
    found = re.search(rf"^export const {name}\b[^=]*= [\[{{](.*?)[\]}}](?: as const)?$", path.read_text(), re.M | re.S)
    assert found is not None, name
    return found[1]


def texts(code: str) -> list[str]:
    return re.findall(r"'([^']+)'", code)


def test_the_types_of_fields_are_the_servers() -> None:
    assert sorted(texts(literal(DATA_TYPES, "TYPES"))) == sorted(TYPES)


def test_the_views_of_fields_are_the_servers_in_their_order() -> None:
    lines = re.findall(r"^  (\w+): \[(.*)\],$", literal(DATA_TYPES, "VIEWS"), re.M)
    assert {name: tuple(texts(views)) for name, views in lines} == dict(VIEWS)


def test_the_colours_are_the_servers() -> None:
    assert texts(literal(SOURCE / "lib/colors.ts", "COLORS")) == list(COLORS)
