"""What is written about hooks and settings is what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from m3m_core.config import keys
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


def test_the_smallest_plugin_of_the_page_works() -> None:
    example = re.findall(r"```python\n(.*?)```", (DOCS / "plugins.md").read_text(), re.DOTALL)[0]
    hello = ModuleType("hello")
    exec(example, vars(hello))
    with run_js([hello]) as js:
        assert js.value("hello.say('Ann') + $hello.say('Bob')") == "Hello, Ann!Hello, Bob!"
