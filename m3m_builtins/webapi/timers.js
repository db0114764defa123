// setTimeout and its family, over the kernel's timers.
(m3m) => {
  "use strict";

  function begin(name, start, fn, delay, args) {
    if (typeof fn !== "function") throw new TypeError(`${name} wants a function: ${name}(() => { ... }, 1000)`);
    const ms = Number(delay);
    return start(ms > 0 ? ms : 0, args.length === 0 ? () => fn() : () => fn(...args));
  }

  // Anything that is not the number of a timer is ignored, as on the web.
  function clear(id) { if (typeof id === "number") m3m.clear(id); }

  return {
    setTimeout: (fn, delay, ...args) => begin("setTimeout", m3m.after, fn, delay, args),
    setInterval: (fn, delay, ...args) => begin("setInterval", m3m.every, fn, delay, args),
    clearTimeout: (id) => { clear(id); },
    clearInterval: (id) => { clear(id); },
  };
}
