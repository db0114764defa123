// AbortController and AbortSignal. What nobody waits for any more goes, with its timer: a service may make a thousand
// signals a second that would time out in half a minute.
(m3m, events, listens) => {
  "use strict";
  const { Event, EventTarget } = events;
  const KEY = Symbol("made inside");
  const awaited = new Set(); // signals that something will abort, and whose listeners are all that still holds them
  const timed = new FinalizationRegistry((timer) => { m3m.clear(timer); });
  const followers = new FinalizationRegistry(({ sources, weak }) => { for (const source of sources) unfollow(source, weak); });
  let abort, unfollow, make;

  class AbortSignal extends EventTarget {
    #reason;
    #onabort = null;
    #sources = []; // of which the first that is aborted aborts this one
    #followers = new Set(); // weak: signals that this one is a source of
    #isTimed = false;

    static {
      make = () => new AbortSignal(KEY);
      unfollow = (source, weak) => { source.#followers.delete(weak); };
      abort = (signal, reason = new DOMException("This operation was aborted", "AbortError")) => {
        if (signal.aborted) return;
        signal.#reason = reason;
        awaited.delete(signal);
        signal.dispatchEvent(new Event("abort"));
        for (const weak of signal.#followers) {
          const follower = weak.deref();
          if (follower !== undefined) abort(follower, reason);
        }
      };
    }

    constructor(key) {
      if (key !== KEY) throw new TypeError("make a signal with new AbortController() or AbortSignal.timeout(ms)");
      super();
    }

    get aborted() { return this.#reason !== undefined; }
    get reason() { return this.#reason; }
    throwIfAborted() { if (this.aborted) throw this.#reason; }

    get onabort() { return this.#onabort; }
    set onabort(listener) {
      this.removeEventListener("abort", this.#onabort);
      this.#onabort = typeof listener === "function" ? listener : null;
      this.addEventListener("abort", this.#onabort);
    }

    addEventListener(type, listener, options) {
      super.addEventListener(type, listener, options);
      this.#hold();
    }

    removeEventListener(type, listener) {
      super.removeEventListener(type, listener);
      this.#hold();
    }

    #hold() {
      if (listens(this, "abort") && !this.aborted && (this.#isTimed || this.#sources.length > 0)) awaited.add(this);
      else awaited.delete(this);
    }

    static abort(reason) {
      const signal = make();
      abort(signal, reason);
      return signal;
    }

    static timeout(ms) {
      if (!(Number(ms) >= 0)) throw new TypeError("AbortSignal.timeout wants a number of milliseconds");
      const signal = make(), weak = new WeakRef(signal);
      signal.#isTimed = true;
      const timer = m3m.after(Number(ms), () => {
        const late = weak.deref();
        if (late !== undefined) abort(late, new DOMException("The operation timed out", "TimeoutError"));
      });
      timed.register(signal, timer);
      return signal;
    }

    static any(signals) {
      const joined = make(), sources = [...signals];
      const done = sources.find((signal) => signal.aborted);
      if (done !== undefined) abort(joined, done.reason);
      else if (sources.length > 0) joined.#follow(sources);
      return joined;
    }

    #follow(sources) {
      const weak = new WeakRef(this);
      this.#sources = sources;
      for (const source of sources) source.#followers.add(weak);
      followers.register(this, { sources, weak });
    }
  }

  class AbortController {
    #signal = make();
    get signal() { return this.#signal; }
    abort(reason) { abort(this.#signal, reason); }
  }

  for (const type of [AbortSignal, AbortController]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { AbortSignal, AbortController };
}
