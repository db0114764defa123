"""Jobs as a service sees them: when they run, what keeps them apart, what they leave behind."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import gevent
import orjson
import pytest

from m3m_builtins.schedule import plans
from m3m_builtins.schedule.job import Finished, Job
from m3m_builtins.schedule.scheduler import Scheduler
from m3m_builtins.schedule.summary import summary
from m3m_core import ScriptError
from m3m_core.agenda import SLACK
from m3m_core.idle import IdleRun
from m3m_core.testing import JSRun, run_js

PLUGINS = ["schedule", "logger", "utils", "webapi"]


@pytest.fixture
def js() -> Iterator[JSRun]:
    with run_js(PLUGINS) as run:
        yield run


def test_a_job_runs_again_and_again(js: JSRun) -> None:
    js.run("const show = (job) => { logger.info(job.id, job.name, job.scheduledAt instanceof Date) }\n"
           "schedule.every('100ms', show, {name: 'beat'})")  # fmt: skip
    js.until(lambda: len(js.texts()) >= 3)
    assert set(js.texts()) == {"job-1 beat true"}


def test_cron_with_seconds_runs(js: JSRun) -> None:
    js.run("$schedule.cron('* * * * * *', () => { logger.info('second') })")
    js.until(js.texts)


def test_one_shots_run_once_and_are_gone(js: JSRun) -> None:
    js.run("schedule.delay(20, () => { logger.info('delay') })")
    js.run("schedule.once(new Date(Date.now() + 30), () => { logger.info('once') })")
    assert [job["kind"] for job in js.value("schedule.list()")] == ["delay", "once"]
    js.until(lambda: len(js.texts()) == 2)
    assert js.texts() == ["delay", "once"]
    assert js.value("schedule.list()") == []


def test_a_time_that_has_passed_is_noted(js: JSRun) -> None:
    job = js.value("schedule.once(new Date(0), () => {})")
    assert js.lines == [
        ("warn", "schedule once at 1970-01-01T00:00:00.000Z: that time has passed, the job will not run")
    ]
    assert js.value(f"schedule.get('{job}').state") == "finished"
    assert js.value(f"[schedule.get('{job}').nextRun, schedule.cancel('{job}'), schedule.list().length]") == [
        None,
        True,
        0,
    ]


@pytest.mark.parametrize(
    "function", ["() => { throw new TypeError('bad') }", "async () => { throw new TypeError('bad') }"]
)
def test_an_error_is_logged_and_the_job_goes_on(js: JSRun, function: str) -> None:
    js.run(f"schedule.every('100ms', {function}, {{name: 'sync'}})")
    js.until(lambda: len(js.texts("error")) >= 2)
    assert js.texts("error")[0].startswith("schedule sync: TypeError: bad\n    at ")
    assert "main.js:1:" in js.texts("error")[0]
    history = js.value("schedule.get('sync').history")
    assert history[0]["error"] == "TypeError: bad"
    assert history[0]["durationMs"] >= 0


def test_an_unnamed_job_is_called_by_its_plan(js: JSRun) -> None:
    js.run("schedule.delay(1, () => { throw 'text' })")
    js.until(js.lines.__len__)
    [text] = js.texts("error")
    assert text.startswith("schedule once at 20")
    assert "a value that is not an Error was thrown: text" in text


@pytest.mark.parametrize(
    ("overlap", "most", "skips"),
    [("skip", 1, True), ("queue", 1, False), ("allow", 3, False)],
)
def test_overlap(js: JSRun, overlap: str, most: int, skips: bool) -> None:
    js.run(f"""
      globalThis.now = 0; globalThis.most = 0; globalThis.done = 0
      schedule.every("100ms", async () => {{
        most = Math.max(most, ++now)
        await utils.sleepAsync(250)
        now--; done++
      }}, {{ name: "slow", overlap: "{overlap}" }})
    """)
    js.until(lambda: js.value("done") >= 2)
    assert js.value("most") == most
    job = js.value("schedule.get('slow')")
    assert (job["skipped"] > 0) is skips
    assert job["overlap"] == overlap
    warned = [text for text in js.texts("warn") if "skipped" in text]
    assert len(warned) == (1 if skips else 0)


def test_pause_resume_cancel(js: JSRun) -> None:
    js.run("schedule.every('100ms', () => { logger.info('tick') }, {name: 'beat'})")
    js.until(js.texts)
    assert js.value("schedule.pause('beat')") is True
    assert js.value("[schedule.get('beat').state, schedule.get('beat').nextRun]") == ["paused", None]
    count = len(js.texts())
    gevent.sleep(0.25)
    assert len(js.texts()) == count
    assert js.value("schedule.resume('job-1')") is True
    js.until(lambda: len(js.texts()) > count)
    assert js.value("[schedule.cancel('beat'), schedule.cancel('beat'), schedule.list().length]") == [True, False, 0]
    count = len(js.texts())
    gevent.sleep(0.25)
    assert len(js.texts()) == count


def test_a_job_may_cancel_itself(js: JSRun) -> None:
    js.run("const id = schedule.every('100ms', () => { logger.info(schedule.cancel(id)) })")
    js.until(js.texts)
    gevent.sleep(0.25)
    assert js.texts() == ["true"]


@pytest.mark.parametrize("function", ["cancel", "pause", "resume"])
def test_what_is_not_there_is_false(js: JSRun, function: str) -> None:
    assert js.value(f"schedule.{function}('nobody')") is False
    assert js.value(f"schedule.{function}('')") is False
    assert js.value("schedule.get('nobody')") is None


def test_list_tells_everything(js: JSRun) -> None:
    js.run("schedule.daily(() => {}, {at: '09:00', timezone: 'Europe/Berlin', overlap: 'queue', name: 'report'})")
    [job] = js.value("schedule.list()")
    assert js.value("schedule.list()[0].nextRun instanceof Date")
    assert job.pop("nextRun") > "2026"
    assert job == {
        "id": "job-1",
        "name": "report",
        "kind": "daily",
        "plan": "every day at 09:00",
        "timezone": "Europe/Berlin",
        "overlap": "queue",
        "state": "waiting",
        "runs": 0,
        "skipped": 0,
        "history": [],
    }


def test_the_status_of_the_run_shows_jobs(js: JSRun) -> None:
    js.run("schedule.every('100ms', () => {}, {name: 'beat'})")
    js.until(lambda: js.reports["jobs"]()[0]["runs"] >= 1)
    [job] = js.reports["jobs"]()
    assert job["name"] == "beat"
    assert job["next_run"].endswith("Z")
    assert job["history"][0].keys() == {"started_at", "duration_ms", "error"}


def test_where_jobs_take_too_much_room_their_newest_runs_are_told_and_then_the_first_jobs() -> None:
    now = datetime.now(UTC)
    runs = deque(Finished(now, number, "") for number in (1, 2))
    plan = plans.make("delay", 1000, {}, now)
    job = Job(id="job", name="", plan=plan, callback=1, overlap="skip", standby=False, since=now, history=runs)
    jobs = [job] * 3
    whole = len(orjson.dumps([job.describe() for job in jobs]))
    newest = len(orjson.dumps([job.describe(1) for job in jobs]))
    for limit, durations in (
        (whole, [[1, 2]] * 3),
        (whole - 1, [[2]] * 3),
        (newest, [[2]] * 3),
        (newest - 1, [[2]] * 2),
    ):
        told = summary(jobs, limit)
        assert [[run["duration_ms"] for run in job["history"]] for job in told] == durations


def test_history_keeps_the_last_twenty(js: JSRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "SHORTEST", 0.001)
    js.run("let n = 0; schedule.every(5, () => { throw new Error(`${++n} ${'x'.repeat(5000)}`) }, {name: 'beat'})")
    js.until(lambda: js.reports["jobs"]()[0]["runs"] >= 25)
    js.run("schedule.pause('beat')")
    [job] = js.reports["jobs"]()
    errors = [run["error"] for run in job["history"]]
    numbers = [int(error.split()[1]) for error in errors]
    assert numbers == list(range(job["runs"] - 19, job["runs"] + 1))
    assert {len(error) for error in errors} == {300}


def test_jobs_that_are_taken_back_leave_nothing() -> None:
    scheduler = Scheduler(IdleRun())
    now = datetime.now(UTC)
    plan = plans.make("delay", 24 * 3600_000, {}, now)
    kept = Job(id="kept", name="", plan=plan, callback=1, overlap="skip", standby=False, since=now)
    scheduler.add(kept)
    for number in range(3 * SLACK):
        job = replace(kept, id=f"job-{number}")
        scheduler.add(job)
        scheduler.remove(job)
        scheduler.pause(kept)
        scheduler.resume(kept)
    assert (list(scheduler._agenda), scheduler.jobs) == ([kept], [kept])
    assert len(scheduler._agenda._heap) <= SLACK + 3


def test_only_the_first_instance_runs_jobs() -> None:
    with run_js(PLUGINS, "schedule.every('100ms', () => { logger.info('tick') })", instance=1) as js:
        gevent.sleep(0.25)
        assert js.texts() == []
        assert js.value("[schedule.list()[0].state, schedule.list()[0].nextRun]") == ["standby", None]
        assert js.value("schedule.resume('job-1') && schedule.list()[0].nextRun") is None


def test_jobs_wait_for_the_start_of_the_service() -> None:
    code = """
      schedule.delay(1, () => { logger.info("job") })
      service.start(async () => { await utils.sleepAsync(30); logger.info("started") })
    """
    with run_js([*PLUGINS, "service"], code) as js:
        js.until(lambda: len(js.texts()) == 2)
        assert js.texts() == ["started", "job"]


def test_jobs_end_with_the_run() -> None:
    with run_js(PLUGINS, "schedule.every('100ms', () => { logger.info('tick') })") as js:
        js.until(js.texts)
    count = len(js.texts())
    gevent.sleep(0.25)
    assert len(js.texts()) == count


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("daily()", "schedule.daily wants a function: schedule.daily\\(fn"),
        ("daily({at: '09:00'}, () => {})", "schedule.daily wants a function"),
        ("every('5m')", "schedule.every wants a function"),
        ("cron(() => {})", "schedule.cron wants a function"),
        ("daily(() => {}, {hour: 5})", 'schedule.daily has no option "hour"; it has at, name, timezone, overlap'),
        ("every('5m', () => {}, {timezone: 'UTC'})", 'schedule.every has no option "timezone"'),
        ("daily(() => {}, 'UTC')", "schedule.daily: options are an object"),
        ("daily(() => {}, {overlap: 'wait'})", 'option "overlap" is skip, queue or allow, not wait'),
        ("daily(() => {}, {overlap: ['skip']})", 'option "overlap" is skip, queue or allow'),
        ("daily(() => {}, {name: 5})", 'option "name" is a text'),
        ("cron('0 0 30 2 *', () => {})", '"cron 0 0 30 2 \\*" never comes'),
        ("once(new Date('nonsense'), () => {})", "schedule.once wants a time"),
        ("every(NaN, () => {})", "schedule.every wants a duration"),
    ],
)
def test_mistakes_throw_at_once_where_they_are(js: JSRun, call: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        js.run(f"\nschedule.{call}")
    assert (caught.value.file, caught.value.line) == ("main.js", 2)
    assert js.value("schedule.list().length") == 0


def test_names_are_taken_once(js: JSRun) -> None:
    with pytest.raises(ScriptError, match='there is a job named "a" already'):
        js.run("schedule.hourly(() => {}, {name: 'a'}); schedule.hourly(() => {}, {name: 'a'})")
    js.run("schedule.cancel('a'); schedule.hourly(() => {}, {name: 'a'})")


def test_a_flood_of_jobs_is_refused(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="too many jobs: at most 10000 may wait"):
        js.run("while (true) schedule.delay('1h', () => {})")


def test_polluted_prototypes_are_no_options(js: JSRun) -> None:
    js.run(
        "Object.prototype.timezone = 'Mars'; Object.prototype.overlap = 'x'; schedule.daily(() => {}, {at: '10:00'})"
    )
    assert js.value("schedule.list()[0].timezone") == "UTC"


@pytest.mark.parametrize("wait", ["0", "1", "'1ms'"])
def test_a_delay_of_nothing_runs_at_once(js: JSRun, wait: str) -> None:
    js.run(f"schedule.delay({wait}, () => {{ logger.info('done') }}, {{ name: 'soon' }})")
    js.until(lambda: js.texts() == ["done"])
    assert js.value("schedule.list().length") == 0


def test_a_delay_that_was_paused_over_its_time_runs_when_it_goes_on(js: JSRun) -> None:
    js.run("schedule.delay(5, () => { logger.info('done') }, { name: 'it' }); schedule.pause('it')")
    js.value("utils.sleepAsync(15)")
    js.value("schedule.resume('it')")
    js.until(lambda: js.texts() == ["done"])
