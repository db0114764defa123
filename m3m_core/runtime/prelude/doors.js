// What module scripts are given, and what Python calls.
// The router answers a request with "j" JSON 200, "t" text 200, "n" 204, "r" + {s: status, h: headers, b: body is base64} +
// newline + body, "f" + a file, "s" + a stream (longanswers.py), or "" for later.
function plain(body) {
  return apply(includes, body, ["\u0000"]) ? undefined : apply(wellFormed, body, []);
}

let info;
const internals = freeze({
  __proto__: null,
  callback, release: (id) => { apply(mapDelete, callbacks, [id]); },
  after: (ms, fn) => setTimer(ms, fn, false), every: (ms, fn) => setTimer(ms, fn, true), clear: clearTimer,
  fail, guard, describe, isOutOfMemory, isThenable, plain, options,
  log: (level, line) => { raw.log(level, text(line)); },
  entry: (name, fn) => { entries[name] = fn; },
  require: requireIn(""),
  main: (fn) => { mainTakers[mainTakers.length] = fn; },
  requestEntry: (fn) => { global.__enter_request = (...request) => flat(apply(fn, undefined, request)); raw.requestEntry(); delete global.__enter_request; },
  requestPart: (id, part) => decode(raw.requestPart(id, part)),
  routed: raw.routed,
  answer: (id, answer) => raw.answer(id, flat(answer)), // whether somebody still waits for it
  get info() { return (info ??= freeze(parse(raw.info()))); },
});

for (const [name, fn] of [
  ["settle", settle], ["callback", invokeCallback], ["entry", invokeEntry], ["fire", fire],
  ["prepare", prepare], ["install", install], ["wake", wake], ["evaluate", evaluate],
  ["refuse", refuse], ["require", requireFor], ["rejected", rejected], ["tellRejections", tellRejections],
]) global["__enter_" + name] = fn;
define("queueMicrotask", queueMicrotask);
