// Calls in both directions.
const waiting = new NativeMap();
let lastPromise = 0;

// Says what is wrong in better words than the engine's error of a full stack.
function handed(args) {
  try { return stringify(args, replacer); } catch (error) {
    if (error instanceof NativeRangeError && apply(stackOf, error, []) === null) throw new NativeTypeError("an argument is nested too deeply");
    throw error;
  }
}

function hostFunction(index) {
  return function (...args) { return decode(raw.call(index, handed(args))); };
}

function hostPromise(index) {
  return function (...args) {
    const { promise, resolve, reject } = apply(withResolvers, NativePromise, []);
    let given;
    try { given = handed(args); } catch (error) { reject(error); return promise; }
    const id = ++lastPromise;
    apply(mapSet, waiting, [id, { resolve, reject, asked: new NativeError() }]); // the stack of who asks, for a failure
    raw.start(index, given, id);
    return promise;
  };
}

function settle(id, envelope) {
  const { resolve, reject, asked } = apply(mapGet, waiting, [id]);
  apply(mapDelete, waiting, [id]);
  try { resolve(decode(envelope)); } catch (error) {
    error.stack = asked.stack;
    reject(error);
  }
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
