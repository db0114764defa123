// Headers: names in lower case, values in the order of arrival.
() => {
  "use strict";
  const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

  class Headers {
    #lists = new Map(); // lower-case name → values in the order of arrival

    constructor(init) {
      if (init === undefined || init === null) return;
      if (typeof init !== "object") throw new TypeError("Headers wants an object, pairs or other Headers");
      const pairs = typeof init[Symbol.iterator] === "function" ? init : Object.keys(init).map((name) => [name, init[name]]);
      for (const pair of pairs) {
        const [name, value, ...more] = pair;
        if (pair.length < 2 || more.length > 0) throw new TypeError("Headers wants pairs: [name, value]");
        this.append(name, value);
      }
    }

    append(name, value) {
      const key = headerName(name), text = headerValue(name, value);
      if (this.#lists.has(key)) this.#lists.get(key).push(text);
      else this.#lists.set(key, [text]);
    }

    set(name, value) { this.#lists.set(headerName(name), [headerValue(name, value)]); }
    delete(name) { this.#lists.delete(headerName(name)); }
    get(name) { return this.#lists.get(headerName(name))?.join(", ") ?? null; }
    has(name) { return this.#lists.has(headerName(name)); }
    getSetCookie() { return [...(this.#lists.get("set-cookie") ?? [])]; }
    forEach(fn, self) { for (const [name, value] of this) fn.call(self, value, name, this); }

    *entries() {
      for (const name of [...this.#lists.keys()].sort()) {
        if (name === "set-cookie") for (const value of this.#lists.get(name)) yield [name, value];
        else yield [name, this.get(name)];
      }
    }
    *keys() { for (const [name] of this) yield name; }
    *values() { for (const [, value] of this) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toJSON() { return Object.fromEntries(this); }
  }

  function headerName(name) {
    if (!TOKEN.test(name)) throw new TypeError(`not a header name: ${JSON.stringify(`${name}`)}`);
    return `${name}`.toLowerCase();
  }

  // A line end in a value would be a header of its own.
  function headerValue(name, value) {
    const text = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
    if (/[\0\r\n]|[^\0-\xff]/.test(text)) {
      throw new TypeError(`the value of header ${name} has a character that headers cannot carry`);
    }
    return text;
  }

  Object.defineProperty(Headers.prototype, Symbol.toStringTag, { __proto__: null, value: "Headers", configurable: true });
  return { Headers, TOKEN };
}
