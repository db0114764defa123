from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hosts import source, write

from m3m_core.discovery import DISABLED, FILE_MODULES, Found, find
from m3m_core.settings import Plugins

FOREIGN = "cpython-37m-sparc-linux-gnu"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith(FILE_MODULES)]:
        del sys.modules[name]


def files(folder: Path, *disabled: str) -> list[Found]:
    return [found for found in find(Plugins(path=folder, disabled=disabled)) if found.source == "file"]


def only(folder: Path, *disabled: str) -> Found:
    (found,) = files(folder, *disabled)
    return found


def test_builtins_are_found_by_their_entry_points() -> None:
    found = {item.name: item for item in find(Plugins(path=Path("/none")))}
    plugins = found["plugins"]
    assert (plugins.source, plugins.error, plugins.location) == ("builtin", None, "m3m_builtins.plugins.plugin")
    assert plugins.module is sys.modules["m3m_builtins.plugins.plugin"]


def test_no_folder_means_no_files(tmp_path: Path) -> None:
    assert files(tmp_path / "none") == []


def test_only_python_files_at_the_top_count(folder: Path) -> None:
    for name in ("b.py", "a.py", "_c.py", ".d.py", "e.txt", "README.md", "sub/f.py", "g.py.bak", "h.cfg"):
        write(folder, name, source("x"))
    (folder / "dir.py").mkdir()
    assert [(item.name, item.location) for item in files(folder)] == [
        ("a", str(folder / "a.py")),
        ("b", str(folder / "b.py")),
    ]


def test_a_file_is_imported_under_a_name_that_shadows_nothing(folder: Path) -> None:
    write(folder, "json.py", source("json"))
    found = only(folder)
    assert found.module is not None
    assert found.module.__name__ == f"{FILE_MODULES}.json"
    assert sys.modules["json"].__file__ != found.module.__file__


def test_dataclasses_work_in_a_file(folder: Path) -> None:
    body = "import dataclasses, typing\n@dataclasses.dataclass\nclass C:\n    k: typing.ClassVar[int] = 1\n"
    write(folder, "data.py", "from __future__ import annotations\n" + source("data", body))
    assert only(folder).error is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import nothing_of_that_name", "import failed: ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("def broken(:", "import failed: SyntaxError: "),
        ("1/0", "import failed: ZeroDivisionError: division by zero"),
        ("import sys; sys.exit(3)", "import failed: SystemExit: 3"),
        ("raise RuntimeError('two\\nlines')", "import failed: RuntimeError: two lines"),
    ],
)
def test_an_import_that_fails_is_a_reason(folder: Path, text: str, reason: str) -> None:
    write(folder, "broken.py", text)
    found = only(folder)
    assert found.module is None
    assert (found.error or "").startswith(reason)
    assert f"{FILE_MODULES}.broken" not in sys.modules


def test_a_disabled_file_is_not_imported(folder: Path) -> None:
    write(folder, "broken.py", "1/0")
    write(folder, f"other.{FOREIGN}.so", "")
    assert [item.error for item in files(folder, "broken", "other")] == [DISABLED, DISABLED]


def test_a_file_for_another_python_says_so(folder: Path) -> None:
    write(folder, f"fast.{FOREIGN}.so", "not for us")
    found = only(folder)
    assert (found.name, found.module) == ("fast", None)
    assert (found.error or "").startswith(f"built for another Python: it is for {FOREIGN}, this is cpython-3")


def test_a_file_that_only_looks_compiled(folder: Path) -> None:
    write(folder, f"fast{importlib.machinery.EXTENSION_SUFFIXES[0]}", "not a library")
    assert (only(folder).error or "").startswith("import failed: ImportError: ")


def package(folder: Path, distribution: str, points: str, **modules: str) -> None:
    for name, text in modules.items():
        write(folder, f"{name}.py", text)
    info = folder / f"{distribution}-1.0.dist-info"
    write(info, "METADATA", f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    write(info, "entry_points.txt", f"[m3m]\n{points}\n")


@pytest.mark.parametrize(
    ("point", "text", "error"),
    [
        ("tidy = tidy_plugin", source("tidy"), None),
        ("tidy = tidy_plugin", "1/0", "import failed: ZeroDivisionError: division by zero"),
        ("tidy = nowhere_at_all", "", "import failed: ModuleNotFoundError: No module named 'nowhere_at_all'"),
        (
            "tidy = tidy_plugin:manifest",
            source("tidy"),
            "import failed: TypeError: the entry point tidy_plugin:manifest",
        ),
    ],
)
def test_an_installed_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch, point: str, text: str, error: str | None
) -> None:
    package(folder, "tidy-for-m3m", point, tidy_plugin=text)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "tidy_plugin", raising=False)
    (found,) = [item for item in find(Plugins(path=folder / "none")) if item.name == "tidy"]
    assert (found.source, found.location) == ("entry point", f"{point.partition(' = ')[2]} of tidy-for-m3m")
    assert (found.module is None) == (error is not None)
    assert (found.error or "").startswith(error or "")
    monkeypatch.delitem(sys.modules, "tidy_plugin", raising=False)


def test_the_order_is_builtins_then_installed_then_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(folder / "site", "aaa", "aaa = aaa_plugin\nzzz = zzz_plugin", aaa_plugin=source("aaa"), zzz_plugin="")
    write(folder, "bbb.py", source("bbb"))
    monkeypatch.syspath_prepend(str(folder / "site"))
    found = find(Plugins(path=folder))
    builtins = [item.name for item in found if item.source == "builtin"]
    assert [item.name for item in found] == [*builtins, "aaa", "zzz", "bbb"]
    assert builtins == sorted(builtins)
    for name in ("aaa_plugin", "zzz_plugin"):
        monkeypatch.delitem(sys.modules, name)
