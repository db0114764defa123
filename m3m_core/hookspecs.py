"""The hooks of the kernel. A hook's docstring is its contract: process, moment, return, combination, failure.

Everywhere: None means "not mine"; an exception means "mine, and wrong". `ctx` is the called plugin's own context.
A hook function names only the arguments that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import click
    import falcon

    from .actors import Actor
    from .context import Context
    from .contributions import FileAnswer, JSModule, Operation, Route, RunChange, RunContext, TypeDefinition

hookspec = pluggy.HookspecMarker("m3m")
hookimpl = pluggy.HookimplMarker("m3m")


@hookspec
def m3m_startup(ctx: Context) -> Any:
    """Make the plugin's service. Process: each that needs the plugin (`ctx.role`: front, supervisor, runner, cli).

    Moment: once, in the order of `requires`, before any other hook. Returns the service, kept as `ctx.service` and
    given to dependents by `ctx.use(name)`. Must not wait for the database: connect on first use. For runners it is
    called once, in the process that they are forked from: open nothing there, no file, thread or connection. An
    exception switches the plugin and all that require it off, with the reason.
    """


@hookspec
def m3m_ready(ctx: Context) -> None:
    """The server is up. Process: supervisor. Moment: once, when the database answers and every plugin has started.

    The place for indexes, first-start work and autostart. An exception is logged and holds nobody else up.
    """


@hookspec
def m3m_shutdown(ctx: Context) -> None:
    """Release what the service holds. Process: each that started it. Moment: once, in reverse order, on a clean stop.

    An exception is logged; the stop goes on.
    """


@hookspec
def m3m_routes(ctx: Context) -> Sequence[Route]:
    """Routes of the HTTP API. Process: front, supervisor, cli. Moment: after startup; perhaps more than once.

    All plugins' routes are joined; the same path and method twice is an error that names both plugins. An exception
    switches the plugin off.
    """


@hookspec
def m3m_authenticate(ctx: Context, req: falcon.Request) -> Actor | None:
    """Say who is asking. Process: front. Moment: each request but those for services, before the body is read; with
    m3m_authorize once more after a body that took longer than a second, and now and then during an endless answer.

    The first answer other than None counts; none at all means a guest. Raise Unauthorized for credentials that are
    yours and wrong. `req.context.operation` and `req.context.params` say what is asked for. Documents that were read
    on the way may be put into `req.context.looked_up`, by name.
    """


@hookspec
def m3m_authorize(
    ctx: Context, actor: Actor, operation: Operation, params: dict[str, Any], req: falcon.Request
) -> bool | None:
    """Decide whether `actor` may do `operation`. Process: front. Moment: after m3m_authenticate, never for `public`.

    The first answer other than None counts; none at all is a refusal: 401 for a guest, 403 for anybody else. Raise
    NotFound for what the actor may not even see. `params` are the path's; what was looked up on the way may be put on
    `req.context` for the responder.
    """


@hookspec
def m3m_js_modules(ctx: Context, run: RunContext) -> Sequence[JSModule]:
    """What JavaScript may call. Process: runner; everywhere with a run that is not live, to know the names.

    Moment: once after startup, which says what modules and scripts there are; and once per instance, when the service
    first uses one of them, with the same answer but for the hosts. All plugins' modules are joined; the same global
    twice is an error that names both plugins. An exception is thrown to the service where it uses the module; with a
    run that is not live it switches the plugin off.
    """


@hookspec
def m3m_open_file(
    ctx: Context, project_id: str, path: str, headers: Mapping[str, str], options: Mapping[str, Any]
) -> FileAnswer | None:
    """A file of the project, which a service answers with. Process: runner. Moment: when the handler has returned.

    `path` is as a service writes it, `headers` are the request's by lower-case name, `options` what the service wants
    of the answer: `type`, `download`, `maxAge`. The first answer counts; without one, the service has failed. NotFound,
    and Invalid for what is no path, are answered with 404.
    """


@hookspec
def m3m_type_definitions(ctx: Context, project_id: str | None) -> Sequence[TypeDefinition]:
    """TypeScript declarations for the editor. Process: front, cli. Moment: on request. All plugins' are joined.

    `project_id` is None for the general ones; else a plugin may add those of that project. An exception leaves the
    plugin's part out, with a comment in its place.
    """


@hookspec
def m3m_run_changed(ctx: Context, change: RunChange) -> str | None:
    """A run reached a new state. Process: supervisor. Moment: after the fact, in order for each project.

    A text says why the run may not go on (its project is gone, say): one that starts or runs is stopped then, and the
    text is in the log. `starting` is told before the service takes requests.

    An exception (say, the database is away) is logged and the same change is announced again, to all plugins, until
    all take it in or a later change of that project takes its place: so what is written from here becomes true in the
    end, and hearing of a change twice must do no harm.
    """


@hookspec
def m3m_commands(ctx: Context) -> Sequence[click.Command]:
    """Commands of the command line. Process: front, supervisor, cli. Moment: after startup; perhaps more than once.

    A command runs in role cli, with a database (see `offline_unless`). All plugins' commands are joined; the same name
    twice is an error that names both plugins. An exception switches the plugin off.
    """
