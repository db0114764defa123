"""What Cython makes of a module, what pluggy makes of that, and what `adopt` changes."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pluggy
import pytest
from compiling import compiled

from m3m_core import Manifest
from m3m_core.compiled import adopt
from m3m_core.specs import HookSpecs

SOURCE = '''
from m3m_core import hookimpl, hookspec

@hookspec
def m3m_tea_made(ctx, cup):
    """Tea is ready."""

@hookimpl
def m3m_ready(ctx):
    local = 1
    return ctx, local

@hookimpl(specname="m3m_run_changed")
def renamed(change, ctx):
    return change

def unmarked(ctx):
    return ctx
'''


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    (folder / "native.py").write_text(SOURCE)
    return compiled(folder / "native.py", folder)


@pytest.fixture(scope="module")
def loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("native", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def native(loaded: ModuleType) -> Iterator[ModuleType]:
    """The module as it is imported: a compiled one is the same object however often a process loads it."""
    kept = dict(vars(loaded))
    yield loaded
    vars(loaded).update(kept)


def test_pluggy_alone_sees_no_hooks_in_it(native: ModuleType) -> None:
    """The reason for `adopt`. When this fails, pluggy has learnt it and `compiled.py` may go."""
    manager = pluggy.PluginManager("m3m")
    manager.register(native)
    assert manager.get_hookcallers(native) == []
    with pytest.raises(ValueError, match="did not find any 'm3m' hooks"):
        manager.add_hookspecs(native)


def test_adopted_it_has_its_hooks_with_their_true_arguments(native: ModuleType) -> None:
    specs = HookSpecs()
    hooks, problems = specs.hooks_of(native)
    assert problems == []
    assert {name: hook.arguments for name, hook in hooks.items()} == {
        "m3m_ready": ("ctx",),
        "m3m_run_changed": ("change", "ctx"),
    }
    assert hooks["m3m_ready"].function(ctx=5) == (5, 1)
    assert hooks["m3m_run_changed"].function(ctx=5, change=6) == 6


def test_adopted_it_announces_hooks(native: ModuleType) -> None:
    specs = HookSpecs()
    assert specs.add("native", native) == []
    assert specs.arguments("m3m_tea_made") == ("ctx", "cup")


def test_adopting_twice_changes_nothing_more(native: ModuleType) -> None:
    first = dict(vars(adopt(native)))
    assert inspect.isfunction(first["m3m_ready"])
    assert not inspect.isfunction(first["unmarked"])
    assert vars(adopt(native)) == first


def test_source_modules_stay_as_they_are() -> None:
    module = ModuleType("plain")
    exec(SOURCE, vars(module))
    vars(module)["manifest"] = Manifest("plain", "1.0", "")
    before = dict(vars(module))
    assert adopt(module) is module
    assert vars(module) == before
