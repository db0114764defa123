"""structuredClone."""

from __future__ import annotations

import pytest

from m3m_core import ScriptError
from m3m_core.testing import JSRun


@pytest.mark.parametrize(
    "check",
    [
        "return [1, 'x', true, null, undefined, 10n, NaN].every((value) => Object.is(structuredClone(value), value))",
        "const a = {b: [1, {c: 2}]}, copy = structuredClone(a); a.b[1].c = 3; return copy.b[1].c === 2 && copy !== a",
        "const a = {}; a.self = a; const copy = structuredClone(a); return copy.self === copy && copy !== a",
        "const copy = structuredClone([1, , 3]); return copy.length === 3 && !(1 in copy)",
        "const shared = {x: 1}, copy = structuredClone({a: shared, b: shared}); return copy.a === copy.b",
        "return structuredClone(new Date(5)).getTime() === 5",
        "const copy = structuredClone(/a+/gi); return copy.source === 'a+' && copy.flags === 'gi'",
        "const [[key, set]] = structuredClone(new Map([[{k: 1}, new Set([2])]])); return key.k === 1 && set.has(2)",
        "const map = new Map(); map.set(0, map); const copy = structuredClone(map); return copy.get(0) === copy",
        """
        const copy = structuredClone(new TypeError("bad", { cause: { a: 1 } }))
        return copy instanceof TypeError && copy.message === "bad" && copy.cause.a === 1
        """,
        """
        const error = new Error("x")
        error.name = "Custom"
        const copy = structuredClone(error)
        return copy instanceof Error && copy.name === "Error" && typeof copy.stack === "string"
        """,
        """
        const copy = structuredClone(new Uint16Array([1, 2, 3]).subarray(1))
        return copy instanceof Uint16Array && copy.length === 2 && copy[0] === 2 && copy.byteOffset === 2
        """,
        """
        const buffer = new ArrayBuffer(8)
        const copy = structuredClone({ a: new Uint8Array(buffer), d: new DataView(buffer, 4) })
        return copy.a.buffer === copy.d.buffer && copy.d.byteOffset === 4
        """,
        "class P { x = 1; m() {} } const copy = structuredClone(new P()); return copy.x === 1 && !(copy instanceof P)",
        "return typeof structuredClone(Object(5)) === 'object' && structuredClone(Object('x')).valueOf() === 'x'",
        "return Object.hasOwn(structuredClone(JSON.parse('{\"__proto__\": 1}')), '__proto__')",
        """
        const buffer = new ArrayBuffer(4)
        const copy = structuredClone({ buffer }, { transfer: [buffer] })
        return buffer.byteLength === 0 && copy.buffer.byteLength === 4
        """,
        "return structuredClone({get x() { return 7 }}).x === 7",
        "return Object.getPrototypeOf(structuredClone(Object.create(null))) === Object.prototype",
    ],
)
def test_copies(js: JSRun, check: str) -> None:
    assert js.value(f"(() => {{ {check} }})()") is True


@pytest.mark.parametrize(
    "value",
    [
        "() => {}",
        "{a: {b() {}}}",
        "Symbol('s')",
        "[Object(Symbol())]",
        "Promise.resolve()",
        "new WeakMap()",
        "new Map([[1, () => {}]])",
    ],
)
def test_what_is_no_data_is_refused(js: JSRun, value: str) -> None:
    with pytest.raises(ScriptError, match="could not be cloned") as caught:
        js.value(f"structuredClone({value})")
    assert (caught.value.name, caught.value.code) == ("DataCloneError", "25")


def test_it_wants_a_value(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="structuredClone wants a value"):
        js.value("structuredClone()")


def test_it_does_not_mind_polluted_prototypes(js: JSRun) -> None:
    js.run("Object.prototype.get = 'polluted'")
    try:
        assert js.value("structuredClone({a: 1})") == {"a": 1}
    finally:
        js.run("delete Object.prototype.get")
