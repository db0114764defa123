"""HTTP API of runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from typing import BinaryIO

import falcon

from m3m_core import Malformed, Operation, Route, offload
from m3m_core.http import Paged, page_of, paged

from .schemas import LogEntryAnswer, StartBody, StatusAnswer
from .service import RuntimeService
from .stream import follow

LEVELS = ("debug", "info", "warn", "error")
READ, RUN = "runtime.read", "runtime.run"


class Resource:
    def __init__(self, service: RuntimeService) -> None:
        self._service = service


class StartResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: StartBody) -> None:
        """Start a release, a branch (a debug run), or the active release; answers when `service.start` is done."""
        resp.media = self._service.start(req.context.project, body.version, body.branch)


class StopResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """Stop the project; answers when every instance has ended."""
        resp.media = self._service.stop(req.context.project)


class RestartResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """Stop the project and start the same release or branch again."""
        resp.media = self._service.restart(req.context.project)


class StatusResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """What runs now, with its instances, routes and jobs."""
        resp.media = self._service.status(req.context.project)


class LogsResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """The last run's log, newest first; `?level=`, `?search=`. With `?after=<cursor>` what came after, in order."""
        page, after = page_of(req), req.get_param("after", default="")
        level = req.get_param("level", default="")
        if level and level not in LEVELS:
            raise Malformed(f"level is one of {', '.join(LEVELS)}.")
        search = req.get_param("search", default="")
        found = offload(
            lambda: self._service.logs.read(req.context.project.id, level=level, search=search, after=after)
        )
        ordered = found if after else found[::-1]
        shown = [asdict(entry) for entry in ordered[page.skip : page.skip + page.per_page]]
        resp.media = paged(shown, len(found), page)


class DownloadResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """The log of the last run as a text file."""
        run_id, parts = self._service.logs.open(req.context.project.id)
        resp.content_type = "text/plain; charset=utf-8"
        resp.downloadable_as = f"{req.context.project.slug}-{run_id}.log"
        resp.stream = chunks(parts)


class StreamResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """The live log as server-sent events (`line`, `run`); resume with `Last-Event-ID`."""
        cursor = req.get_header("Last-Event-ID", default="")
        resp.content_type = "text/event-stream; charset=utf-8"
        resp.set_header("X-Accel-Buffering", "no")
        resp.stream = follow(self._service.logs, req.context.project.id, cursor, lambda: self._service.recheck(req))


def chunks(files: Sequence[BinaryIO]) -> Iterator[bytes]:
    with ExitStack() as stack:
        for file in files:
            stack.enter_context(file)
        for file in files:
            while data := file.read(65536):
                yield data


def routes(service: RuntimeService) -> list[Route]:
    base = "/api/projects/{project}"
    status = Operation(RUN, answer=StatusAnswer, api_key=True)
    return [
        Route(
            f"{base}/start",
            StartResource(service),
            {"POST": Operation(RUN, body=StartBody, answer=StatusAnswer, api_key=True)},
        ),
        Route(f"{base}/stop", StopResource(service), {"POST": status}),
        Route(f"{base}/restart", RestartResource(service), {"POST": status}),
        Route(
            f"{base}/status",
            StatusResource(service),
            {"GET": Operation(READ, answer=StatusAnswer, api_key=True)},
        ),
        Route(
            f"{base}/logs",
            LogsResource(service),
            {"GET": Operation(READ, answer=Paged[LogEntryAnswer], api_key=True)},
        ),
        Route(f"{base}/logs/download", DownloadResource(service), {"GET": Operation(READ, api_key=True)}),
        Route(f"{base}/logs/stream", StreamResource(service), {"GET": Operation(READ, api_key=True)}),
    ]
