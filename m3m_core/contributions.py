"""What hooks return: frozen values, so that a test can compare whole lists."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol

PUBLIC = "public"
"""The action of an operation that anybody may call. Every other action is asked of `m3m_authorize`; default is deny."""

SIGNED_IN = "signed_in"
"""The action of an operation that every user may do, whatever their rights."""

ROOT = "root"
"""The action of an operation that only the root user may do."""

FALLBACK = "/*"
"""The path of a route that answers GET wherever no other route does, such as a page for browsers. One plugin has it."""

REPORT_LIMIT = 1024 * 1024
"""Bytes of what a module reports of an instance, as JSON: a service cannot fill the supervisor with it."""

PUBLIC_BODY = 16 * 1024
"""Bytes of a body that anybody may send, unless the operation has a `body_limit`."""

USUAL_BODY = 1024 * 1024
"""Bytes of any other body, unless the operation has a `body_limit`."""

LARGEST_BODY = sys.maxsize
"""The `body_limit` of an operation that takes as much as `server.body_limit` allows."""

PluginSource = Literal["builtin", "entry point", "file"]


@dataclass(frozen=True)
class Operation:
    """One HTTP method of a route.

    `action` is what `m3m_authorize` decides on, for instance `goals.read`. `api_key` says that the key of the project
    in the path is enough. `body` is a pydantic model: the parsed body arrives as the responder's keyword `body`, an
    unreadable one is 400, a wrong one 422 with every wrong field. `answer` is a pydantic model (or `list[Model]`)
    that describes the answer in the OpenAPI document. `query` is a pydantic model too: the parameters arrive as the
    responder's keyword `query`, wrong ones are 400, each named; lists have a `PageQuery`. `status` is that of success.

    `body_limit` is how many bytes a body may have, never more than `server.body_limit`: without it USUAL_BODY, for a
    public operation PUBLIC_BODY. With `stream_body` the responder reads the body itself and keeps its own limit.
    """

    action: str
    body: Any = None
    answer: Any = None
    query: Any = None
    status: int = 200
    api_key: bool = False
    stream_body: bool = False
    body_limit: int | None = None

    def largest_body(self, most: int) -> int:
        """Bytes, where the server takes `most`."""
        usual = PUBLIC_BODY if self.action == PUBLIC else USUAL_BODY
        return min(most, usual if self.body_limit is None else self.body_limit)


@dataclass(frozen=True)
class Route:
    """A path template of Falcon (`/api/goals/{goal}`), the resource that answers, and its operations by HTTP method."""

    path: str
    resource: object
    operations: Mapping[str, Operation]


@dataclass(frozen=True)
class JSModule:
    """A module that services can use as the global `name` and its twin `$name`.

    Every public method of `host` can be called from `script`, and directly from the service when there is no script;
    arguments and results are JSON values, bytes cross as Uint8Array. A method marked with `waits` gets a twin with
    the suffix `Async` that returns a Promise. `script` is JavaScript: one expression that is a function
    `(host, m3m) => module`; it is evaluated on the first use of the global. An `eager` one is evaluated before there is
    a run: until the service's code runs it must not call `host`, nor anything of `m3m` that the run is needed for.
    `exports` names the globals that the module object holds, in place of `name`, `aliases` and their twins.
    """

    name: str
    host: object | None = None
    script: str = ""
    aliases: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    eager: bool = False


def script_beside(module_file: str, name: str) -> str:
    """A script in the folder of a module, which calls it with its own `__file__`, as an expression.

    Larger scripts are made of several. It stands on lines of its own, because it may begin or end with a comment.
    """
    return "(\n" + (Path(module_file).parent / name).read_text(encoding="utf-8") + ")"


@dataclass(frozen=True)
class TypeDefinition:
    """TypeScript declarations (`.d.ts` text) of what a plugin adds to JavaScript."""

    name: str
    source: str

    @classmethod
    def beside(cls, plugin_file: str) -> TypeDefinition:
        """All `*.d.ts` in the folder of a plugin's module, which calls it with its own `__file__`."""
        folder = Path(plugin_file).parent
        return cls(folder.name, "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.d.ts"))))


@dataclass(frozen=True)
class FileAnswer:
    """A file, or a part of it, as the answer to a request. `file` stands at its first byte; who sends it closes it."""

    status: int
    headers: Sequence[tuple[str, str]]
    length: int
    file: BinaryIO | None


