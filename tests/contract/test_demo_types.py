"""The service of the demo, judged by the TypeScript compiler with the types of the demo's models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_model_types import declared_for
from test_types import ask

from m3m_builtins.demo import data
from m3m_builtins.demo.service import CODE
from m3m_core.testing import kernel

PROJECT = "0123456789abcdef01234567"
MISSPELT = {
    "note: note ??": ("notes: note ??", "notes"),
    "{ state: 'packed' }": ("{ sate: 'packed' }", "sate"),
    "{ customer: customer.id }": ("{ costumer: customer.id }", "costumer"),
    "findOne({}, { sort: '-vip' })": ("findOne({ vpi: true })", "vpi"),
}


@pytest.fixture(scope="module")
def declarations() -> Iterator[str]:
    with kernel() as running:
        models = running.host.context("datastore").service.models
        for model in data.MODELS:
            models.create(PROJECT, model)
        yield "\n".join(each.source for each in declared_for(running, PROJECT))


def test_it_fits(declarations: str, tmp_path: Path) -> None:
    assert ask(tmp_path, declarations, CODE)["errors"] == []


def test_a_misspelt_field_is_found(declarations: str, tmp_path: Path) -> None:
    """Where the compiler knows the type: parameters without one may be anything."""
    code = CODE.read_text()
    services = []
    for number, (right, (wrong, _)) in enumerate(MISSPELT.items()):
        assert right in code
        services.append(tmp_path / f"{number}.js")
        services[-1].write_text(code.replace(right, wrong))
    errors = ask(tmp_path, declarations, *services)["errors"]
    for service, (_, word) in zip(services, MISSPELT.values(), strict=True):
        assert [error for error in errors if error["file"] == str(service) and word in error["message"]], word
