// The inside of an instance: what Python calls, what module scripts are given, and the lazy globals of all modules.
// Evaluated once per context, before any other code; it keeps its own references to the intrinsics that it needs,
// because a service may replace or pollute every one of them later.
(function () {
  "use strict";
  const global = globalThis;
  const raw = { __proto__: null };
  for (const name of ["call", "start", "settled", "source", "timer", "clearTimer", "fail", "log", "info", "exhausted",
    "requestEntry", "requestPart", "answer"]) {
    raw[name] = global["__host_" + name];
    delete global["__host_" + name];
  }

  const { parse, stringify } = JSON;
  const { defineProperty, freeze, create } = Object;
  const apply = Reflect.apply;
  const indirectEval = global.eval;
  const { isView } = ArrayBuffer;
  const Bytes = Uint8Array, Buffer = ArrayBuffer, NativeError = Error, NativePromise = Promise, NativeMap = Map;
  const toBase64 = Bytes.prototype.toBase64, fromBase64 = Bytes.fromBase64;
  const then = NativePromise.prototype.then, withResolvers = NativePromise.withResolvers, promiseResolve = NativePromise.resolve;
  const resolved = (value) => apply(promiseResolve, NativePromise, [value]);
  const { get: mapGet, set: mapSet, delete: mapDelete, has: mapHas } = NativeMap.prototype;
  const sizeOf = Object.getOwnPropertyDescriptor(NativeMap.prototype, "size").get;
  const slice = String.prototype.slice, includes = String.prototype.includes, charAt = String.prototype.charAt;
  const wellFormed = String.prototype.toWellFormed, replaceAll = String.prototype.replaceAll;
  // A long joined string is a rope, which the Python side cannot read: every string that crosses is made flat first.
  const flat = (string) => apply(slice, string, [0]);

  // ---- stacks: line numbers carry the file ----
  // The engine names every source <input>, so each user file is evaluated below `above` empty lines of its own: more
  // than any module's script has, and more than all files before it.
  const files = []; // {name, above}, in the order of evaluation

  function frame(site) {
    const line = site.getLineNumber();
    let at = files.length - 1;
    while (at >= 0 && line <= files[at].above) at--;
    if (at < 0) return "";
    const place = `${files[at].name}:${line - files[at].above}:${site.getColumnNumber()}`;
    const name = site.getFunctionName();
    return name && name !== "<eval>" ? `    at ${oneLine(name)} (${place})\n` : `    at ${place}\n`;
  }

  function formatStack(_error, sites) {
    let text = "";
    for (let i = 0; i < sites.length; i++) text += frame(sites[i]);
    return text;
  }
  NativeError.prepareStackTrace = formatStack; // an accessor of the engine: defineProperty would only hide it

  // ---- values that cross ----
  const BYTES = "\u0000bytes";

  function replacer(_key, value) {
    if (typeof value === "bigint") return `${value}`;
    if (typeof value !== "object" || value === null) return value;
    if (isView(value)) {
      const view = value instanceof Bytes ? value : new Bytes(value.buffer, value.byteOffset, value.byteLength);
      return { __proto__: null, [BYTES]: apply(toBase64, view, []) };
    }
    if (value instanceof Buffer) return { __proto__: null, [BYTES]: apply(toBase64, new Bytes(value), []) };
    return value;
  }

  function reviver(_key, value) {
    if (typeof value === "object" && value !== null && typeof value[BYTES] === "string") return fromBase64(value[BYTES]);
    return value;
  }

  // Envelope: "v" value, "b" value holding bytes, "u" undefined, "e" error; then JSON.
  function encode(value) {
    const text = stringify(value, replacer);
    return text === undefined ? "u" : flat("v" + text);
  }

  function decode(text) {
    const kind = apply(charAt, text, [0]);
    if (kind === "u") return undefined;
    const body = apply(slice, text, [1]);
    if (kind === "v") return parse(body);
    if (kind === "b") return parse(body, reviver);
    throw failure(parse(body));
  }

  function failure(told) {
    const error = new NativeError(told.message);
    defineProperty(error, "name", { __proto__: null, value: told.name, writable: true, configurable: true });
    error.code = told.code;
    if (told.fields) error.fields = told.fields;
    return error;
  }

  // Texts for people: whole characters only, since Python cannot read half of one, and of bounded length.
  const LONGEST_NAME = 200, LONGEST_MESSAGE = 8 * 1024, LONGEST_STACK = 16 * 1024;

  function text(value) {
    try { return apply(wellFormed, flat(`${value}`), []); } catch { return "a value that cannot be shown"; }
  }

  function short(value, limit) {
    const whole = text(value);
    return whole.length <= limit ? whole : `${text(apply(slice, whole, [0, limit]))}… (${whole.length} characters)`;
  }

  function oneLine(value) { return apply(replaceAll, short(value, LONGEST_NAME), ["\n", " "]); }

  function isError(value) {
    return value instanceof NativeError || (typeof value === "object" && value !== null && typeof value.stack === "string");
  }

  // What may be thrown is anybody's: getters and proxies may throw again.
  function describe(error) {
    if (isOutOfMemory(error) && raw.exhausted()) return told("InternalError", "out of memory");
    if (error === null) return told("InternalError", "out of memory, or null was thrown"); // the engine may throw it too
    try {
      return isError(error) ? describeError(error) : told("", `a value that is not an Error was thrown: ${thrown(error)}`);
    } catch { return told("", "a value that cannot be shown was thrown"); }
  }

  function told(name, message, stack = "") {
    return { __proto__: null, name: short(name, LONGEST_NAME), message: short(message, LONGEST_MESSAGE), stack: short(stack, LONGEST_STACK) };
  }

  function thrown(value) {
    if (typeof value !== "object") return text(value);
    try { return stringify(value); } catch { return text(value); }
  }

  function describeError(error) {
    let stack = error.stack ?? "";
    let cause = error.cause;
    for (let depth = 0; depth < 5 && isError(cause); depth++, cause = cause.cause) {
      stack += `  caused by ${short(cause.name, LONGEST_NAME)}: ${short(cause.message, LONGEST_MESSAGE)}\n${text(cause.stack ?? "")}`;
    }
    const shown = told(error.name, error.message, stack);
    if (error.code !== undefined) shown.code = short(error.code, LONGEST_NAME);
    return shown;
  }

  // The engine throws null when even the error object cannot be allocated.
  function isOutOfMemory(error) {
    return error === null || (error instanceof NativeError && error.name === "InternalError" && error.message === "out of memory");
  }

  function encodeError(error) {
    return flat("e" + stringify(describe(error)));
  }

  // ---- host functions ----
  const waiting = new NativeMap();
  let lastPromise = 0;

  function hostFunction(index) {
    return function (...args) { return decode(raw.call(index, stringify(args, replacer))); };
  }

  function hostPromise(index) {
    return function (...args) {
      const id = ++lastPromise;
      const { promise, resolve, reject } = apply(withResolvers, NativePromise, []);
      apply(mapSet, waiting, [id, { resolve, reject }]);
      raw.start(index, stringify(args, replacer), id);
      return promise;
    };
  }

  function settle(id, envelope) {
    const { resolve, reject } = apply(mapGet, waiting, [id]);
    apply(mapDelete, waiting, [id]);
    try { resolve(decode(envelope)); } catch (error) { reject(error); }
  }

  // ---- callbacks and entries: what Python may call ----
  const callbacks = new NativeMap();
  const entries = create(null);
  let lastCallback = 0;

  function callback(fn) {
    if (typeof fn !== "function") throw new TypeError("a function is wanted");
    apply(mapSet, callbacks, [++lastCallback, fn]);
    return lastCallback;
  }

  function invoke(fn, callId, args) {
    try {
      const result = apply(fn, undefined, parse(args, reviver));
      if (!isThenable(result)) return encode(result);
      apply(then, resolved(result), [
        (value) => raw.settled(callId, encodeSafely(value)),
        (error) => raw.settled(callId, encodeError(error)),
      ]);
      return "";
    } catch (error) { return encodeError(error); }
  }

  function encodeSafely(value) {
    try { return encode(value); } catch (error) { return encodeError(error); }
  }

  function isThenable(value) {
    if (value instanceof NativePromise) return true;
    return typeof value === "object" && value !== null && typeof value.then === "function";
  }

  function invokeCallback(id, callId, args) {
    const fn = apply(mapGet, callbacks, [id]);
    return fn === undefined ? "u" : invoke(fn, callId, args);
  }

  function invokeEntry(name, callId, args) {
    return entries[name] === undefined ? "u" : invoke(entries[name], callId, args);
  }

  // ---- timers ----
  const MOST_TIMERS = 10000;
  const LONGEST_DELAY = 2147483647;
  const timers = new NativeMap();
  let lastTimer = 0;

  function setTimer(delay, fn, repeat) {
    if (apply(sizeOf, timers, []) >= MOST_TIMERS) {
      const error = new RangeError(`too many timers: at most ${MOST_TIMERS} may wait at once`);
      error.code = "too_many_timers";
      throw error;
    }
    const wait = delay > 1 ? (delay > LONGEST_DELAY ? LONGEST_DELAY : +delay) : 1; // at least 1 ms, as in Node.js
    apply(mapSet, timers, [++lastTimer, { fn, wait, repeat }]);
    raw.timer(lastTimer, wait);
    return lastTimer;
  }

  function clearTimer(id) { if (apply(mapDelete, timers, [id])) raw.clearTimer(id); }

  function fire(id) {
    const timer = apply(mapGet, timers, [id]);
    if (timer === undefined) return;
    if (!timer.repeat) apply(mapDelete, timers, [id]);
    guard("timer", timer.fn);
    if (timer.repeat && apply(mapHas, timers, [id])) raw.timer(id, timer.wait);
  }

  // ---- failures and logs ----
  function fail(label, error) { raw.fail(text(label), stringify(describe(error))); }

  function guard(label, fn) {
    try {
      const result = fn();
      if (isThenable(result)) apply(then, resolved(result), [undefined, (error) => fail(label, error)]);
    } catch (error) { fail(label, error); }
  }

  // ---- modules: a global is made when it is first used ----
  const made = create(null), scripts = create(null);

  function hostObject(functions) {
    const host = create(null);
    for (let i = 0; i < functions.length; i++) {
      const { name, index, waits } = functions[i];
      host[name] = hostFunction(index);
      if (waits) host[`${name}Async`] = hostPromise(index);
    }
    return host;
  }

  // A script is one expression, a function; several may be read before it is known which of them will be used.
  function read(source) { return source ? indirectEval(source) : undefined; }
  function prepare(name, source) { scripts[name] = read(source); }

  function makeModule(module) {
    if (made[module.name] === undefined) {
      const host = hostObject(module.functions);
      const script = scripts[module.name] ?? read(raw.source(module.name));
      made[module.name] = script ? script(host, internals) : freeze(host);
    }
    return made[module.name];
  }

  function defineGlobal(name, make) {
    defineProperty(global, name, {
      configurable: true, enumerable: false,
      get() { const value = make(); define(name, value); return value; },
      set(value) { define(name, value); },
    });
  }

  function define(name, value) {
    defineProperty(global, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
  }

  function install(modules) {
    for (const module of parse(modules)) {
      if (module.exports.length) {
        for (const name of module.exports) defineGlobal(name, () => makeModule(module)[name]);
      } else {
        for (const name of module.globals) defineGlobal(name, () => makeModule(module));
      }
      if (module.eager) makeModule(module);
    }
  }

  // ---- the service's own code ----
  function evaluate(name, above, source) {
    try {
      files[files.length] = { __proto__: null, name, above };
      indirectEval(source);
      return "u";
    } catch (error) { return encodeError(error); }
  }

  // ---- answers to requests: strings that Python turns into HTTP ----
  // "j" JSON 200, "t" text 200, "n" 204, "r" + {s: status, h: headers, b: body is base64} + newline + body, "" later.
  function plain(body) {
    return apply(includes, body, ["\u0000"]) ? undefined : apply(wellFormed, body, []);
  }

  let info;
  const internals = freeze({
    __proto__: null,
    callback, release: (id) => { apply(mapDelete, callbacks, [id]); },
    after: (ms, fn) => setTimer(ms, fn, false), every: (ms, fn) => setTimer(ms, fn, true), clear: clearTimer,
    fail, guard, describe, isOutOfMemory, isThenable, plain,
    log: (level, line) => { raw.log(level, text(line)); },
    entry: (name, fn) => { entries[name] = fn; },
    requestEntry: (fn) => { global.__enter_request = (...request) => flat(apply(fn, undefined, request)); raw.requestEntry(); delete global.__enter_request; },
    requestPart: (id, part) => decode(raw.requestPart(id, part)),
    answer: (id, answer) => { raw.answer(id, flat(answer)); },
    get info() { return (info ??= freeze(parse(raw.info()))); },
  });

  for (const [name, fn] of [
    ["settle", settle], ["callback", invokeCallback], ["entry", invokeEntry], ["fire", fire],
    ["prepare", prepare], ["install", install], ["evaluate", evaluate],
  ]) global["__enter_" + name] = fn;
})();