@dataclass(frozen=True)
class RunSource:
    """What a run runs: a release or a branch of a project. `tag` is the release's tag, empty for a branch."""

    kind: str
    name: str
    tag: str = ""

    @property
    def is_debug(self) -> bool:
        return self.kind == "branch"


@dataclass(frozen=True)
class RunSpec:
    """All that the supervisor needs to start a project. Made by the feature that knows projects and code.

    `files` maps file names to JavaScript; `main` runs first. `log_path` is the run's own log file.
    `restored`: nobody asked for this start, the server does what it did before it stopped.
    """

    project_id: str
    slug: str
    run_id: str
    source: RunSource
    files: Mapping[str, str]
    log_path: str
    instances: int = 1
    restored: bool = False


@dataclass(frozen=True)
class RunChange:
    """A run reached a new state.

    `status` is running, stopped, starting, stopping or crashed. `error` is the last error: keys `message`, and where
    it is known `file`, `line`, `column`, `stack`. `boot` names the server start that the run belongs to.
    """

    spec: RunSpec
    status: str
    boot: str
    error: Mapping[str, Any] | None = None


class RunContext(Protocol):
    """The run that an instance belongs to, as the host side of a JavaScript module sees it. Lives in the runner."""

    spec: RunSpec
    instance: int

    def log(self, level: str, message: str) -> None:
        """Write one line to the run's log; `level` is debug, info, warn or error."""

    def call(self, callback: int, *args: object, label: str) -> Any:
        """Enter JavaScript: call the function registered with `m3m.callback(fn)` and wait for its result.

        Waits until the instance is free, counts as an entry with a deadline, and waits for a returned Promise too.
        Raises ScriptError when the function throws or rejects; `label` names the entry in logs ("schedule daily").
        """

    def fail(self, label: str, error: ScriptError) -> None:
        """A piece of the service failed: its stack goes to the run's log, an error is counted, and status shows it."""

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        """Run a Python function beside the instance, at most `runtime.worker_pool_size` at once, the rest queued.

        Calls of `…Async` functions are counted apart, so that what runs here may enter JavaScript that awaits one.
        """

    def report(self, name: str, source: Callable[[], Any]) -> None:
        """Add `name` to what status shows of this instance; `source` is called when somebody asks and must be quick.

        Of more than REPORT_LIMIT bytes as JSON nothing is shown.
        """

    def on_start(self, function: Callable[[], None]) -> None:
        """Call `function` when `service.start` is done; what the module does by itself (jobs) begins here.

        Soon when it is done already: a module may be made late, when the service first uses it.
        """

    def on_stop(self, function: Callable[[], None]) -> None:
        """Call `function` when the run begins to end, before `service.shutdown`; it must not wait.

        What the module does by itself (jobs) ends here.
        """

    def on_close(self, function: Callable[[], None]) -> None:
        """Call `function` when the run ends, after `service.shutdown`."""

    def on_notice(self, topic: str, function: Callable[[], None]) -> None:
        """Call `function` each time that `ctx.runs.notify(project_id, topic)` is called anywhere; it must not wait."""


class ScriptError(Exception):
    """JavaScript threw. `stack` points into the user's own files; `file`, `line`, `column` are its first position.

    `causes` are the names of the errors behind it (`new Error(text, {cause})`), the nearest first.
    """

    def __init__(
        self,
        message: str,
        *,
        name: str = "Error",
        code: str = "",
        stack: str = "",
        file: str = "",
        line: int = 0,
        column: int = 0,
        causes: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.name = name
        self.code = code
        self.stack = stack
        self.file = file
        self.line = line
        self.column = column
        self.causes = causes


def wrong_argument(message: str) -> ScriptError:
    """What to raise for a value that a service must not give; `m3m_core` errors are for what a visitor may cause."""
    return ScriptError(message, name="TypeError", code="invalid_arguments")


@dataclass(frozen=True)
class PluginEntry:
    """One line of `GET /api/plugins`. `state` is on or off; `reason` says why it is off."""

    name: str
    version: str
    description: str
    source: PluginSource
    state: str
    reason: str = ""
    modules: tuple[str, ...] = field(default_factory=tuple)
    routes: tuple[str, ...] = field(default_factory=tuple)
    hooks: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Answer:
    """What one plugin did when a hook was called: its value, or the exception that it raised."""

    plugin: str
    value: Any = None
    error: Exception | None = None
