// Headers, Request and Response: bodies are texts or bytes that are there already, so there are no streams.
(host, url, events) => {
  "use strict";
  const { URL, URLSearchParams } = url;
  const { AbortController } = events;
  const Bytes = Uint8Array;
  const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
  const NO_BODY = [204, 205, 304], REDIRECTS = [301, 302, 303, 307, 308];
  const NORMALISED = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"], FORBIDDEN = ["CONNECT", "TRACE", "TRACK"];

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

  // The body's content and the type that it implies.
  function extract(body) {
    if (body === null || body === undefined) return [null, null];
    if (body instanceof URLSearchParams) return [body.toString(), "application/x-www-form-urlencoded;charset=UTF-8"];
    if (body instanceof ArrayBuffer) return [new Bytes(body.slice(0)), null];
    if (ArrayBuffer.isView(body)) return [new Bytes(body.buffer, body.byteOffset, body.byteLength).slice(), null];
    return [`${body}`.toWellFormed(), "text/plain;charset=UTF-8"];
  }

  class Body {
    #content;
    #used = false;
    #headers;

    constructor(body, headers) {
      const [content, type] = extract(body);
      this.#content = content;
      this.#headers = new Headers(headers);
      if (type !== null && !this.#headers.has("content-type")) this.#headers.set("Content-Type", type);
    }

    get headers() { return this.#headers; }
    get bodyUsed() { return this.#used; }

    #take() {
      if (this.#used) throw new TypeError("the body was read already; use clone() to read it twice");
      this.#used = this.#content !== null;
      return this.#content ?? "";
    }

    // For clone: the content without using it up.
    static content(from) {
      if (from.#used) throw new TypeError("the body was read already and cannot be cloned");
      return from.#content;
    }

    async text() {
      const content = this.#take();
      return typeof content === "string" ? content : host.decode("utf-8", content, null, false, false, false).text;
    }
    async bytes() {
      const content = this.#take();
      return typeof content === "string" ? host.encode(content) : content;
    }
    async json() { return JSON.parse(await this.text()); }
    async arrayBuffer() { return (await this.bytes()).buffer; }
  }
  const contentOf = Body.content;
  delete Body.content;

  class Response extends Body {
    #status;
    #statusText;

    constructor(body = null, init = {}) {
      super(body, init?.headers);
      this.#status = init?.status ?? 200;
      this.#statusText = `${init?.statusText ?? ""}`;
      if (!Number.isInteger(this.#status) || this.#status < 200 || this.#status > 599) {
        throw new RangeError(`a status is 200 to 599, not ${this.#status}`);
      }
      if (body !== null && NO_BODY.includes(this.#status)) throw new TypeError(`an answer ${this.#status} has no body`);
    }

    get status() { return this.#status; }
    get statusText() { return this.#statusText; }
    get ok() { return this.#status < 300; }
    get redirected() { return false; }
    get type() { return "default"; }
    get url() { return ""; }

    clone() {
      const { status, statusText, headers } = this;
      return new Response(contentOf(this), { status, statusText, headers });
    }

    static json(data, init = {}) {
      const text = JSON.stringify(data);
      if (text === undefined) throw new TypeError(`a ${typeof data} is not JSON`);
      const headers = new Headers(init?.headers);
      if (!headers.has("content-type")) headers.set("Content-Type", "application/json");
      return new Response(text, { ...init, headers });
    }

    static redirect(url, status = 302) {
      if (!URL.canParse(url)) throw new TypeError(`Response.redirect wants a whole URL; for "${url}" use router.redirect`);
      if (!REDIRECTS.includes(status)) throw new RangeError(`a redirect's status is ${REDIRECTS.join(", ")}, not ${status}`);
      return new Response(null, { status, headers: { Location: new URL(url).href } });
    }
  }

  class Request extends Body {
    #url;
    #method;
    #signal;

    constructor(input, init = {}) {
      const from = input instanceof Request ? input : null;
      const given = init?.body ?? null;
      super(given ?? (from === null ? null : contentOf(from)), init?.headers ?? from?.headers);
      this.#url = from === null ? new URL(input).href : from.url;
      this.#method = methodName(init?.method ?? from?.method ?? "GET");
      this.#signal = init?.signal ?? from?.signal ?? new AbortController().signal;
      if (given !== null && (this.#method === "GET" || this.#method === "HEAD")) {
        throw new TypeError(`a ${this.#method} request has no body`);
      }
    }

    get url() { return this.#url; }
    get method() { return this.#method; }
    get signal() { return this.#signal; }
    clone() { return new Request(this); }
  }

  function methodName(name) {
    const upper = `${name}`.toUpperCase();
    if (!TOKEN.test(name) || FORBIDDEN.includes(upper)) throw new TypeError(`not a method for a request: ${name}`);
    return NORMALISED.includes(upper) ? upper : `${name}`;
  }

  for (const type of [Headers, Request, Response]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { Headers, Request, Response };
}
