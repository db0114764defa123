"""JavaScript modules in a test: one engine in this process, with the plugins asked for and nothing else of a runner."""

from __future__ import annotations

import json as jsonlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from http.client import HTTPResponse
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import gevent
from gevent import socket

from ..contributions import JSModule, RunSource, RunSpec
from ..kernel import Kernel
from ..plugins import PluginHost
from ..runtime.connection import Connection
from ..runtime.engine import Engine
from ..runtime.hostrun import HostRun
from ..settings import Data, Runtime, Seconds, Server, Settings, Size, Storage
from .clients import Answer
from .kernels import chosen

PATIENCE = 20.0
"""Seconds. Longest wait for anything, on a machine that is busy with other things too."""

BODY_LIMIT = Size(1024 * 1024)
REQUEST_PREFIX = "test-"
EVALUATOR = "(host, m3m) => { m3m.entry('evaluate', (code) => (0, eval)(code)); }"
SPEC = RunSpec(
    project_id="0123456789abcdef01234567",
    slug="test",
    run_id="76543210fedcba9876543210",
    source=RunSource("release", "1.0", "stable"),
    files={},
    log_path="",
)


class JSRun(HostRun):
    """A run of one instance. `lines` are the run's log: level and text."""

    def __init__(self, spec: RunSpec, instance: int, runtime: Runtime, plugins: PluginHost) -> None:
        self.declarations = ""
        self.lines: list[tuple[str, str]] = []
        self.engine = Engine(memory_limit=runtime.memory_limit, timeout=runtime.timeout)
        super().__init__(self.engine, spec, instance, runtime, Server(body_limit=BODY_LIMIT), plugins)
        self._server.request_prefix = REQUEST_PREFIX

    # ---- for tests ---------------------------------------------------------------------------------------------------

    def run(self, code: str) -> None:
        """Run a file of the service. Raises ScriptError with the position in it."""
        self.engine.evaluate("main.js", code, self.spec.files)

    def value(self, expression: str) -> Any:
        """The value of an expression, of what its promise settles to when it is one. Raises ScriptError."""
        return self.engine.entry("evaluate", expression)

    def request(
        self, method: str, path: str, *, json: Any = None, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One HTTP request to the service's routes, on a connection of its own. `json` is sent as the body."""
        sent = {"Host": "test", "Connection": "close", **(headers or {})}
        if json is not None:
            body = jsonlib.dumps(json).encode()
            sent["Content-Type"] = "application/json"
        if body:
            sent["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        client, server = socket.socketpair()
        self._server.serve(Connection(self._server, server, "127.0.0.1", False, None, b""))
        with client:
            client.sendall(f"{method} /r/{self.spec.slug}{path} HTTP/1.1\r\n{head}\r\n".encode() + body)
            return answer_of(client, method)

    def texts(self, level: str = "") -> list[str]:
        """The log's texts, of one level or of all."""
        return [text for known, text in self.lines if level in ("", known)]

    def until(self, condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
        """Let timers, jobs and promises go on until `condition` is true. Raises AssertionError when it stays false."""
        with gevent.Timeout(seconds, AssertionError(f"still not so after {seconds} s; the log: {self.lines}")):
            while not condition():
                gevent.sleep(0.002)

    def live(self, code: str) -> None:
        """The life of an instance up to where it takes requests."""
        self.run(code)
        self.engine.entry("boot")
        self.engine.entry("start")
        self.begin()

    @property
    def reports(self) -> Mapping[str, Callable[[], Any]]:
        """What modules tell of the instance, by name."""
        return self._reports.sources

    def close(self) -> None:
        for function in (*self._stopping, *self._closing):
            function()

    def notify(self, topic: str) -> None:
        """What `ctx.runs.notify` does to an instance."""
        self._notices.tell(topic)

    # ---- what a runner does elsewhere --------------------------------------------------------------------------------

    def log(self, level: str, message: str) -> None:
        self.lines.append((level, message))

    def exhausted(self) -> None:
        self.log("error", "out of memory")


def answer_of(client: Any, method: str) -> Answer:
    response = HTTPResponse(client, method=method)
    response.begin()
    content = response.read()
    headers = {name.lower(): value for name, value in response.getheaders()}
    response.close()
    is_json = headers.get("content-type", "").startswith("application/json") and content
    return Answer(response.status, jsonlib.loads(content) if is_json else content or None, headers)


@contextmanager
def run_js(
    plugins: Sequence[str | ModuleType] | None = None,
    code: str = "",
    *,
    within: Kernel | None = None,
    project_id: str = SPEC.project_id,
    slug: str = SPEC.slug,
    instance: int = 0,
    timeout: float = 5.0,
    memory_limit: int = 64 * 1024 * 1024,
    workers: int = 10,
    files: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[JSRun]:
    """Start the service `code` with the JavaScript modules of `plugins`, by default of all that are installed.

    There is no database, unless the plugins are those of the kernel `within`; `project_id` and `slug` are then of a
    project there. `files` are the service's files beside `code`, by name. `timeout` is in seconds, `workers`
    is `runtime.worker_pool_size`. The run's `declarations` are the plugins' TypeScript.

    with run_js(["utils"]) as js:
        assert js.value("utils.capitalize('ann')") == "Ann"
    """
    with _host(plugins) if within is None else nullcontext(within.host) as host:
        spec = replace(SPEC, project_id=project_id, slug=slug, files=files)
        runtime = Runtime(timeout=Seconds(timeout), memory_limit=Size(memory_limit), worker_pool_size=workers)
        run = JSRun(spec, instance, runtime, host)
        typed = host.each("m3m_type_definitions", project_id=None)
        run.declarations = "\n".join(definition.source for made in typed for definition in made)
        try:
            evaluator = JSModule("testing", None, EVALUATOR, eager=True)
            modules = {module.name: module for made in host.each("m3m_js_modules", run=run) for module in made}
            run.engine.prepare([evaluator, *modules.values()])
            run.engine.wake((modules | {evaluator.name: evaluator}).__getitem__)
            run.live(code)
            yield run
        finally:
            run.close()


@contextmanager
def _host(plugins: Sequence[str | ModuleType] | None) -> Iterator[PluginHost]:
    """Plugins started as in a runner, without a database."""
    with tempfile.TemporaryDirectory(prefix="m3m-test-") as folder:
        settings = Settings(data=Data(Path(folder)), storage=Storage(Path(folder) / "storage"))
        kernel = Kernel(settings, "runner", boot="test", found=chosen(settings, plugins))
        kernel.host.start()
        try:
            yield kernel.host
        finally:
            kernel.host.stop()
