// Request and Response.
(url, events, messages, bodies) => {
  "use strict";
  const { URL } = url;
  const { AbortController, AbortSignal } = events;
  const { Headers, TOKEN } = messages;
  const { Body, share } = bodies;
  const NO_BODY = [204, 205, 304], REDIRECTS = [301, 302, 303, 307, 308];
  const NORMALISED = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"], FORBIDDEN = ["CONNECT", "TRACE", "TRACK"];

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
    get ok() { return this.#status >= 200 && this.#status < 300; }
    get redirected() { return false; }
    get type() { return this.#status === 0 ? "error" : "default"; }
    get url() { return ""; }

    clone() {
      const { status, statusText, headers } = this;
      return new Response(share.split(this), { status, statusText, headers });
    }

    static error() {
      const failed = new Response(null);
      failed.#status = 0;
      return failed;
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
    #redirect;

    constructor(input, init = {}) {
      const from = input instanceof Request ? input : null;
      const url = from === null ? new URL(input).href : from.url;
      const method = methodName(init?.method ?? from?.method ?? "GET");
      const given = init?.body ?? null;
      if (given !== null && (method === "GET" || method === "HEAD")) throw new TypeError(`a ${method} request has no body`);
      super(given ?? (from === null ? null : share.move(from)), init?.headers ?? from?.headers);
      this.#url = url;
      this.#method = method;
      this.#signal = checkedSignal(init?.signal ?? from?.signal) ?? new AbortController().signal;
      this.#redirect = redirectMode(init?.redirect ?? from?.redirect ?? "follow");
    }

    get url() { return this.#url; }
    get method() { return this.#method; }
    get signal() { return this.#signal; }
    get redirect() { return this.#redirect; }

    clone() {
      const { method, headers, signal, redirect } = this;
      return new Request(this.#url, { method, headers, signal, redirect, body: share.split(this) });
    }
  }

  function checkedSignal(signal) {
    if (signal !== undefined && !(signal instanceof AbortSignal)) throw new TypeError("signal is an AbortSignal: new AbortController().signal");
    return signal;
  }

  function redirectMode(mode) {
    if (!["follow", "manual", "error"].includes(mode)) throw new TypeError(`redirect is follow, manual or error, not ${mode}`);
    return mode;
  }

  function methodName(name) {
    const upper = `${name}`.toUpperCase();
    if (!TOKEN.test(name) || FORBIDDEN.includes(upper)) throw new TypeError(`not a method for a request: ${name}`);
    return NORMALISED.includes(upper) ? upper : `${name}`;
  }

  for (const type of [Request, Response]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { Request, Response };
}
