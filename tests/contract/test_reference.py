"""Every function that a service can call has a sentence and an example, which the admin's page and the docs show."""

from __future__ import annotations

import pytest

from m3m_builtins.typedefs.reference import Module, modules
from m3m_core import TypeDefinition
from m3m_core.discovery import find
from m3m_core.settings import Plugins

FOUND = modules(
    [
        (found.name, TypeDefinition.beside(found.module.__file__).source)
        for found in find(Plugins())
        if found.source == "builtin" and found.module is not None and found.module.__file__ is not None
    ]
)


@pytest.mark.parametrize("module", FOUND, ids=lambda module: module.name)
def test_every_function_is_explained(module: Module) -> None:
    bare = [function.signature for function in module.functions if not function.text]
    assert bare == []
    bare = [function.signature for function in module.functions if not function.example]
    assert bare == []


CALLED_BY_OTHERS = ("constructor", "toJSON", "toString")


@pytest.mark.parametrize("module", FOUND, ids=lambda module: module.name)
def test_examples_use_what_they_explain(module: Module) -> None:
    strange = [
        function.signature
        for function in module.functions
        if function.example and function.name not in CALLED_BY_OTHERS and function.name not in function.example
    ]
    assert strange == []


@pytest.mark.parametrize("module", FOUND, ids=lambda module: module.name)
def test_texts_are_sentences(module: Module) -> None:
    texts = [function.text for function in module.functions if function.text]
    assert [text for text in texts if not text.rstrip('")`').endswith((".", "?", ":")) or len(text) > 900] == []


def test_the_known_modules_are_there() -> None:
    assert {"service", "router", "schedule", "storage", "database", "image", "draw", "http"} <= {
        one.name for one in FOUND
    }
