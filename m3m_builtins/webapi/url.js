// URL and URLSearchParams. Parsing is the host's (Ada, the parser of Node.js); what is kept and iterated is here.
(host) => {
  "use strict";
  const PARTS = ["protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"];
  const wellFormed = (value) => `${value}`.toWellFormed();
  let connect; // (url, params): the query of that URL; given by URLSearchParams itself

  class URLSearchParams {
    #pairs = [];
    #changed = () => {};

    static {
      connect = {
        to(params, changed) { params.#changed = changed; },
        read(params, query) { params.#pairs = host.parseQuery(query); },
      };
    }

    constructor(init = "") {
      if (typeof init === "object" && init !== null || typeof init === "function") this.#pairs = pairsOf(init);
      else this.#pairs = host.parseQuery(wellFormed(init).replace(/^\?/, ""));
    }

    get size() { return this.#pairs.length; }

    append(name, value) {
      this.#pairs.push([wellFormed(name), wellFormed(value)]);
      this.#changed();
    }

    delete(name, value) {
      const key = wellFormed(name);
      this.#pairs = this.#pairs.filter((pair) => pair[0] !== key || (value !== undefined && pair[1] !== wellFormed(value)));
      this.#changed();
    }

    get(name) {
      const key = wellFormed(name);
      return this.#pairs.find((pair) => pair[0] === key)?.[1] ?? null;
    }

    getAll(name) {
      const key = wellFormed(name);
      return this.#pairs.filter((pair) => pair[0] === key).map((pair) => pair[1]);
    }

    has(name, value) {
      const key = wellFormed(name);
      return this.#pairs.some((pair) => pair[0] === key && (value === undefined || pair[1] === wellFormed(value)));
    }

    set(name, value) {
      const key = wellFormed(name), text = wellFormed(value);
      const first = this.#pairs.find((pair) => pair[0] === key);
      if (first === undefined) this.#pairs.push([key, text]);
      else {
        first[1] = text;
        this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== key);
      }
      this.#changed();
    }

    sort() {
      this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      this.#changed();
    }

    forEach(fn, self) { for (const [name, value] of this) fn.call(self, value, name, this); }

    // By position, so that what is added or taken away during the loop counts.
    *entries() { for (let i = 0; i < this.#pairs.length; i++) yield [...this.#pairs[i]]; }
    *keys() { for (const [name] of this) yield name; }
    *values() { for (const [, value] of this) yield value; }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return host.formatQuery(this.#pairs); }
  }

  function pairsOf(init) {
    if (typeof init[Symbol.iterator] !== "function") {
      return Object.keys(init).map((name) => [wellFormed(name), wellFormed(init[name])]);
    }
    return Array.from(init, (item) => {
      const pair = [...item];
      if (pair.length !== 2) throw new TypeError("URLSearchParams wants pairs: [name, value]");
      return pair.map(wellFormed);
    });
  }

  const parse = (url, base) => host.parse(wellFormed(url), base === undefined ? null : wellFormed(base));

  class URL {
    #parts;
    #params;

    constructor(url, base) {
      if (arguments.length === 0) throw new TypeError("URL wants a text: new URL(\"https://example.com/\")");
      this.#parts = parse(url, base);
      if (this.#parts === undefined) throw invalid(base === undefined ? url : `${url}" with base "${base}`);
    }

    static canParse(url, base) { return parse(url, base) !== undefined; }
    static parse(url, base) { return URL.canParse(url, base) ? new URL(url, base) : null; }

    get origin() { return this.#parts.origin; }
    get href() { return this.#parts.href; }
    set href(value) {
      const parts = parse(value);
      if (parts === undefined) throw invalid(value);
      this.#take(parts);
    }

    get searchParams() {
      if (this.#params === undefined) {
        this.#params = new URLSearchParams(this.#parts.search);
        connect.to(this.#params, () => { this.#parts = host.change(this.#parts.href, "search", this.#params.toString()); });
      }
      return this.#params;
    }

    #take(parts) {
      this.#parts = parts;
      if (this.#params !== undefined) connect.read(this.#params, parts.search.slice(1));
    }

    toString() { return this.#parts.href; }
    toJSON() { return this.#parts.href; }

    static {
      for (const name of PARTS) {
        Object.defineProperty(URL.prototype, name, {
          __proto__: null, configurable: true, enumerable: true,
          get() { return this.#parts[name]; },
          set(value) { this.#take(host.change(this.#parts.href, name, wellFormed(value))); },
        });
      }
    }
  }

  function invalid(url) {
    const error = new TypeError(`"${url}" is not a URL`);
    error.code = "ERR_INVALID_URL";
    return error;
  }

  for (const type of [URL, URLSearchParams]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { URL, URLSearchParams };
}
