"""The folder of sockets is the server's alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from m3m_core import Forbidden, Settings
from m3m_core.paths import sockets
from m3m_core.settings import Data


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """With a data folder whose name is too long for sockets in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return Settings(data=Data(tmp_path / ("x" * 100)))


def test_sockets_are_in_the_data_folder_where_they_fit() -> None:
    with tempfile.TemporaryDirectory(prefix="m3m-") as folder:
        assert sockets(Settings(data=Data(Path(folder)))) == Path(folder) / "sockets"


def test_a_folder_beside_others_is_made_for_this_user_alone(settings: Settings, tmp_path: Path) -> None:
    folder = sockets(settings)
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700
    assert sockets(settings) == folder


def link(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere")


def open_to_all(folder: Path) -> None:
    folder.chmod(0o755)


@pytest.mark.parametrize("spoil", [link, open_to_all])
def test_a_folder_that_others_may_enter_is_refused(settings: Settings, spoil: Callable[[Path], None]) -> None:
    spoil(sockets(settings))
    with pytest.raises(Forbidden, match="not this user's alone"):
        sockets(settings)


def test_a_folder_of_another_user_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    made, name = sockets(settings), os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: name + 1)
    made.rename(made.with_name(made.name.replace(f"m3m-{name}-", f"m3m-{name + 1}-")))
    with pytest.raises(Forbidden, match="not this user's alone"):
        sockets(settings)
