from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from m3m_core import M3MError, Settings
from m3m_core.secrets import jwt_secret
from m3m_core.settings import JWT, Data

PROCESSES = 8
ASK = """
import sys
from pathlib import Path
from m3m_core import Settings
from m3m_core.secrets import jwt_secret
from m3m_core.settings import Data
sys.stdin.readline()
print(jwt_secret(Settings(data=Data(Path(sys.argv[1])))))
"""


def at(folder: Path, secret: str = "") -> Settings:
    return Settings(data=Data(folder / "data"), jwt=JWT(secret=secret))


def test_it_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = jwt_secret(at(tmp_path))
    assert len(first) >= 64
    assert jwt_secret(at(tmp_path)) == first
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["jwt.secret"]
    assert (tmp_path / "data/jwt.secret").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert jwt_secret(at(tmp_path / "a")) != jwt_secret(at(tmp_path / "b"))


def test_a_configured_one_is_used_and_none_is_made(tmp_path: Path) -> None:
    assert jwt_secret(at(tmp_path, "x" * 40)) == "x" * 40
    assert not (tmp_path / "data").exists()


def test_a_file_that_others_can_read_is_closed(tmp_path: Path) -> None:
    secret = jwt_secret(at(tmp_path))
    file = tmp_path / "data/jwt.secret"
    file.chmod(0o644)
    assert jwt_secret(at(tmp_path)) == secret
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/jwt.secret").write_bytes(content)
    with pytest.raises(M3MError, match="is damaged: remove it"):
        jwt_secret(at(tmp_path))


def test_processes_that_start_at_once_get_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASK, str(tmp_path / "data")]
    waiting = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    for process in waiting:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = {process.communicate()[0] for process in waiting}
    assert len(answers) == 1
    assert len(answers.pop().strip()) >= 64
