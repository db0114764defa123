"""The host: order, dispatch, contexts, isolation."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hosts import entry, found, host, reasons, settings, source, write

from m3m_core import Manifest, PluginEntry, Settings, hookimpl, hookspec
from m3m_core.discovery import DISABLED, Found, find
from m3m_core.settings import Plugins

CALLS = """
calls = []
@hookimpl
def m3m_startup(ctx):
    calls.append('startup')
    return f'service of {ctx.name}'
@hookimpl
def m3m_shutdown(ctx): calls.append('shutdown')
"""


def announcing(**hooks: Any) -> ModuleType:
    module = ModuleType("announced")
    for name, function in hooks.items():
        setattr(module, name, hookspec(function))
    return module


def test_plugins_start_in_order_and_stop_in_reverse() -> None:
    log: list[str] = []
    body = """
@hookimpl
def m3m_startup(ctx): log.append('+' + ctx.name)
@hookimpl
def m3m_shutdown(ctx): log.append('-' + ctx.name)
"""
    plugins = [found("a", body, requires=("c",)), found("b", body), found("c", body)]
    for item in plugins:
        vars(item.module)["log"] = log
    made = host(plugins)
    made.stop()
    made.stop()
    assert log == ["+b", "+c", "+a", "-a", "-c", "-b"]


def test_a_hook_function_gets_the_arguments_that_it_names() -> None:
    body = """
@hookimpl
def m3m_run_changed(change): return ('one', change)
"""
    other = """
@hookimpl
def m3m_run_changed(ctx, change): return ('two', ctx.name, change)
"""
    none = """
