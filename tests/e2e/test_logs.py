"""The log of a run: pages, filters, download, and live."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any, NamedTuple

import pytest

from m3m_core.testing import LiveServer

from .client import Admin, Project, until

LINE = re.compile(r"^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] \[(DEBUG|INFO|WARN|ERROR)\] .")
CODE = """
router.get("/say/:level/:text", (ctx) => { logger[ctx.params.level](ctx.params.text) })
router.get("/many/:count", (ctx) => { for (let i = 0; i < Number(ctx.params.count); i++) logger.info("line", i) })
router.get("/order", () => {
  console.log("1"); logger.info("2"); console.error("3"); logger.debug("4"); console.log("5")
})
router.get("/timer", () => { setTimeout(() => { throw new Error("in a timer") }, 1) })
router.get("/interval", () => {
  let n = 0
  const id = setInterval(() => { if (++n === 3) clearInterval(id); throw new Error(`tick ${n}`) }, 1)
})
router.get("/async-timer", () => { setTimeout(async () => { await null; throw new Error("later in a timer") }) })
router.get("/delayed", () => { delayed.run(() => { throw new Error("delayed") }) })
router.get("/odd", () => {
  logger.info("two\\nlines", { a: [1] }, "\\u001b[31mred\\u0000")
  logger.info("half \\ud800", "Ünï 🌍")
  logger.info("[2026-01-01T00:00:00.000Z] [ERROR] forged")
  logger.info("first\\n[2026-01-01T00:00:00.000Z] [ERROR] forged")
})
service.shutdown(() => { logger.info("the very last line") })
"""


class Event(NamedTuple):
    name: str
    id: str
    data: Any


class Stream:
    """A reader of the live log. A context manager."""

    def __init__(self, server: LiveServer, admin: Admin, project: Project, last: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=15)
        headers = admin.headers | ({"Last-Event-ID": last} if last else {})
        self._connection.request("GET", f"/api/projects/{project.slug}/logs/stream", headers=headers)
        self._answer = self._connection.getresponse()
        assert (self._answer.status, self._answer.getheader("content-type")) == (
            200,
            "text/event-stream; charset=utf-8",
        )

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self._answer.close()
        self._connection.close()

    def events(self) -> Iterator[Event]:
        fields: dict[str, str] = {}
        while raw := self._answer.readline():
            line = raw.decode().rstrip("\n")
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "data" in fields:
                yield Event(fields["event"], fields.get("id", ""), json.loads(fields["data"]))
                fields = {}
            else:
                fields = {}

    def until(self, text: str) -> list[Event]:
        """All events up to the line that holds the text."""
        found: list[Event] = []
        for event in self.events():
            found.append(event)
            if event.name == "line" and text in event.data["message"]:
                return found
        raise AssertionError(f"the stream ended without {text!r}: {found}")


def texts(events: list[Event]) -> list[str]:
    return [event.data["message"] for event in events if event.name == "line"]


# ---- asked for -------------------------------------------------------------------------------------------------------


def test_pages_levels_and_search(project: Project) -> None:
    project.run(CODE)
    project.get("/many/25")
    project.get("/say/error/Something%20BAD")
    project.get("/say/warn/careful")
    project.until_logged("careful")
    page = project.ask("GET", "/logs?per_page=10&page=2")
    assert [entry["message"] for entry in page["items"][:2]] == ["line 16", "line 15"]
    assert (page["page"], page["per_page"], page["total_pages"]) == (2, 10, 3)
    assert [entry["message"] for entry in project.log(level="error")] == ["Something BAD"]
    assert [entry["level"] for entry in project.log(search="CAREful")] == ["warn"]
    assert len(project.log(level="info", search="line 1")) == 11
    assert project.log(search="no such text") == []
    assert project.send("GET", "/logs?level=loud").status == 400
    assert project.send("GET", "/logs?page=0").status == 400


def test_after_a_cursor(project: Project) -> None:
    project.run(CODE)
    project.get("/many/3")
    cursor = next(entry for entry in project.log() if entry["message"] == "line 0")["cursor"]
    assert project.messages(after=cursor) == ["line 1", "line 2"]
    newest = project.log(after=cursor)[-1]["cursor"]
    assert project.messages(after=newest) == []
    project.get("/say/info/more")
    until(lambda: project.messages(after=newest) == ["more"])
    for unknown in ("nonsense", "1-2", f"{'0' * 24}-1-5", f"{cursor}9", f"{cursor}-1", cursor.replace("-", "-9")):
        assert project.log(after=unknown)[0]["message"] != "more"
    project.restart()
    assert project.messages(after=newest)[0].startswith("starting")


def test_never_ran(project: Project) -> None:
    assert project.log() == []
    assert project.send("GET", "/logs/download").status == 404


def test_download(project: Project) -> None:
    run_id = project.run(CODE)["run_id"]
    project.get("/many/1000")
    project.get("/odd")
    project.until_logged("Ünï")
    answer = project.send("GET", "/logs/download")
    assert answer.header("content-type") == "text/plain; charset=utf-8"
    assert f"{project.slug}-{run_id}.log" in answer.header("content-disposition")
    lines = answer.text.splitlines()
    assert len(lines) > 1000
    assert [line for line in lines if not LINE.match(line) and not line.startswith("    ")] == []
    assert answer.text.isprintable() or set(re.findall(r"[^\x20-\x7e\xa0-\U0010ffff]", answer.text)) == {"\n"}


def test_what_is_written(project: Project) -> None:
    project.run(CODE)
    project.get("/order")
    project.until_logged("5")
    assert project.messages()[-5:] == ["1", "2", "3", "4", "5"]
    project.get("/odd")
    project.until_logged("first")
    entries = project.log()[3::-1]
    assert [entry["level"] for entry in entries] == ["info"] * 4
    assert [entry["message"] for entry in entries] == [
        'two\nlines {"a":[1]} \\u001b[31mred\\u0000',
        "half � Ünï 🌍",
        "[2026-01-01T00:00:00.000Z] [ERROR] forged",
        "first\n[2026-01-01T00:00:00.000Z] [ERROR] forged",
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/timer", "timer: Error: in a timer\n    at main.js:"),
        ("/interval", "timer: Error: tick 3\n"),
        ("/async-timer", "timer: Error: later in a timer\n"),
        ("/delayed", "Error: delayed\n"),
    ],
)
def test_errors_beside_requests(project: Project, path: str, message: str) -> None:
    project.run(CODE)
    assert project.get(path).status == 204
    entry = project.until_logged(message.splitlines()[0])
    assert message in f"{entry}\n"
    assert project.get("/order").status == 204


# ---- live ------------------------------------------------------------------------------------------------------------


def test_live(server: LiveServer, admin: Admin, project: Project) -> None:
    run_id = project.run(CODE)["run_id"]
    with Stream(server, admin, project) as stream:
        project.get("/say/warn/hello")
        first, *others = stream.until("hello")
        assert (first.name, first.data) == ("run", {"run_id": run_id})
        assert others[-1].data | {"time": ""} == {
            "time": "",
            "level": "warn",
            "message": "hello",
            "cursor": others[-1].id,
        }
        project.get("/many/500")
        assert texts(stream.until("line 499")) == [f"line {number}" for number in range(500)]


def test_live_resumes_without_gap_or_repetition(server: LiveServer, admin: Admin, project: Project) -> None:
    project.run(CODE)
    with Stream(server, admin, project) as stream:
        project.get("/say/info/one")
        last = stream.until("one")[-1].id
    project.get("/many/1000")
    with Stream(server, admin, project, last) as stream:
        project.get("/say/info/two")
        events = stream.until("two")
    assert {event.name for event in events} == {"line"}
    assert texts(events) == [*(f"line {number}" for number in range(1000)), "two"]


def test_live_goes_on_with_the_next_run(server: LiveServer, admin: Admin, project: Project) -> None:
    old = project.run(CODE)["run_id"]
    with Stream(server, admin, project) as stream:
        project.get("/say/info/before")
        last = stream.until("before")[-1].id
        new = project.restart()["run_id"]
        project.get("/say/info/afterwards")
        events = stream.until("afterwards")
        assert "the very last line" in texts(events)
        assert [event.data for event in events if event.name == "run"] == [{"run_id": new}]
        assert new != old
    with Stream(server, admin, project, last) as stream:
        events = stream.until("afterwards")
    assert events[0] == Event("run", "", {"run_id": new})
    assert not any("before" in text for text in texts(events))


def test_live_of_a_project_that_never_ran(server: LiveServer, admin: Admin, project: Project) -> None:
    with Stream(server, admin, project) as stream:
        project.run(CODE)
        project.get("/say/info/born")
        assert stream.until("born")[0].name == "run"


def test_a_new_reader_gets_the_end_of_a_long_log(server: LiveServer, admin: Admin, project: Project) -> None:
    project.run(CODE)
    project.get("/many/900")
    project.until_logged("line 899")
    with Stream(server, admin, project) as stream:
        found = texts(stream.until("line 899"))
    assert (len(found), found[0]) == (200, "line 700")
