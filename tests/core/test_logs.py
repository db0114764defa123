from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

from m3m_core import logs


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root, mongo = logging.getLogger(), logging.getLogger("pymongo")
    kept = root.handlers[:], root.level, mongo.level
    yield
    root.handlers[:], mongo.level = kept[0], kept[2]
    root.setLevel(kept[1])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


def test_a_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("info")
    logging.getLogger("m3m.goals").warning("lost %d\nof %s", 2, "Привет", extra={"request_id": "r1", "path": object})
    (line,) = lines(capsys)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {
        "level": "warning",
        "logger": "m3m.goals",
        "message": "lost 2\nof Привет",
        "request_id": "r1",
        "path": "<class 'object'>",
    }


def test_an_exception_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("info")
    try:
        raise ValueError("no")
    except ValueError:
        logging.getLogger("m3m").exception("failed")
    (line,) = lines(capsys)
    assert line["level"] == "error"
    assert line["exception"].endswith("ValueError: no")


@pytest.mark.parametrize(
    ("level", "expected"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)], ids=lambda value: str(value)
)
def test_levels(capsys: pytest.CaptureFixture[str], level: str, expected: int) -> None:
    logs.setup(level)
    logger = logging.getLogger("m3m.levels")
    for write in (logger.debug, logger.info, logger.warning, logger.error):
        write("x")
    assert len(lines(capsys)) == expected


def test_setting_up_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("error")
    logs.setup("info")
    logging.getLogger("m3m").info("x")
    assert len(lines(capsys)) == 1


def test_the_driver_does_not_log_commands_with_their_values(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup("debug")
    logging.getLogger("pymongo.command").debug("insert secrets")
    assert lines(capsys) == []


def test_what_extra_says_never_hides_the_line_itself() -> None:
    record = logging.makeLogRecord({"msg": "m", "levelno": 20, "levelname": "INFO", "name": "n", "time": "x"})
    assert json.loads(logs.JSONLines().format(record))["time"].startswith("20")