@hookimpl
def m3m_run_changed(): return None
"""
    made = host([found("a", body), found("b", other), found("c", none)])
    assert made.each("m3m_run_changed", change=1) == [("one", 1), ("two", "b", 1)]
    assert list(made.each_owned("m3m_run_changed", change=1)) == [("a", ("one", 1)), ("b", ("two", "b", 1))]
    assert made.first("m3m_run_changed", change=1) == ("one", 1)


def test_one_failure_is_logged_and_the_others_are_called(caplog: pytest.LogCaptureFixture) -> None:
    plugins = [
        found("a", "@hookimpl\ndef m3m_ready(ctx): return 1"),
        found("b", "@hookimpl\ndef m3m_ready(ctx): raise ValueError('no')"),
        found("c", "@hookimpl\ndef m3m_ready(ctx): return 3"),
    ]
    made = host(plugins)
    assert made.each("m3m_ready") == [1, 3]
    assert [record.getMessage() for record in caplog.records] == ["plugin b failed in m3m_ready"]
    assert caplog.records[0].exc_info is not None
    answers = list(made.answers("m3m_ready"))
    assert [(item.plugin, item.value, type(item.error)) for item in answers] == [
        ("a", 1, type(None)),
        ("b", None, ValueError),
        ("c", 3, type(None)),
    ]


def test_first_lets_an_exception_through() -> None:
    plugins = [found("a", "@hookimpl\ndef m3m_authenticate(req): raise Unauthorized('no')")]
    with pytest.raises(Exception, match="no") as caught:
        host(plugins).first("m3m_authenticate", req=None)
    assert type(caught.value).__name__ == "Unauthorized"


@pytest.mark.parametrize(
    ("hook", "arguments", "error", "message"),
    [
        ("m3m_redy", {}, LookupError, "m3m_redy is not a hook: the nearest known one is m3m_ready"),
        ("m3m_ready", {"x": 1}, TypeError, "m3m_ready was called with ['x']; its arguments are []"),
        ("m3m_run_changed", {}, TypeError, "its arguments are ['change']"),
    ],
)
def test_a_wrong_call_is_the_callers_mistake(
    hook: str, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    made = host([])
    for call in (made.first, made.each):
        with pytest.raises(error) as caught:
            call(hook, **arguments)
        assert message in str(caught.value)


def test_the_context_is_the_plugins_own() -> None:
    body = CALLS + (
        "from dataclasses import dataclass\n@dataclass\nclass C:\n    size: int = 3\n"
        "manifest = Manifest('a', '1.0', '', config=C)\n"
    )
    given = settings(config={"a": {"size": 5}})
    made = host([found("a", body), found("b", CALLS)], given=given, boot="b1")
    a, b = made.context("a"), made.context("b")
    assert (a.name, a.role, a.boot, a.service, a.config.size) == ("a", "front", "b1", "service of a", 5)
    assert (b.service, b.config, b.log.name) == ("service of b", None, "m3m.b")
    assert a.settings is given
    assert [item.name for item in b.plugins()] == ["a", "b"]
    assert b.call("m3m_ready") == []


def test_settings_of_a_plugin_are_relative_to_the_file(tmp_path: Path) -> None:
    body = (
        "import dataclasses, pathlib\n@dataclasses.dataclass\nclass C:\n    where: pathlib.Path = pathlib.Path('x')\n"
        "manifest = Manifest('a', '1.0', '', config=C)\n"
    )
    made = host([found("a", body)], given=Settings(file=tmp_path / "config.yaml"))
    assert made.context("a").config.where == tmp_path / "x"


def test_only_what_is_required_may_be_used() -> None:
    made = host([found("a", CALLS), found("b", CALLS, requires=("a",)), found("c", CALLS)])
    assert made.context("b").use("a") == "service of a"
    with pytest.raises(LookupError, match="plugin c must name a in the `requires` of its manifest"):
        made.context("c").use("a")


def test_a_plugin_announces_hooks_of_its_own() -> None:
    def m3m_tea_made(ctx: Any, cup: str) -> None:
        """Tea is ready."""

    tea = found("tea", CALLS)
    vars(tea.module)["manifest"] = Manifest("tea", "1.0", "", hookspecs=announcing(m3m_tea_made=m3m_tea_made))
    made = host([found("guest", "@hookimpl\ndef m3m_tea_made(cup): return 'thanks for ' + cup"), tea])
    assert made.context("tea").call("m3m_tea_made", cup="mint") == ["thanks for mint"]


def test_a_plugin_in_one_file_announces_its_hooks_there_too(tmp_path: Path) -> None:
    body = "@hookspec\ndef m3m_tea_made(ctx, cup): pass\n"
    manifest = "import sys\nmanifest = Manifest('tea', '1.0', '', hookspecs=sys.modules[__name__])\n"
    write(tmp_path, "tea.py", source("tea", body + manifest))
    plugins = [item for item in find(Plugins(path=tmp_path)) if item.source == "file"]
    made = host([*plugins, found("guest", "@hookimpl\ndef m3m_tea_made(cup): return cup")])
    assert reasons(made) == {}
    assert made.each("m3m_tea_made", cup=1) == [1]


def test_a_hook_has_one_owner() -> None:
    def m3m_ready(ctx: Any) -> None:
        """Not for others to announce."""

    other = found("other")
    vars(other.module)["manifest"] = Manifest("other", "1.0", "", hookspecs=announcing(m3m_ready=m3m_ready))
    empty = found("empty")
    vars(empty.module)["manifest"] = Manifest("empty", "1.0", "", hookspecs=ModuleType("bare"))
    assert reasons(host([other, empty])) == {
        "other": "announces the hook m3m_ready, which m3m_core announces already",
        "empty": "its hookspecs module bare has no function marked with @hookspec",
    }


def test_a_hook_that_may_be_missing_is_marked_so() -> None:
    optional = "@hookimpl(optionalhook=True)\ndef m3m_tea_made(cup): pass\n"
    renamed = "@hookimpl(specname='m3m_ready')\ndef begin(): return 1"
    made = host([found("a", optional + renamed)])
    assert entry(made, "a").hooks == ("m3m_ready",)
    assert made.each("m3m_ready") == [1]


def test_entries_say_what_each_contributes() -> None:
    body = """
class Things:
    def on_get(self, req, resp): pass
    def on_post(self, req, resp): pass
