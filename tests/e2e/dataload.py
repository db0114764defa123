"""Writers of data: each does one thing again and again, and keeps what was acknowledged and what was tried."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from itertools import count
from typing import Any
from urllib.parse import quote

from .client import Project, Reply, send, until

ROWS, MANY_ROWS, UPLOAD_BYTES = 40, 2_100, 3_000_000
PER_PAGE = 1000
SHAPES = ("string", "number")
"""The field `v` of the model `shapes` is changed from one to the other, with all its records."""

GOOD = {200, 201}
REFUSED = {0, 409, 503, 504}
"""What may be answered while a process is killed; 0 is a connection that was closed without an answer."""

MAY_WAIT = {"shape"}
"""A change of a model that was interrupted is finished some time later; until then there is no other one."""

CODE = """
router.get('/', () => 'well')
router.post('/add/:n', (ctx) => ({ id: database.single.insert({ n: Number(ctx.params.n) }).id }))
router.post('/goal', () => ({ value: goals.increment('hits') }))
router.post('/counter', () => ({ n: database.counters.increment({ name: 'c' }, 'n').n }))
router.post('/file/:n', (ctx) => storage.write(`written/${ctx.params.n}.txt`, ctx.params.n.repeat(20000)))
"""


def shape(number: int) -> dict[str, Any]:
    return {"key": "v", "type": SHAPES[number % 2]}


NUMBERS = [{"key": "load", "type": "number", "index": True}, {"key": "n", "type": "number"}]
MODELS: dict[str, list[dict[str, Any]]] = {
    "rows": NUMBERS,
    "imported": NUMBERS,
    "changed": NUMBERS,
    "single": [{"key": "n", "type": "number", "unique": True}],
    "counters": [{"key": "name", "type": "string"}, {"key": "n", "type": "number"}],
    "shapes": [shape(0)],
}


class Writer:
    """`write(number)` is one request; `done` are the numbers of those that were acknowledged."""

    def __init__(self, name: str, write: Callable[[int], Reply]) -> None:
        self.name = name
        self.done: list[int] = []
        self.tried = 0
        self.statuses: set[int] = set()
        self._write = write
        self._numbers = count()

    def once(self) -> None:
        number = next(self._numbers)
        self.tried = number + 1
        try:
            status = self._write(number).status
        except (OSError, HTTPException):
            status = 0
        self.statuses.add(status)
        if status in GOOD:
            self.done.append(number)


def writers(project: Project) -> dict[str, Writer]:
    made = (
        Writer("upload", lambda n: upload(project, n)),
        Writer("batch", lambda n: project.send("POST", "/models/rows/data/batch", {"operations": operations(n)})),
        Writer("import", lambda n: project.send("POST", "/models/imported/data/import", imported(n))),
        Writer("upsert", lambda n: project.send("POST", "/models/changed/data/import?mode=upsert", changed(n))),
        Writer("shape", lambda n: project.send("PUT", "/models/shapes", {"fields": [shape(n + 1)]})),
        Writer("goal", lambda n: increment(project)),
        Writer("service goal", lambda n: project.post("/goal")),
        Writer("service record", lambda n: project.post(f"/add/{n}")),
        Writer("service counter", lambda n: project.post("/counter")),
        Writer("service file", lambda n: project.post(f"/file/{n}")),
    )
    return {writer.name: writer for writer in made}


def prepare(project: Project) -> None:
    for slug, fields in MODELS.items():
        project.ask("POST", "/models", {"name": slug, "slug": slug, "fields": fields})
    project.ask("POST", "/models/counters/data", {"name": "c", "n": 0})
    project.ask("POST", "/models/shapes/data/import", [{"v": str(n)} for n in range(MANY_ROWS)])
    project.ask("POST", "/models/changed/data/import", changed(-1))
    project.ask("POST", "/goals", {"name": "Hits", "slug": "hits", "type": "counter"})
    project.run(CODE)


def operations(number: int) -> list[dict[str, Any]]:
    return [{"op": "create", "data": {"load": number, "n": n}} for n in range(ROWS)]


def imported(number: int) -> list[dict[str, Any]]:
    """More than one part."""
    return [{"load": number, "n": n} for n in range(MANY_ROWS)]


def changed(number: int) -> list[dict[str, Any]]:
    """All records of a model, at once."""
    return [{"id": f"{n:024x}", "load": number} for n in range(MANY_ROWS)]


def content(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * (UPLOAD_BYTES // 32)


def increment(project: Project) -> Reply:
    path = f"/goals/{project.slug}-hits/increment"
    return project._admin.send("POST", path, {"project_id": project.made["id"]})


def upload(project: Project, number: int) -> Reply:
    head = f'--frontier\r\nContent-Disposition: form-data; name="f"; filename="{number}.bin"\r\n\r\n'.encode()
    body = head + content(number) + b"\r\n--frontier--\r\n"
    admin = project._admin
    headers = admin.headers | {"Content-Type": "multipart/form-data; boundary=frontier"}
    path = f"/api/projects/{project.slug}/storage/upload?path={quote('up')}"
    return send(admin.server, "POST", path, body, headers)


def records(project: Project, model: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(project.send("GET", f"/models/{model}/data/export?format=json").body)
    return found


def listed(project: Project, model: str) -> list[dict[str, Any]]:
    """The same, page by page; each page tells how many there are in all."""
    found: list[dict[str, Any]] = []
    for page in count(1):
        answer = project.ask("GET", f"/models/{model}/data?per_page={PER_PAGE}&page={page}")
        found += answer["items"]
        if page >= answer["total_pages"]:
            assert answer["total_items"] == len(found), model
            return found
    raise AssertionError  # pages are endless


@contextmanager
def busy(all_writers: dict[str, Writer]) -> Iterator[None]:
    """Each writes in a thread of its own; when this begins, each has been acknowledged once more."""
    ended = threading.Event()
    before = {name: len(writer.done) for name, writer in all_writers.items()}

    def work(writer: Writer) -> None:
        while not ended.wait(0.01):
            writer.once()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in all_writers.values()]
    for thread in threads:
        thread.start()
    try:
        until(
            lambda: (
                not [name for name, n in before.items() if name not in MAY_WAIT and len(all_writers[name].done) == n]
            )
        )
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(90)
            assert not thread.is_alive(), "a writer hangs"
