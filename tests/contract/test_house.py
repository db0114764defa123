"""The papers of the project say what is true of its files."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import m3m_core

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
CI = (ROOT / ".ci/run").read_text()
PAGES = [path.relative_to(ROOT).as_posix() for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))]

# Folders of one person's or one machine's disk, and notes to oneself.
LEAKS = re.compile(r"(?<![\w.$}/-])/(?:root|work|Users|home/\w+)/|\b(?:TO" + r"DO|FIX" + r"ME)\b")
LINK = re.compile(r"\[[^]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


MODULES = "agenda egress forms http outgoing pictures secrets settings testing version"
PUBLIC = {"m3m_core", *(f"m3m_core.{name}" for name in MODULES.split())}
"""What plugins may import of the kernel, as docs/plugins.md says. The builtins are plugins."""


def kernel_imports(path: Path) -> set[str]:
    """Modules of the kernel, and the names `m3m_core.name` that are taken from the package itself."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "m3m_core":
            found.update(f"m3m_core.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module or "")
    return {name for name in found if name.split(".")[0] == "m3m_core"}


def project() -> dict[str, object]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"])


def commands() -> list[str]:
    """README's commands that stand alone in a block."""
    return re.findall(r"```bash\n(python3 -m venv [^\n]+)\n```", README)


def kept_files() -> list[Path]:
    """Every file that Git keeps or would keep; nothing where the project is not a Git checkout."""
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listing, capture_output=True, text=True, check=False)
    return [path for name in found.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_builtins_use_what_is_public_of_the_kernel() -> None:
    files = [path for folder in ("m3m_builtins", "plugins") for path in (ROOT / folder).rglob("*.py")]
    used = {name for path in files for name in kernel_imports(path)}
    assert used <= PUBLIC | {f"m3m_core.{name}" for name in m3m_core.__all__}
    assert PUBLIC - {"m3m_core"} == set(re.findall(r"`(m3m_core\.\w+)`", (ROOT / "docs/plugins.md").read_text()))


def test_readme_has_one_command_to_run_and_one_to_test() -> None:
    run, test = commands()
    assert run.endswith("-e '.[embedded]' && .venv/bin/m3m serve")
    assert test.endswith("&& .venv/bin/pip install tox && .venv/bin/tox")


def test_ci_installs_and_tests_as_the_readme_says() -> None:
    steps = [step.strip() for step in commands()[1].split("&&")]
    lines = [step.strip() for line in CI.splitlines() for step in line.split("&&")]
    assert [line for line in lines if line in steps] == steps


def test_tox_runs_every_environment_and_ci_leaves_out_known_ones() -> None:
    tox = configparser.ConfigParser()
    tox.read(ROOT / "tox.ini")
    listed = {name.strip() for name in tox["tox"]["env_list"].split(",")}
    assert listed == {section.removeprefix("testenv:") for section in tox.sections() if section.startswith("testenv:")}
    left_out = re.search(r"TOX_SKIP_ENV='(\S+)'", CI)
    assert left_out is not None
    assert f"TOX_SKIP_ENV='{left_out[1]}'" in README
    assert set(left_out[1].split("|")) <= listed


def test_the_extras_that_the_papers_name_exist() -> None:
    extras = project()["optional-dependencies"]
    assert isinstance(extras, dict)
    for page in PAGES:
        for names in re.findall(r"\.?\[((?:embedded|draw|test)[\w,]*)\]'", (ROOT / page).read_text()):
            assert set(names.split(",")) <= set(extras), page


def test_the_script_that_the_readme_calls_exists() -> None:
    assert "m3m" in project()["scripts"]  # type: ignore[operator]


def test_every_command_that_the_papers_name_exists(tmp_path: Path) -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "m3m_core", "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    existing = set(re.findall(r"^  ([a-z][a-z-]*) ", help_text.split("Commands:")[1], re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"\bm3m ([a-z][a-z-]*)", (ROOT / page).read_text())}
    assert named - existing == set()


@pytest.mark.parametrize("page", [page for page in PAGES if page != "README.md"])
def test_readme_links_to_every_page(page: str) -> None:
    assert page in LINK.findall(README)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    targets = [target for target in LINK.findall((ROOT / page).read_text()) if "://" not in target]
    missing = [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()]
    assert missing == []


def test_changelog_has_the_version() -> None:
    assert f"## [{project()['version']}]" in (ROOT / "CHANGELOG.md").read_text()


def test_ci_script_is_executable_and_stops_at_the_first_failure() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert "\nset -euo pipefail\n" in CI


def test_no_file_leaks_where_it_was_written() -> None:
    leaks = []
    for path in kept_files():
        if path == Path(__file__) or b"\0" in (content := path.read_bytes())[:1024]:
            continue
        found = LEAKS.search(content.decode(errors="replace"))
        if found:
            leaks.append(f"{path.relative_to(ROOT)}: {found[0]}")
    assert leaks == []