@hookimpl
def m3m_routes(): return [Route('/things', Things(), {'GET': Operation(PUBLIC), 'POST': Operation('x')})]
@hookimpl
def m3m_js_modules(run): return [JSModule('things', object()), JSModule('more')]
"""
    made = host([found("a", body, origin="entry point")])
    assert made.entries() == [
        PluginEntry(
            name="a",
            version="1.0",
            description="A plugin for tests",
            source="entry point",
            state="on",
            modules=("things", "more"),
            routes=("GET /things", "POST /things"),
            hooks=("m3m_js_modules", "m3m_routes"),
        )
    ]


def test_disabled_plugins_are_off_and_so_is_what_requires_them() -> None:
    made = host([found("a"), found("b", requires=("a",)), found("c")], given=settings(disabled=("a",)))
    assert reasons(made) == {"a": DISABLED, "b": f"requires a, which is off: {DISABLED}"}
    with pytest.raises(LookupError, match="there is no plugin a here, or it is off"):
        made.context("a")


def test_what_another_process_switched_off_stays_off() -> None:
    made = host([found("a"), found("b", requires=("a",))], off={"a": "its route is taken"})
    assert made.off() == {"a": "its route is taken", "b": "requires a, which is off: its route is taken"}


def test_a_second_plugin_of_a_name_does_not_take_the_first_along_elsewhere() -> None:
    plugins = [found("a", origin="entry point"), found("a")]
    first = host(plugins)
    assert [item.state for item in first.entries()] == ["on", "off"]
    assert first.off() == {}
    assert [item.state for item in host(plugins, off=first.off()).entries()] == ["on", "off"]


def test_a_runner_has_plugins_with_modules_and_what_they_require() -> None:
    modules = CALLS + "@hookimpl\ndef m3m_js_modules(run): return [JSModule('things')]"
    plugins = [found("a", modules, requires=("b",)), found("b", CALLS), found("c", CALLS)]
    made = host(plugins, role="runner")
    assert [item.module is not None and item.module.calls for item in plugins] == [["startup"], ["startup"], []]
    with pytest.raises(LookupError):
        made.context("c")


def test_a_runner_asks_for_no_routes() -> None:
    body = "@hookimpl\ndef m3m_js_modules(run): return []\n@hookimpl\ndef m3m_routes(): 1/0"
    assert reasons(host([found("a", body)], role="runner")) == {}
    assert "m3m_routes failed" in reasons(host([found("a", body)]))["a"]


def test_a_replacement_takes_the_name_in_every_requires() -> None:
    made = host([found("a", CALLS), found("b", CALLS, requires=("a",)), found("mine", CALLS, replaces="a")])
    assert reasons(made) == {"a": "replaced by mine"}
    assert made.context("b").use("a") == "service of mine"


def test_a_replacement_for_what_is_switched_off_works_too() -> None:
    plugins = [found("a"), found("b", requires=("a",)), found("mine", CALLS, replaces="a")]
    made = host(plugins, given=settings(disabled=("a",)))
    assert reasons(made) == {"a": DISABLED}
    assert made.context("b").use("a") == "service of mine"


def test_a_replacement_that_cannot_run_replaces_nothing() -> None:
    plugins = [found("a"), found("b", requires=("a",)), found("mine", replaces="a", requires=("gone",))]
    assert reasons(host(plugins)) == {"mine": "requires gone, which is not installed"}


def test_only_one_can_replace() -> None:
    made = host([found("a"), found("mine", replaces="a"), found("yours", replaces="a")])
    assert reasons(made) == {"a": "replaced by mine", "yours": "yours replaces a, which mine replaces already"}


def test_a_builtin_keeps_its_name_and_its_routes() -> None:
    route = (
        "class R:\n    def on_get(self, req, resp): pass\n"
        "@hookimpl\ndef m3m_routes(): return [Route('/x', R(), {'GET': Operation(PUBLIC)})]"
    )
    made = host([found("a", route), found("z", route, origin="builtin"), found("z")])
    assert reasons(made) == {
        "a": "GET /x is already a route of plugin z",
        "z": "the name z of /file/z.py is already taken by the builtin /builtin/z.py",
    }


def test_of_two_files_the_one_that_works_has_the_name() -> None:
    broken = Found("a", "file", None, "built for another Python", "/a.so")
    made = host([broken, found("a")])
    assert [(item.state, item.reason) for item in made.entries()] == [("off", "built for another Python"), ("on", "")]
    assert made.context("a").name == "a"


def test_a_startup_that_fails_takes_its_dependents_along_and_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    fails = "@hookimpl\ndef m3m_startup(ctx): raise OSError('no disk')"
    plugins = [
        found("a", fails),
        found("b", CALLS, requires=("a",)),
        found("c", CALLS, requires=("b",)),
        found("d", CALLS),
    ]
    made = host(plugins)
    assert reasons(made) == {
        "a": "m3m_startup failed: OSError: no disk",
        "b": "requires a, which is off: m3m_startup failed: OSError: no disk",
        "c": "requires b, which is off: requires a, which is off: m3m_startup failed: OSError: no disk",
    }
    assert [vars(item.module).get("calls") for item in plugins] == [None, [], [], ["startup"]]
    assert "plugin a is off: m3m_startup failed: OSError: no disk" in caplog.text


def test_who_loses_a_collision_is_shut_down_with_its_dependents() -> None:
    claims = CALLS + "@hookimpl\ndef m3m_js_modules(run): return [JSModule('same')]"
    plugins = [found("a", claims), found("b", claims), found("c", CALLS, requires=("b",))]
    made = host(plugins)
    assert set(reasons(made)) == {"b", "c"}
    assert [vars(item.module)["calls"] for item in plugins] == [["startup"], *[["startup", "shutdown"]] * 2]
    assert made.first("m3m_js_modules", run=None)[0].name == "same"
    assert len(made.each("m3m_js_modules", run=None)) == 1


def test_a_failing_shutdown_does_not_stop_the_stop(caplog: pytest.LogCaptureFixture) -> None:
    plugins = [found("a", CALLS), found("b", "@hookimpl\ndef m3m_shutdown(ctx): 1/0")]
    host(plugins).stop()
    assert vars(plugins[0].module)["calls"] == ["startup", "shutdown"]
    assert "plugin b failed in m3m_shutdown" in caplog.text


@pytest.mark.parametrize(
    ("role", "origin", "level"),
    [
        ("supervisor", "builtin", logging.ERROR),
        ("supervisor", "file", logging.WARNING),
        ("front", "file", logging.DEBUG),
    ],
)
def test_what_all_processes_know_is_logged_by_one(
    caplog: pytest.LogCaptureFixture, role: Any, origin: Any, level: int
) -> None:
    with caplog.at_level(logging.DEBUG, "m3m.plugins"):
        host([Found("a", origin, None, "import failed: X", "here")], role=role)
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (level, "plugin a is off: import failed: X")
    ]


def test_names_in_the_config_that_no_plugin_has_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    host([found("a")], role="supervisor", given=settings(disabled=("b",), config={"c": {}}))
    assert [record.getMessage() for record in caplog.records] == [
        "plugins.disabled names b, and there is no such plugin",
        "plugins.config names c, and there is no such plugin",
    ]


def test_the_kernel_imports_without_http_and_database() -> None:
    check = "import sys, m3m_core.kernel; assert not {'falcon', 'pydantic', 'click', 'mongoengine'} & set(sys.modules)"
    subprocess.run([sys.executable, "-W", "error", "-c", check], check=True)


def test_marks_alone_make_a_hook() -> None:
    module = ModuleType("marked")

    def begin(ctx: Any) -> str:
        return str(ctx.name)

    module.__dict__.update(manifest=Manifest("a", "1.0", ""), m3m_ready=hookimpl(begin))
    assert host([Found("a", "file", module, None, "")]).each("m3m_ready") == ["a"]
