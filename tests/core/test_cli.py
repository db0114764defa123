from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from hosts import source, write

from m3m_core import PluginEntry
from m3m_core.cli import table
from m3m_core.cli_session import take_config
from m3m_core.version import VERSION

BUILTINS = sorted(point.name for point in entry_points(group="m3m"))
CONFIG = "mongodb: {uri: 'mongodb://127.0.0.1:9'}\nplugins:\n  path: plugins\n"
WITHOUT_BUILTINS = f"{CONFIG}  disabled: {json.dumps(BUILTINS)}\n"  # half of the time goes into their imports
COMMANDS = """
import click
@hookimpl
def m3m_startup(ctx): return 'the service'
@hookimpl
def m3m_shutdown(ctx): click.echo('shut down', err=True)
@hookimpl
def m3m_commands(ctx):
    @offline_unless('near')
    @click.command('brew')
    @click.argument('cup')
    @click.option('--near')
    def brew(cup, near):
        '''Make tea.'''
        click.echo(f'{cup} from {ctx.service} as {ctx.role}')

    @offline_unless('never')
    @click.command('spill')
    def spill():
        raise Conflict('The cup is\\nempty.')

    @offline_unless('never')
    @click.command('drop')
    def drop():
        open('/nowhere/at/all')

    @click.command('steep')
    def steep():
        click.echo(ctx.db.command('ping')['ok'])

    return [brew, spill, drop, steep]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "config.yaml", WITHOUT_BUILTINS)
    write(tmp_path, "all.yaml", CONFIG)
    write(tmp_path, "plugins/tea.py", source("tea", COMMANDS))
    return tmp_path


def m3m(folder: Path, *args: str, **environ: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "m3m_core", *args],
        cwd=folder,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_version(tmp_path: Path) -> None:
    assert m3m(tmp_path, "version") == (0, f"m3m {VERSION}\n", "")


def test_plugins_as_a_table(folder: Path) -> None:
    write(folder, "plugins/bad.py", "1/0")
    code, out, err = m3m(folder, "plugins", "-c", "all.yaml")
    rows = [line.split(maxsplit=4) for line in out.splitlines()]
    assert (code, err) == (0, "shut down\n")
    assert rows[0] == ["name", "version", "source", "state", "reason"]
    assert ["plugins", "0.1.0", "builtin", "on"] in rows
    assert ["tea", "1.0", "file", "on"] in rows
    assert ["bad", "file", "off", "import", "failed: ZeroDivisionError: division by zero"] in rows


def test_plugins_as_json(folder: Path) -> None:
    listed = json.loads(m3m(folder, "plugins", "--json")[1])
    assert sorted(entry["name"] for entry in listed) == sorted([*BUILTINS, "tea"])
    assert [entry["state"] for entry in listed if entry["name"] in ("auth", "tea")] == ["off", "on"]


@pytest.mark.parametrize(
    "args",
    [
        ("-c", "other.yaml", "plugins", "--json"),
        ("plugins", "-c", "other.yaml", "--json"),
        ("plugins", "--json", "--config", "other.yaml"),
        ("plugins", "--json", "--config=other.yaml"),
    ],
)
def test_the_configuration_may_stand_anywhere(folder: Path, args: tuple[str, ...]) -> None:
    write(folder, "other.yaml", WITHOUT_BUILTINS.replace("path: plugins", "path: none"))
    assert "tea" not in m3m(folder, *args)[1]


def test_a_plugins_command_runs_with_its_context_and_ends_its_plugins(folder: Path) -> None:
    assert m3m(folder, "brew", "mint") == (0, "mint from the service as cli\n", "shut down\n")


def test_a_plugins_command_has_a_database(folder: Path, mongod: str) -> None:
    assert m3m(folder, "steep", M3M_MONGODB__URI=mongod) == (0, "1.0\n", "shut down\n")


def test_the_configuration_reaches_a_plugins_command(folder: Path) -> None:
    write(folder, "else/config.yaml", "plugins: {path: none}")
    assert m3m(folder / "else", "brew", "mint", "-c", "../config.yaml")[:2] == (0, "mint from the service as cli\n")


def test_help_lists_the_commands_of_plugins(folder: Path) -> None:
    code, out, _ = m3m(folder, "--help", "-c", "all.yaml")
    assert code == 0
    for name in ("brew", "new-admin", "plugins", "serve", "types", "version"):
        assert f"\n  {name} " in out
    assert "Make tea." in out


def test_help_for_a_command_needs_no_database(folder: Path) -> None:
    code, out, _ = m3m(folder, "brew", "--help")
    assert code == 0
    assert "--near" in out
    assert "-c, --config FILE" in out


def test_help_is_given_with_a_wrong_configuration_too(folder: Path) -> None:
    code, out, err = m3m(folder, "--help", M3M_SERVER__PRT="1")
    assert code == 0
    assert "\n  serve " in out
    assert "did you mean server.port?" in err


REFUSED = [
    (("spill",), {}, "m3m: The cup is empty."),
    (
        ("brew", "mint", "--near", "me"),
        {},
        "does not answer: 127.0.0.1:9: [Errno 111] Connection refused.",
    ),
    (("drop",), {}, "m3m: No such file or directory: /nowhere/at/all"),
    (("plugins", "-c", "none.yaml"), {}, "none.yaml cannot be read: No such file or directory"),
    (("plugins",), {"M3M_SERVER__PRT": "1"}, "server.prt (from M3M_SERVER__PRT): unknown key (did you mean"),
    (("serve",), {"M3M_SERVER__PORT": "http"}, "server.port (from M3M_SERVER__PORT): must be a whole number"),
    (("brew", "mint"), {"M3M_JWT__SECRET": "short"}, "jwt.secret (from M3M_JWT__SECRET): must have at least 32"),
]


@pytest.mark.parametrize(("args", "environ", "message"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_a_refusal_is_one_line_and_code_1(
    folder: Path, args: tuple[str, ...], environ: dict[str, str], message: str
) -> None:
    code, out, err = m3m(folder, *args, **environ)
    lines = [line for line in err.splitlines() if line != "shut down"]
    assert (code, out, len(lines)) == (1, "", 1)
    assert lines[0].startswith("m3m: ")
    assert message in lines[0]


WRONG = [
    (("nothing",), "No such command 'nothing'"),
    (("brew",), "Missing argument 'CUP'"),
    (("version", "more"), "unexpected extra argument"),
    (("plugins", "--yaml"), "No such option"),
    (("plugins", "-c"), "-c needs the name of a file."),
    (("-c", "a", "version", "-c", "b"), "-c is given twice."),
]


@pytest.mark.parametrize(("args", "message"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_wrong_usage_is_code_2(folder: Path, args: tuple[str, ...], message: str) -> None:
    code, _, err = m3m(folder, *args)
    assert code == 2
    assert message in err


def test_an_unknown_command_may_be_one_of_a_plugin_that_is_off(folder: Path) -> None:
    write(folder, "plugins/bad.py", "1/0")
    code, _, err = m3m(folder, "nothing")
    assert code == 2
    assert "Plugins that are off: bad" in err
    assert "`m3m plugins` says why" in err


def test_types_need_no_database(folder: Path) -> None:
    code, out, _ = m3m(folder, "types", "-c", "all.yaml")
    assert code == 0
    assert "// ---- router ----" in out
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ([], (None, [])),
        (["serve"], (None, ["serve"])),
        (["-c", "a.yaml", "serve"], (Path("a.yaml"), ["serve"])),
        (["new-admin", "--config=a=b.yaml", "x"], (Path("a=b.yaml"), ["new-admin", "x"])),
        (["x", "--", "-c", "a"], (None, ["x", "--", "-c", "a"])),
        (["x", "-c", "--", "--"], (Path("--"), ["x", "--"])),
    ],
)
def test_taking_the_configuration_out_of_the_arguments(
    args: list[str], expected: tuple[Path | None, list[str]]
) -> None:
    assert take_config(args) == expected


def test_a_configuration_without_its_name() -> None:
    with pytest.raises(click.UsageError, match="needs the name of a file"):
        take_config(["serve", "--config"])


def test_a_table_has_no_trailing_blanks() -> None:
    entries = [PluginEntry("a", "1.0", "", "file", "on"), PluginEntry("long-name", "", "", "builtin", "off", "broken")]
    assert table(entries).splitlines() == [
        "name       version  source   state  reason",
        "a          1.0      file     on",
        "long-name           builtin  off    broken",
    ]
