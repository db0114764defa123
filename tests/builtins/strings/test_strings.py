"""`strings` is `utils` under a second name."""

from __future__ import annotations

from m3m_core.testing import run_js


def test_it_has_the_same_functions() -> None:
    with run_js(["strings"]) as js:
        assert js.value("Object.keys(strings)") == js.value("Object.keys(utils)")
        assert js.value("strings.slugify('Привет мир')") == "privet-mir"
        assert js.value("$strings === strings")
