"""Every way for a plugin to be broken ends the same: it is off with its own reason, and the others serve."""

from __future__ import annotations

from pathlib import Path

import pytest
from hosts import found, host, reasons, settings, source, write

from m3m_core import testing
from m3m_core.discovery import find
from m3m_core.kernel import Kernel
from m3m_core.settings import Plugins

ROUTE = """
class R:
    def on_get(self, req, resp): resp.media = {'by': manifest.name}
@hookimpl
def m3m_routes(): return [Route('/api/%s', R(), {'GET': Operation(PUBLIC)})]
"""
GLOBAL = "@hookimpl\ndef m3m_js_modules(run): return [JSModule('good')]\n"
COMMAND = "import click\n@hookimpl\ndef m3m_commands(): return [click.Command('good')]\n"
GOOD = source("good", ROUTE % "good" + GLOBAL + COMMAND)

BROKEN: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "import error": (
        {"bad.py": "import nothing_of_that_name"},
        {"bad": "import failed: ModuleNotFoundError: No module named 'nothing_of_that_name'"},
    ),
    "exception in startup": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_startup(ctx): raise RuntimeError('not today')")},
        {"bad": "m3m_startup failed: RuntimeError: not today"},
    ),
    "unknown hook": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_rotes(ctx): pass")},
        {"bad": "unknown hook m3m_rotes (the nearest known one is m3m_routes)"},
    ),
    "unknown hook without a mark": (
        {"bad.py": source("bad", "def m3m_rotes(ctx): pass")},
        {"bad": "unknown hook m3m_rotes (the nearest known one is m3m_routes)"},
    ),
    "hook without a mark": (
        {"bad.py": source("bad", "def m3m_routes(ctx): pass")},
        {"bad": "m3m_routes lacks the mark @hookimpl"},
    ),
    "wrong argument": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_startup(contxt): pass")},
        {"bad": "m3m_startup takes the argument contxt, which the hook does not give (it gives ctx)"},
    ),
    "arguments that are not plain": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_startup(ctx, **more): pass")},
        {"bad": "m3m_startup takes **more: a hook function names each argument plainly"},
    ),
    "an order of its own": (
        {"bad.py": source("bad", "@hookimpl(tryfirst=True)\ndef m3m_startup(ctx): pass")},
        {"bad": "m3m_startup is marked with tryfirst: the order comes from `requires` alone"},
    ),
    "two functions for one hook": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_ready(): pass\n@hookimpl(specname='m3m_ready')\ndef b(): pass")},
        {"bad": "has two functions for m3m_ready"},
    ),
    "unmet requires": (
        {"bad.py": source("bad", requires=("god",))},
        {"bad": "requires god, which is not installed (did you mean good?)"},
    ),
    "cycle": (
        {
            "bad.py": source("bad", requires=("worse",)),
            "worse.py": source("worse", requires=("bad",)),
            "dragged.py": source("dragged", requires=("worse",)),
        },
        {
            "bad": "requires go in a circle: bad → worse → bad",
            "worse": "requires go in a circle: bad → worse → bad",
            "dragged": "requires worse, which is off: requires go in a circle: bad → worse → bad",
        },
    ),
    "duplicate route": (
        {"later.py": source("later", ROUTE % "good")},
        {"later": "GET /api/good is already a route of plugin good"},
    ),
    "duplicate global": (
        {"later.py": source("later", "@hookimpl\ndef m3m_js_modules(run): return [JSModule('x', aliases=('good',))]")},
        {
            "later": "JavaScript global good of later is already taken by good; "
            "JavaScript global $good of later is already taken by good"
        },
    ),
    "duplicate command": (
        {"later.py": source("later", COMMAND)},
        {"later": "command good of later is already taken by good"},
    ),
    "command of the kernel": (
        {"later.py": source("later", COMMAND.replace("'good'", "'serve'"))},
        {"later": "command serve of later is already taken by m3m itself"},
    ),
    "wrong API number": (
        {"bad.py": source("bad", api=2)},
        {"bad": "made for plugin API 2, this M3M has plugin API 1"},
    ),
    "compiled for another Python": (
        {"bad.cpython-37m-sparc-linux-gnu.so": "x"},
        {"bad": "built for another Python: it is for cpython-37m-sparc-linux-gnu, this is cpython-"},
    ),
    "no manifest": ({"bad.py": "x = 1"}, {"bad": "has no `manifest = Manifest(...)`"}),
    "manifest of another name": (
        {"bad.py": source("worse")},
        {"bad": "its manifest calls it 'worse', its file or entry point 'bad': make them the same"},
    ),
    "impossible name": (
        {"Bad.py": source("Bad")},
        {"Bad": "its name 'Bad' must start with a letter and have only a-z, 0-9, - and _"},
    ),
    "requires as text": (
        {"bad.py": source("bad", requires="good")},
        {"bad": "its `requires` is one text: it must be a tuple of names, such as ('projects',)"},
    ),
    "requires what it replaces": (
        {"bad.py": source("bad", requires=("good",), replaces="good")},
        {"bad": "it cannot require good, which it replaces"},
    ),
    "settings that it does not have": (
        {"unset.py": source("unset")},
        {"unset": "wrong settings: plugins.config.unset: this plugin has no settings"},
    ),
    "exception in routes": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_routes(): 1/0")},
        {"bad": "m3m_routes failed: ZeroDivisionError: division by zero"},
    ),
    "routes of a wrong type": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_routes(): return ['/x']")},
        {"bad": "m3m_routes must return a list of Route"},
    ),
    "route without responder": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_routes(): return [Route('/x', 1, {'GET': Operation(PUBLIC)})]")},
        {"bad": "route /x: no responder for GET"},
    ),
    "exception in modules": (
        {"bad.py": source("bad", "@hookimpl\ndef m3m_js_modules(run): 1/0")},
        {"bad": "m3m_js_modules failed: ZeroDivisionError: division by zero"},
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "good.py", GOOD)
    return tmp_path


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_plugin_is_off_with_its_reason_and_the_rest_serves(folder: Path, kind: str) -> None:
    files, expected = BROKEN[kind]
    for name, text in files.items():
        write(folder, name, text)
    plugins = [item for item in find(Plugins(path=folder)) if item.source == "file"]
    kernel = Kernel(settings(config={"unset": {"x": 1}}), "front", found=plugins)
    kernel.start()
    told = reasons(kernel.host)
    assert set(told) == set(expected)
    for name, reason in expected.items():
        assert told[name].startswith(reason)
    assert testing.client(kernel).get("/api/good").json == {"by": "good"}
    assert [module.name for module in kernel.host.first("m3m_js_modules", run=None)] == ["good"]
    kernel.stop()


def test_all_that_is_wrong_with_a_plugin_is_told_at_once() -> None:
    bad = found("bad", "@hookimpl\ndef m3m_rotes(): pass\n@hookimpl\ndef m3m_ready(x, y): pass")
    assert reasons(host([bad]))["bad"].split("; ") == [
        "m3m_ready takes the argument x, which the hook does not give (it gives ctx)",
        "m3m_ready takes the argument y, which the hook does not give (it gives ctx)",
        "unknown hook m3m_rotes (the nearest known one is m3m_routes)",
    ]
