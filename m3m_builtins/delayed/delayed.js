// Work that may wait until the current piece of JavaScript has ended.
(host, m3m) => {
  "use strict";
  const MOST_PENDING = 10000;
  let pending = 0;

  function run(fn, ...args) {
    if (typeof fn !== "function") throw new TypeError("delayed.run wants a function: delayed.run(() => { ... })");
    if (pending >= MOST_PENDING) {
      const error = new RangeError(`too much delayed work: at most ${MOST_PENDING} functions may wait at once`);
      error.code = "too_many_delayed";
      throw error;
    }
    pending++;
    const id = m3m.callback(async () => {
      m3m.release(id);
      pending--;
      await fn(...args);
    });
    host.run(id);
  }

  return Object.freeze({ run });
}
