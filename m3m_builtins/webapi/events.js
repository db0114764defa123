// Event and EventTarget: one target without a tree, so there is no capturing or bubbling.
(m3m) => {
  "use strict";
  let deliver, listens;

  class Event {
    #type;
    #bubbles;
    #cancelable;
    #target = null;
    #prevented = false;
    #stopped = false;
    #time = performance.now();

    static {
      deliver = {
        aim(event, target) { event.#target = target; event.#stopped = false; },
        stopped: (event) => event.#stopped,
      };
    }

    constructor(type, options = {}) {
      if (arguments.length === 0) throw new TypeError("Event wants a type: new Event(\"done\")");
      this.#type = `${type}`;
      this.#bubbles = Boolean(options?.bubbles);
      this.#cancelable = Boolean(options?.cancelable);
    }

    get type() { return this.#type; }
    get target() { return this.#target; }
    get currentTarget() { return this.#target; }
    get bubbles() { return this.#bubbles; }
    get cancelable() { return this.#cancelable; }
    get defaultPrevented() { return this.#prevented; }
    get timeStamp() { return this.#time; }
    preventDefault() { if (this.#cancelable) this.#prevented = true; }
    stopPropagation() {}
    stopImmediatePropagation() { this.#stopped = true; }
  }

  class CustomEvent extends Event {
    #detail;
    constructor(type, options = {}) {
      super(type, options);
      this.#detail = options?.detail ?? null;
    }
    get detail() { return this.#detail; }
  }

  class EventTarget {
    #listeners = new Map();

    static { listens = (target, type) => (target.#listeners.get(type) ?? []).length > 0; }

    addEventListener(type, listener, options) {
      if (listener === null || listener === undefined) return;
      const once = typeof options === "object" && options !== null && Boolean(options.once);
      const signal = typeof options === "object" && options !== null ? options.signal : undefined;
      if (signal?.aborted) return;
      const list = this.#listeners.get(`${type}`) ?? [];
      if (list.some((known) => known.listener === listener)) return;
      this.#listeners.set(`${type}`, [...list, { listener, once }]);
      signal?.addEventListener("abort", () => this.removeEventListener(type, listener));
    }

    removeEventListener(type, listener) {
      const list = this.#listeners.get(`${type}`) ?? [];
      this.#listeners.set(`${type}`, list.filter((known) => known.listener !== listener));
    }

    // A listener that throws does not stop the others; its error goes to the log.
    dispatchEvent(event) {
      if (!(event instanceof Event)) throw new TypeError("dispatchEvent wants an Event");
      deliver.aim(event, this);
      for (const known of this.#listeners.get(event.type) ?? []) {
        if (deliver.stopped(event)) break;
        if (!this.#listeners.get(event.type).includes(known)) continue;
        if (known.once) this.removeEventListener(event.type, known.listener);
        m3m.guard(`listener of "${event.type}"`, () => called(known.listener, event, this));
      }
      return !event.defaultPrevented;
    }
  }

  function called(listener, event, target) {
    return typeof listener === "function" ? listener.call(target, event) : listener.handleEvent(event);
  }

  for (const type of [Event, CustomEvent, EventTarget]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { classes: { Event, CustomEvent, EventTarget }, listens };
}
