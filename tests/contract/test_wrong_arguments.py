"""Every function of every module, called with what it was not made for: an error for the caller, never one of ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from m3m_core.kernel import Kernel
from m3m_core.testing import JSRun, as_user, kernel, run_js

MODULES = (
    "$service", "crypto", "database", "database.collection('things')", "delayed", "draw", "draw.createCanvas(2, 2)",
    "encoding", "env", "goals", "http", "http.session()", "image", "logger", "router", "schedule", "smtp", "storage",
    "strings", "utils", "validator",
)  # fmt: skip
LONG = {
    "boot", "decrypt", "delay", "encrypt", "hashPassword", "session", "shotdown", "shutdown", "sleep", "start",
    "verifyPassword",
}  # fmt: skip
"""Functions that take their time, and those that keep what they are given for later."""

WALK = """
globalThis.boom = new Error("boom")
globalThis.values = [
  ["null", () => null], ["undefined", () => undefined], ["42", () => 42], ["-1", () => -1], ["NaN", () => NaN],
  ["1e308", () => 1e308], ["true", () => true], ["an empty text", () => ""], ["a text", () => "text"],
  ["a long text", () => "x".repeat(10000)], ["half a character", () => "\\ud800"], ["NUL", () => "a\\0b"],
  ["a function", () => () => 1], ["a symbol", () => Symbol("s")], ["a bigint", () => 10n ** 30n],
  ["{}", () => ({})], ["[]", () => []], ["[null]", () => [null]], ["a map", () => new Map([[1, 2]])],
  ["no prototype", () => Object.create(null)], ["no date", () => new Date(NaN)],
  ["bytes", () => new Uint8Array([255, 0, 1])], ["bytes inside", () => ({ a: new Uint8Array(3) })],
  ["getters that throw", () => ({ get name() { throw boom }, get length() { throw boom }, get a() { throw boom } })],
  ["a proxy that throws", () => new Proxy({}, { get() { throw boom }, ownKeys() { throw boom } })],
  ["a toString that throws", () => ({ toString() { throw boom } })],
  ["itself inside", () => { const a = {}; a.a = a; return a }],
  ["300 deep", () => { let a = {}; for (let i = 0; i < 300; i++) a = { a }; return a }],
  ["3000 deep", () => { let a = []; for (let i = 0; i < 3000; i++) a = [a]; return a }],
  ["what no JSON has", () => ({ a: { b: [Symbol("x"), () => 1, 10n] } })],
]
globalThis.functionsOf = (object) => {
  const found = new Set()
  for (let at = object; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === "function" && name !== "constructor" && !name.startsWith("_")) found.add(name)
    }
  }
  return [...found].sort()
}
globalThis.tries = function* () {
  yield ["()", []]
  for (const [label, make] of values) {
    for (const before of [0, 1, 2]) yield [`(${"'a', ".repeat(before)}${label})`, [...Array(before).fill("a"), make()]]
    yield [`(3 × ${label})`, [make(), make(), make()]]
  }
}
globalThis.wrong = async (object, name) => {
  const found = []
  for (const [label, args] of tries()) {
    try {
      const answer = object[name](...args)
      if (typeof answer?.then === "function") await Promise.race([answer, new Promise((done) => setTimeout(done, 100))])
    } catch (error) {
      if (error === boom) continue
      if (error instanceof RangeError && error.message === "Maximum call stack size exceeded") continue // of the engine
      const isTold = error instanceof Error && typeof error.message === "string" && error.message.length > 5
      const hasCode = error instanceof DOMException || (typeof error?.code === "string" && error.code !== "internal")
      const isAnswer = typeof error?.status === "number" // router.error is what one throws
      if (isTold && (hasCode || isAnswer)) continue
      found.push(`${name}${label}: ${error?.name} ${error?.code}: ${error?.message}`)
    }
  }
  return found
}
"""
MODEL = {"name": "Things", "slug": "things", "fields": [{"key": "name", "type": "string"}]}


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel() as started:
        yield started


@pytest.fixture(scope="module")
def js(running: Kernel) -> Iterator[JSRun]:
    owner = as_user(running, "owner@example.com", create_projects=True)
    project = owner.post("/api/projects", json={"name": "Shop", "slug": "shop"}).json["id"]
    owner.post(f"/api/projects/{project}/models", json=MODEL)
    with run_js(code=WALK, within=running, project_id=project, slug="shop", timeout=60) as run:
        yield run


def test_all_modules_are_walked(js: JSRun) -> None:
    named = {name.removeprefix("$") for name in js.value("Object.getOwnPropertyNames(globalThis)") if name[0] == "$"}
    walked = {module.removeprefix("$").partition("(")[0].partition(".")[0] for module in MODULES}
    assert named - walked == {"exports", "mail", "require", "testing"}


@pytest.mark.parametrize("module", MODULES)
def test_wrong_arguments(js: JSRun, module: str, caplog: pytest.LogCaptureFixture) -> None:
    bad: list[Any] = []
    for name in js.value(f"functionsOf({module})"):
        if name.removesuffix("Async") not in LONG:
            bad += js.value(f"wrong({module}, '{name}')")
    assert bad == []
    failures = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage() for record in failures] == []
