"""An example of a plugin: a JavaScript module, a route, types and settings, in one file.

To use it, copy it (or what build.py makes of it) into the folder that `plugins.path` names, and restart M3M.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from m3m_core import (
    SIGNED_IN,
    Context,
    Invalid,
    JSModule,
    Manifest,
    Operation,
    Route,
    Seconds,
    TypeDefinition,
    field,
    hookimpl,
    waits,
)

if TYPE_CHECKING:
    import falcon

LONGEST_NAME = 100

TYPES = """
/** Greetings, from the example plugin. */
declare const example: {
  /** `example.greet("Ann")` → `"Hello, Ann!"` */
  greet(name: string): string;
  /** The same after a pause, while nothing else runs in this instance. */
  greetSlowly(name: string): string;
  /** The same after a pause; other requests are answered meanwhile. */
  greetSlowlyAsync(name: string): Promise<string>;
};
declare const $example: typeof example;
"""


@dataclass(frozen=True)
class ExampleConfig:
    """What stands under `plugins.config.example`."""

    greeting: str = "Hello"
    pause: Seconds = Seconds(1)

    def __post_init__(self) -> None:
        if self.pause < 0:
            raise ValueError("pause must not be negative")


manifest = Manifest(
    name="example",
    version="1.0.0",
    description="Greets people: an example for authors of plugins",
    config=ExampleConfig,
)


class Greeter:
    """The rules, without HTTP or JavaScript. One for each process."""

    def __init__(self, config: ExampleConfig) -> None:
        self._config = config
        self.pause = config.pause

    def greet(self, name: str) -> str:
        """Raises Invalid, which HTTP answers with 422 and JavaScript throws as an Error."""
        if not name.strip() or len(name) > LONGEST_NAME:
            message = f"A name has 1 to {LONGEST_NAME} characters."
            raise Invalid(message, fields={"name": field("length", message)})
        return f"{self._config.greeting}, {name.strip()}!"


class GreetingModule:
    """The public methods are what JavaScript calls: `greet_slowly` is `example.greetSlowly` there."""

    def __init__(self, greeter: Greeter) -> None:
        self._greeter = greeter

    def greet(self, name: str) -> str:
        return self._greeter.greet(name)

    @waits
    def greet_slowly(self, name: str) -> str:
        time.sleep(self._greeter.pause)
        return self._greeter.greet(name)


class GreetingResource:
    """What Falcon calls for the path in `m3m_routes`."""

    def __init__(self, greeter: Greeter) -> None:
        self._greeter = greeter

    def on_get(self, _req: falcon.Request, resp: falcon.Response, name: str) -> None:
        """Greet somebody."""
        resp.media = {"greeting": self._greeter.greet(name)}


@hookimpl
def m3m_startup(ctx: Context) -> Greeter:
    return Greeter(ctx.config)


@hookimpl
def m3m_routes(ctx: Context) -> Sequence[Route]:
    return [Route("/api/example/greetings/{name}", GreetingResource(ctx.service), {"GET": Operation(SIGNED_IN)})]


@hookimpl
def m3m_js_modules(ctx: Context) -> Sequence[JSModule]:
    return [JSModule("example", GreetingModule(ctx.service))]


@hookimpl
def m3m_type_definitions() -> Sequence[TypeDefinition]:
    return [TypeDefinition("example", TYPES)]
