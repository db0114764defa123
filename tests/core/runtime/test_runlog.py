"""The log of a run: what was said is there, within its limit, whoever writes and whatever dies."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from supervised import open_files

from m3m_core.runtime.logline import LONGEST_LINE
from m3m_core.runtime.runlog import RunLog, line, older
from m3m_core.runtime.sizes import shown

LIMIT = 64 * 1024


def both(path: Path) -> str:
    return "".join(part.read_text() for part in (older(path), path) if part.exists())


def size(path: Path) -> int:
    return sum(part.stat().st_size for part in (older(path), path) if part.exists())


def test_a_line(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "deep" / "a.log", LIMIT)
    log.write("warn", "first\nsecond")
    log.write("no such level", "third")
    log.close()
    first, second, third = (tmp_path / "deep" / "a.log").read_text().splitlines()
    assert first.endswith("Z] [WARN] first")
    assert second == "    second"
    assert third.endswith("[INFO] third")


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "project" / "a.log"
    log = RunLog(path, LIMIT)
    log.write("info", "x" * (LIMIT // 2))
    log.write("info", "a new part")
    log.close()
    assert [file.stat().st_mode & 0o777 for file in (path.parent, path, older(path))] == [0o700, 0o600, 0o600]


def test_a_huge_line_is_cut_and_says_how_long_it_was() -> None:
    text = line("info", "x" * (LONGEST_LINE + 1))
    assert text.endswith(f"x… ({LONGEST_LINE + 1} characters)\n")
    assert len(text) < LONGEST_LINE + 100


def test_every_line_is_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    log = RunLog(path, LIMIT)
    for number in range(300):
        log.write("info", str(number))
        assert path.read_text().endswith(f" {number}\n")
    log.close()


def test_nothing_comes_after_the_last_line(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    log = RunLog(path, LIMIT)
    log.write("info", "first")
    log.write_last("error", "the end")
    log.write("info", "more")
    assert [entry.rpartition("] ")[2] for entry in path.read_text().splitlines()] == ["first", "the end"]
    log.close()


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("plain  ", "plain"),
        ("Größe 🌍", "Größe 🌍"),
        ("tab\there", "tab\there"),
        ("bell\a", "bell\\u0007"),
        ("a\r\nb\n", "a\n    b"),
        ("a\u2028b\x85", "a\\u2028b\\u0085"),
        ("half \ud800", "half \ud800"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(message: str, written: str) -> None:
    assert line("info", message).partition("] [INFO] ")[2] == f"{written}\n"


def test_a_flood_stays_below_the_limit_and_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    log = RunLog(path, LIMIT)
    for number in range(20_000):
        log.write("info", f"number {number}")
        assert number % 1000 or size(path) <= LIMIT
    log.write("error", "the last line")
    log.close()
    text = both(path)
    assert LIMIT // 2 < size(path) <= LIMIT
    assert "older lines were dropped: the log of a run holds at most 64 KB" in text
    assert text.endswith("the last line\n")
    numbers = [int(entry.rpartition(" ")[2]) for entry in text.splitlines() if "number" in entry]
    assert numbers == list(range(numbers[0], 20_000))


WRITER = """
import sys, time
from pathlib import Path
from m3m_core.runtime.runlog import RunLog
log = RunLog(Path(sys.argv[1]), int(sys.argv[2]))
for number in range(int(sys.argv[4])):
    log.write("info", f"{sys.argv[3]} {number}")
log.write("info", f"{sys.argv[3]} end")
if sys.argv[5:]:
    time.sleep(60)
log.close()
"""


def writer(path: Path, name: str, lines: int, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(LIMIT), name, str(lines), *more])


def test_writers_share_a_file_and_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    processes = [writer(path, name, 10_000) for name in ("one", "two", "three")]
    assert [process.wait(30) for process in processes] == [0, 0, 0]
    assert LIMIT // 2 < size(path) <= LIMIT * 5 // 4  # each may be in the middle of one write
    entries = both(path).splitlines()
    assert all(entry.startswith("[20") and entry.count("[") == 2 for entry in entries)
    assert entries[-1].endswith(" end")


def test_a_killed_process_has_said_its_last(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    process = writer(path, "one", 5, "and wait")
    while not (path.exists() and "end" in path.read_text()):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert path.read_text().count("one") == 6


def test_a_log_that_cannot_be_written_hinders_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "not a folder"
    folder.write_text("")
    log = RunLog(folder / "a.log", LIMIT)
    with caplog.at_level(logging.ERROR):
        log.write("info", "lost")
        log.write("info", "lost too")
    assert caplog.text.count("the log a.log cannot be written") == 1
    folder.unlink()
    log.write("info", "found")
    log.close()
    assert both(folder / "a.log").endswith("found\n")


def test_it_holds_no_file_when_it_is_closed(tmp_path: Path) -> None:
    before = open_files(os.getpid())
    for number in range(5):
        log = RunLog(tmp_path / f"{number}.log", LIMIT)
        log.write("info", "here")
        log.close()
    assert open_files(os.getpid()) <= before


@pytest.mark.parametrize(
    ("number", "text"),
    [(12, "12 B"), (1024, "1 KB"), (32 * 1024**2, "32 MB"), (1536 * 1024, "1.5 MB"), (2 * 1024**3, "2 GB")],
)
def test_sizes_are_shown_as_people_write_them(number: int, text: str) -> None:
    assert shown(number) == text
