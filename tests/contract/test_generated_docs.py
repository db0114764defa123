"""What is written about hooks and settings is what the code says."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from m3m_core.config import keys
from m3m_core.discovery import find
from m3m_core.settings import Plugins
from m3m_core.testing import run_js

DOCS = Path(__file__).parents[2] / "docs"


def test_the_generated_parts_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", DOCS / "generate.py", "--check"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("key", list(keys()))
def test_every_setting_is_described(key: str) -> None:
    (row,) = re.findall(rf"^\| `{re.escape(key)}` \|.*$", (DOCS / "config.md").read_text(), re.MULTILINE)
    meaning = row.split("|")[-2].strip()
    assert meaning.endswith("."), row


def plugin_settings() -> list[tuple[str, str]]:
    manifests = [getattr(found.module, "manifest", None) for found in find(Plugins(path=DOCS / "none"))]
    configs = [(manifest.name, manifest.config) for manifest in manifests if manifest and manifest.config]
    return [(name, each.name) for name, config in configs for each in dataclasses.fields(config)]


@pytest.mark.parametrize(("plugin", "key"), plugin_settings())
def test_every_setting_of_a_builtin_is_described(plugin: str, key: str) -> None:
    _, _, table = (DOCS / "config.md").read_text().partition(f"`plugins.config.{plugin}`")
    table, _, _ = table.partition("`plugins.config.")
    assert re.search(rf"^\|.*`{key}`.*\|", table, re.MULTILINE)


def test_the_smallest_plugin_of_the_page_works() -> None:
    example = re.findall(r"```python\n(.*?)```", (DOCS / "plugins.md").read_text(), re.DOTALL)[0]
    hello = ModuleType("hello")
    exec(example, vars(hello))
    with run_js([hello]) as js:
        assert js.value("hello.say('Ann') + $hello.say('Bob')") == "Hello, Ann!Hello, Bob!"
