// As in browsers, only so many exchanges are open at once: the others wait for their turn.
(m3m) => {
  "use strict";
  const MOST_OPEN = 100, MOST_WAITING = 10000, STANDSTILL = 20000; // ms in which not one has ended
  const waiting = new Set();
  let open = 0;
  let clock;

  function refused(message) {
    const error = new Error(message);
    error.code = "too_many_requests";
    return error;
  }

  function watch() {
    m3m.clear(clock);
    clock = waiting.size === 0 ? undefined : m3m.after(STANDSTILL, refuseAll);
  }

  // Who waits for bodies that nobody reads would wait for ever.
  function refuseAll() {
    const error = refused(`${MOST_OPEN} answers are open: read their bodies or cancel them`);
    for (const one of waiting) { waiting.delete(one); one.reject(error); }
  }

  function enter() {
    let inside = true;
    open++;
    return () => {
      if (!inside) return;
      inside = false;
      open--;
      const [first] = waiting;
      if (first === undefined) return;
      waiting.delete(first);
      watch();
      first.resolve(enter());
    };
  }

  // The function that ends the turn, or a promise of it. Rejected when the signal is aborted meanwhile.
  function turn(signal) {
    if (open < MOST_OPEN) return enter();
    if (waiting.size >= MOST_WAITING) throw refused(`${MOST_WAITING} requests wait already: wait for some of them`);
    const one = Promise.withResolvers();
    const onAbort = () => { if (waiting.delete(one)) one.reject(signal.reason); };
    signal.addEventListener("abort", onAbort);
    waiting.add(one);
    if (waiting.size === 1) watch();
    return one.promise.finally(() => signal.removeEventListener("abort", onAbort));
  }

  return turn;
}
