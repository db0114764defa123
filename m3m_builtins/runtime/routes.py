"""HTTP API of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from typing import BinaryIO

import falcon

from m3m_core import PUBLIC, Operation, Route
from m3m_core.http import Paged, paged

from .logpages import Wanted
from .prometheus import CONTENT_TYPE
from .readers import Readers
from .schemas import LogEntryAnswer, LogQuery, MonitorAnswer, MonitorQuery, StartBody, StatusAnswer
from .searches import Searches
from .service import RuntimeService
from .stream import follow

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
    def __init__(self, service: RuntimeService) -> None:
        super().__init__(service)
        self._searches = Searches()

    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: LogQuery) -> None:
        """The last run's log, newest first, `before` an entry; or in order what came `after` one."""
        read, project_id = self._service.logs.read, req.context.project.id
        wanted, count = Wanted(query.level, query.search, query.after, query.before), not query.skip_total
        found, total = self._searches.run(project_id, read, project_id, wanted, query.skip, query.per_page, count=count)
        resp.media = paged(map(asdict, found), total if count else None, query)


class DownloadResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """The log of the last run as a text file."""
        run_id, parts = self._service.logs.open(req.context.project.id)
        resp.content_type = "text/plain; charset=utf-8"
        resp.downloadable_as = f"{req.context.project.slug}-{run_id}.log"
        resp.stream = chunks(parts)


class StreamResource(Resource):
    def __init__(self, service: RuntimeService) -> None:
        super().__init__(service)
        self._readers = Readers()

    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str) -> None:
        """The live log as server-sent events (`line`, `run`); resume with `Last-Event-ID`."""
        actor, project_id = req.context.actor, req.context.project.id
        names = f"project {project_id}", f"{actor.kind} {actor.id}"
        self._readers.check(names)
        cursor = req.get_header("Last-Event-ID", default="")
        resp.content_type = "text/event-stream; charset=utf-8"
        resp.set_header("X-Accel-Buffering", "no")
        resp.stream = self._readers.counted(names, follow(self._service.logs, project_id, cursor, req.context.recheck))


class MonitorResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: MonitorQuery) -> None:
        """The status with the last 24 hours, the routes, the machine, and the sizes of what is kept."""
        resp.media = self._service.monitor(req.context.project, query.slots)


class MetricsResource(Resource):
    def __init__(self, service: RuntimeService, check: Callable[[falcon.Request], None]) -> None:
        super().__init__(service)
        self._check = check

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """The figures of all projects as text for Prometheus: for root, or with the configured token."""
        self._check(req)
        resp.content_type = CONTENT_TYPE
        resp.text = self._service.metrics()


def chunks(files: Sequence[BinaryIO]) -> Iterator[bytes]:
    with ExitStack() as stack:
        for file in files:
            stack.enter_context(file)
        for file in files:
            while data := file.read(65536):
                yield data


def routes(service: RuntimeService, check_metrics: Callable[[falcon.Request], None]) -> list[Route]:
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
            {"GET": Operation(READ, answer=Paged[LogEntryAnswer], query=LogQuery, api_key=True)},
        ),
        Route(
            f"{base}/monitor",
            MonitorResource(service),
            {"GET": Operation(READ, answer=MonitorAnswer, query=MonitorQuery, api_key=True)},
        ),
        Route("/metrics", MetricsResource(service, check_metrics), {"GET": Operation(PUBLIC)}),
        Route(f"{base}/logs/download", DownloadResource(service), {"GET": Operation(READ, api_key=True)}),
        Route(f"{base}/logs/stream", StreamResource(service), {"GET": Operation(READ, api_key=True)}),
    ]
