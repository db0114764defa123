// Requests to other servers: what a service gives becomes the host's arguments, what the host tells becomes an answer.
(host) => {
  "use strict";
  const { parse } = JSON;
  const { freeze, defineProperty } = Object;
  const WITH_BODY = ["post", "put", "patch"], WITHOUT_BODY = ["get", "delete", "head"];

  class HttpAnswer {
    #text;
    #bytes;
    #charset;

    constructor(told) {
      this.status = told.status;
      this.ok = told.status >= 200 && told.status < 300;
      this.url = told.url;
      this.headers = told.headers;
      this.cookies = told.cookies;
      this.#text = told.text;
      this.#bytes = told.bytes;
      this.#charset = told.charset;
      // Shown with the others when an answer is logged or returned; the text is made when it is asked for.
      defineProperty(this, "body", { __proto__: null, get: () => this.text(), enumerable: true, configurable: true });
    }

    text() { return (this.#text ??= host.decode(this.#bytes, this.#charset)); }

    json() {
      const text = this.text();
      try { return parse(text[0] === "\ufeff" ? text.slice(1) : text); } catch (error) {
        const told = new SyntaxError(`the answer of ${this.url.split("?")[0]} (status ${this.status}) is not JSON: ${error.message}`);
        told.code = "not_json";
        throw told;
      }
    }

    bytes() { return (this.#bytes ??= host.encode(this.#text)).slice(); }
  }

  const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
  const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  // Names of headers are the same in any case; of two the later one counts. The host refuses what is no object.
  function headersOf(first, second) {
    if (!isPlain(first)) return second;
    if (!isPlain(second)) return second === undefined || second === null ? first : second;
    const later = new Set(Object.keys(second).map((name) => name.toLowerCase()));
    return { ...Object.fromEntries(Object.entries(first).filter(([name]) => !later.has(name.toLowerCase()))), ...second };
  }

  // What the web has for headers and queries would be empty in JSON.
  function plain(options) {
    if (!isPlain(options)) return options;
    const { headers, query } = options;
    if (kindOf(headers) === "Headers") options = { ...options, headers: Object.fromEntries(headers) };
    return kindOf(query) === "URLSearchParams" ? { ...options, query: `${query}` } : options;
  }

  function merged(defaults, options, more) {
    if (options !== undefined && options !== null && typeof options !== "object") return options; // the host refuses it
    const own = plain(options);
    const headers = headersOf(headersOf(more?.headers, defaults?.headers), own?.headers);
    return { ...defaults, ...own, ...more, headers };
  }

  // URLSearchParams is a form; other objects of the web have no place in JSON.
  function withBody(body) {
    if (body === undefined || body === null) return {};
    const kind = kindOf(body);
    if (kind === "URLSearchParams") {
      return { body: `${body}`, headers: { "Content-Type": "application/x-www-form-urlencoded" } };
    }
    if (kind === "FormData" || kind === "Blob" || kind === "File" || kind === "ReadableStream") {
      throw new TypeError(`http: a ${kind} is for fetch; here the options form and multipart make such bodies`);
    }
    return { body };
  }

  const posted = (defaults, method, body, options) => merged(defaults, options, { ...withBody(body), method });

  function functions(session, defaults) {
    const made = {};
    const define = (name, args) => {
      made[name] = (...given) => new HttpAnswer(host.send(...args(...given), session));
      made[`${name}Async`] = async (...given) => new HttpAnswer(await host.sendAsync(...args(...given), session));
    };
    for (const name of WITHOUT_BODY) {
      const method = name.toUpperCase();
      define(name, (url, options) => [`${url}`, merged(defaults, options, { method })]);
    }
    for (const name of WITH_BODY) {
      const method = name.toUpperCase();
      define(name, (url, body, options) => [`${url}`, posted(defaults, method, body, options)]);
    }
    define("request", (url, options) => [`${url}`, merged(defaults, options, withBody(options?.body))]);
    made.download = (url, path, options) => host.save(`${url}`, path, merged(defaults, options), session);
    made.downloadAsync = (url, path, options) => host.saveAsync(`${url}`, path, merged(defaults, options), session);
    return made;
  }

  // A session that nobody holds any more takes its cookies along.
  const forgotten = new FinalizationRegistry((session) => { host.closeSession(session); });

  function session(defaults) {
    if (defaults !== undefined && (typeof defaults !== "object" || defaults === null)) {
      throw new TypeError("http.session wants an object of options, such as {headers: {…}}");
    }
    const number = host.openSession();
    const made = functions(number, plain(defaults));
    made.cookies = () => host.cookies(number).map(({ expires, ...cookie }) => ({ ...cookie, expires: expires === undefined || expires === null ? null : new Date(expires) }));
    made.clearCookies = () => { host.clearCookies(number); };
    const keep = freeze(made);
    forgotten.register(keep, number);
    return keep;
  }

  return freeze({ ...functions(null, undefined), session });
}
