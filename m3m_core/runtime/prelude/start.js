// What the rest keeps of the world: the host's functions, and the intrinsics as they were before any other code.
"use strict";
const global = globalThis;
const raw = { __proto__: null };
for (const name of ["call", "start", "settled", "functions", "source", "timer", "clearTimer", "fail", "log", "info", "exhausted",
  "requestEntry", "requestPart", "routed", "answer", "resolve", "file", "admitMain", "isModule", "random"]) {
  raw[name] = global["__host_" + name];
  delete global["__host_" + name];
}

const { parse, stringify } = JSON;
const { defineProperty, freeze, create, keys: ownKeys } = Object;
const { isArray } = Array;
const apply = Reflect.apply;
const indirectEval = global.eval;
const { isView } = ArrayBuffer;
const NativeError = Error, NativeSyntaxError = SyntaxError, NativeTypeError = TypeError, NativeRangeError = RangeError, NativeFunction = Function;
const Bytes = Uint8Array, Buffer = ArrayBuffer, NativePromise = Promise, NativeMap = Map;
const toBase64 = Bytes.prototype.toBase64, fromBase64 = Bytes.fromBase64;
const then = NativePromise.prototype.then, withResolvers = NativePromise.withResolvers, promiseResolve = NativePromise.resolve;
const resolved = (value) => apply(promiseResolve, NativePromise, [value]);
const { get: mapGet, set: mapSet, delete: mapDelete, has: mapHas, forEach: mapEach, clear: mapClear } = NativeMap.prototype;
const stackOf = Object.getOwnPropertyDescriptor(NativeError.prototype, "stack").get;
const sizeOf = Object.getOwnPropertyDescriptor(NativeMap.prototype, "size").get;
const slice = String.prototype.slice, includes = String.prototype.includes, charAt = String.prototype.charAt;
const wellFormed = String.prototype.toWellFormed, replaceAll = String.prototype.replaceAll, match = String.prototype.match;
// A long joined string is a rope, which the Python side cannot read: every string that crosses is made flat first.
const flat = (string) => apply(slice, string, [0]);
