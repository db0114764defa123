"""The inside of an instance, in JavaScript; evaluated before any other code, as one function.

It keeps its own references to the intrinsics that it needs, because a service may replace or pollute every one later.
"""

from __future__ import annotations

from importlib import resources

PARTS = ("start", "stacks", "values", "errors", "options", "calls", "timers", "rejections", "files", "globals", "doors")
"""Each uses what the ones before it have defined."""

FOLDER = resources.files(__package__)
PRELUDE = "\n".join(["(function () {", *(FOLDER.joinpath(f"{part}.js").read_text() for part in PARTS), "})()"])
