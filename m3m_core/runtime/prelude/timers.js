// Timers, and what fails while nobody waits for it.
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
// Stands for `count` failures; 0 for what fails in a request, which counts by the status of the answer.
function fail(label, error, count = 1) { raw.fail(text(label), stringify(describe(error)), count); }

function guard(label, fn) {
  try {
    const result = fn();
    if (isThenable(result)) apply(then, resolved(result), [undefined, (error) => fail(label, error)]);
  } catch (error) { fail(label, error); }
}

// What a microtask throws would go to whoever entered JavaScript.
const nativeMicrotask = global.queueMicrotask;

function queueMicrotask(fn) {
  if (typeof fn !== "function") throw new TypeError("queueMicrotask wants a function");
  nativeMicrotask(() => guard("microtask", fn));
}
