"""The run as its engine sees it: what JavaScript asks of the process around it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ..contributions import FileAnswer, RunSpec, ScriptError
from ..http.proxies import Proxies
from ..settings import Runtime, Server
from .connection import request_part
from .engine import Engine
from .hosts import services_host
from .httpserver import HTTPServer
from .modulerun import ModuleRun
from .runinfo import run_info
from .timers import Timers

if TYPE_CHECKING:
    from ..plugins import PluginHost


class HostRun(ModuleRun):
    """Implements `Host`, with the HTTP server of the instance."""

    def __init__(
        self,
        engine: Engine,
        spec: RunSpec,
        instance: int,
        runtime: Runtime,
        server: Server,
        plugins: PluginHost,
    ) -> None:
        super().__init__(engine, spec, instance, runtime)
        self._plugins = plugins
        engine.attach(self, run_info(spec, instance))
        self._timers = Timers(self._fire)
        self._server = HTTPServer(
            engine,
            self,
            slug=spec.slug,
            body_limit=server.body_limit,
            request_prefix=f"{spec.run_id[-6:]}{instance}-",
            proxies=Proxies(server.trusted_proxies),
            services=services_host(server.services_uri),
        )
        self._server.metrics = self._metrics

    def timer(self, number: int, milliseconds: float) -> None:
        self._timers.add(number, milliseconds)

    def clear_timer(self, number: int) -> None:
        self._timers.clear(number)

    def _fire(self, number: int) -> None:
        if not self._engine.exhausted:
            self._guarded("timer", self._engine.fire, number)

    def _guarded(self, label: str, function: Callable[..., object], *args: object) -> None:
        try:
            function(*args)
        except ScriptError as error:
            self.fail(label, error)

    def start(self, job: Callable[[], None], *, pooled: bool) -> None:
        self._workers.call(partial(self._guarded, "promise", job), pooled=pooled)

    def request_part(self, number: int, part: str) -> str:
        return request_part(self._server.requests.get(number), part)

    def answer(self, number: int, text: str) -> bool:
        connection = self._server.requests.get(number)
        if connection is not None:
            connection.answered(text)
        return connection is not None

    def open_file(self, path: str, headers: Mapping[str, str], options: Mapping[str, object]) -> FileAnswer | None:
        found: FileAnswer | None = self._plugins.first(
            "m3m_open_file", project_id=self.spec.project_id, path=path, headers=headers, options=options
        )
        return found

    @abstractmethod
    def exhausted(self) -> None: ...
