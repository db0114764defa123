"""Services as a user writes them (tests/js/services), used by many clients at once over the network."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from .client import Admin, Project, Reply, until

Run = Callable[[str], Project]


@pytest.fixture
def run(admin: Admin, code: dict[str, str]) -> Iterator[Run]:
    """Publish and start one of the services."""
    made: list[Project] = []

    def start(name: str) -> Project:
        made.append(Project(admin))
        made[-1].run(code[name])
        return made[-1]

    yield start
    for project in made:
        project.send("DELETE")


def together(count: int, call: Callable[[int], Any]) -> list[Any]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(call, range(count)))


def test_url_shortener(run: Run) -> None:
    links = run("shortener")
    made = together(40, lambda number: links.post("/links", {"url": f"https://example.com/{number}?q=ж"}))
    assert {answer.status for answer in made} == {201}
    codes = [answer.json["code"] for answer in made]
    assert len(set(codes)) == 40
    followed = together(40, lambda number: links.get(f"/{codes[number]}"))
    assert [(answer.status, answer.header("location")) for answer in followed] == [
        (302, f"https://example.com/{number}?q=%D0%B6") for number in range(40)
    ]
    assert sum(link["hits"] for link in links.get("/links").json) == 40
    assert links.post("/links", {"url": "javascript:alert(1)"}).status == 422
    assert links.get("/nobody").status == 404
    assert [job["name"] for job in links.status()["jobs"]] == ["sweep"]


def test_cache_with_expiry(run: Run) -> None:
    cache = run("cache")
    answers = together(30, lambda _: cache.get("/weather/Berlin"))
    assert [answer.json for answer in answers] == [{"city": "berlin", "degrees": 6}] * 30
    assert cache.get("/loads").json["loads"] <= 3  # not one for each caller
    time.sleep(0.25)
    before = cache.get("/loads").json["loads"]
    cache.get("/weather/BERLIN")
    cache.get("/weather/atlantis")
    assert cache.get("/loads").json == {"loads": before + 2, "kept": 1}


def test_rate_limiter(run: Run) -> None:
    limited = run("limiter")

    def whoami(client: str) -> Reply:
        return limited.get("/api/whoami", {"X-Client": client})

    statuses = [answer.status for answer in together(30, lambda _: whoami("ann"))]
    assert statuses.count(429) > 0
    assert 3 <= statuses.count(200) < 30
    assert whoami("bob").json == {"client": "bob"}
    refused = until(lambda: next((answer for _ in range(9) if (answer := whoami("carl")).status == 429), None))
    assert (refused.header("retry-after"), refused.json["error"]) == ("1", "Too many requests.")
    assert until(lambda: whoami("carl").status == 200)
    assert limited.get("/api/whoami").status == 400
    assert limited.get("/open").text == "always"


def signed(body: bytes, *, at: float = 0, secret: bytes = b"whsec_for_tests") -> dict[str, str]:
    moment = str(int(time.time() + at))
    digest = hmac.new(secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Signature": f"t={moment},v1={digest}", "Content-Type": "application/json"}


def test_signed_webhook(run: Run) -> None:
    hook = run("signed_webhook")
    body = '{"id": "evt_1", "type": "paid", "note": "Ünïcode"}'.encode()
    first = hook.post("/deliveries", body, signed(body))
    assert (first.status, first.json) == (202, {"id": "evt_1", "duplicate": False})
    assert hook.post("/deliveries", body, signed(body)).json == {"id": "evt_1", "duplicate": True}
    refused: list[tuple[bytes, dict[str, str], str]] = [
        (body + b" ", signed(body), "The signature does not fit."),
        (body, signed(body, secret=b"guessed"), "The signature does not fit."),
        (body, {}, "The signature does not fit."),
        (body, {"X-Signature": "nonsense,,=,v1="}, "The signature does not fit."),
        (body, signed(body, at=-600), "The signature is too old."),
        (body, signed(body, at=600), "The signature is too old."),
    ]
    for sent, headers, error in refused:
        answer = hook.post("/deliveries", sent, headers)
        assert (answer.status, answer.json) == (401, {"error": error})
    large = b'{"id": "evt_2", "type": "paid", "blob": "' + b"x" * 30_000 + b'"}'
    assert hook.post("/deliveries", large, signed(large)).status == 202
    assert hook.post("/deliveries", b"[]", signed(b"[]")).status == 422
    assert hook.get("/totals").json == {"paid": 2}


def test_todo_list(run: Run) -> None:
    todo = run("todo")
    made = todo.post("/todos", {"title": "Buy milk", "tags": ["home"]})
    assert (made.status, made.header("location")) == (201, "/todos/1")
    assert made.json == {"id": "1", "title": "Buy milk", "done": False, "tags": ["home"], "revision": 1}
    todo.post("/todos", {"title": "Sell milk"})

    read = todo.get("/todos/1")
    tag = {"If-Match": read.header("etag")}
    changed = todo.call("PATCH", "/todos/1", {"done": True}, tag)
    assert (changed.status, changed.json["revision"], changed.json["title"]) == (200, 2, "Buy milk")
    assert todo.call("PATCH", "/todos/1", {"done": False}, tag).status == 412
    assert [item["id"] for item in todo.get("/todos?done=true").json["items"]] == ["1"]
    assert [item["id"] for item in todo.get("/todos?tag=home").json["items"]] == ["1"]
    assert todo.get("/todos?per_page=1&page=2").json["items"][0]["id"] == "2"

    assert (todo.call("DELETE", "/todos/1").status, todo.get("/todos/1").status) == (204, 404)
    assert todo.get("/todos").json["total"] == 1
    assert "OPTIONS, PATCH" in todo.call("PUT", "/todos/2").header("allow")


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({}, 422, {"title": "is required"}),
        ({"title": " ", "done": 1, "tags": [2], "color": "red"}, 422, ["color", "done", "tags", "title"]),
        ({"title": "x", "__proto__": {"done": True}}, 422, {"__proto__": "is not known"}),
        ([], 400, "A JSON object is wanted."),
        (b"{", 400, "the body is not JSON"),
    ],
)
def test_todo_list_refuses(run: Run, body: Any, status: int, told: Any) -> None:
    todo = run("todo")
    answer = todo.post("/todos", body, {"Content-Type": "application/json"})
    assert answer.status == status
    if isinstance(told, str):
        assert answer.json["error"].startswith(told)
    elif isinstance(told, list):
        assert sorted(answer.json["fields"]) == told
    else:
        assert answer.json["fields"] == told
    assert todo.get("/todos").json["total"] == 0


def test_jobs_and_a_toolbox(run: Run) -> None:
    jobs, tools = run("jobs"), run("toolbox")
    until(lambda: jobs.get("/beats").json["beats"] > 2)
    assert len(jobs.get("/jobs").json) >= 8
    assert jobs.post("/beats/pause").json == {"done": True}
    assert "fifty milliseconds later" in jobs.until_logged("fifty")
    assert tools.get("/text/%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82").json["slug"] == "privet"
    race = tools.get("/race")
    assert (race.status, race.json) == (203, {"first": "aborted"})
