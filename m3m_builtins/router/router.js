(host, m3m) => {
  "use strict";
  const { stringify } = JSON;
  const { create, defineProperty } = Object;
  const { isArray } = Array;
  const Bytes = Uint8Array;
  const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
  const JSON_TYPE = "application/json", TEXT_TYPE = "text/plain; charset=utf-8", HTML_TYPE = "text/html; charset=utf-8";

  // ---- the table of routes: a tree of segments ----
  function newNode() {
    return { fixed: create(null), param: null, rest: null, routes: create(null), methods: [] };
  }

  const root = newNode();
  const middleware = [];
  const prefixes = [""];
  let routeCount = 0;

  function segments(path) {
    const parts = [];
    for (const part of path.split("/")) if (part !== "") parts.push(part);
    return parts;
  }

  function join(prefix, path) {
    if (typeof path !== "string" || (path !== "" && path[0] !== "/")) {
      throw new TypeError(`a route's path is a string that begins with "/", not ${stringify(path)}`);
    }
    return prefix + (path === "/" && prefix !== "" ? "" : path);
  }

  function add(method, path, handlers) {
    const flat = handlers.flat();
    if (flat.length === 0) throw new TypeError(`router: ${method} ${path} has no handler`);
    for (const handler of flat) {
      if (typeof handler !== "function") throw new TypeError(`router: a handler of ${method} ${path} is not a function`);
    }
    const full = join(prefixes[prefixes.length - 1], path) || "/";
    const names = [];
    const node = descend(full, names);
    if (node.routes[method] !== undefined) throw new Error(`router: ${method} ${full} is there already`);
    node.routes[method] = { label: `${method} ${full}`, mark: String.fromCharCode(32 + ++routeCount), names, handlers: flat };
    node.methods.push(method);
    host.add(method, full);
  }

  function descend(path, names) {
    const parts = segments(path);
    let node = root;
    parts.forEach((part, position) => {
      if (part[0] === ":") {
        names.push(part.slice(1));
        node = node.param ??= newNode();
      } else if (part[0] === "*") {
        if (position !== parts.length - 1) throw new TypeError(`router: ${path}: "${part}" must be the last segment`);
        names.push(part.slice(1) || "path");
        node = node.rest ??= newNode();
      } else node = node.fixed[part] ??= newNode();
    });
    return node;
  }

  // A fixed segment beats a parameter, a parameter beats the rest, whatever the order of registration.
  function find(node, parts, position, values) {
    if (position === parts.length) {
      if (node.methods.length) return node;
      if (node.rest !== null) { values.push(""); return node.rest; }
      return null;
    }
    const part = parts[position];
    let found = node.fixed[part] === undefined ? null : find(node.fixed[part], parts, position + 1, values);
    if (found !== null) return found;
    const kept = values.length;
    if (node.param !== null) {
      values.push(part);
      found = find(node.param, parts, position + 1, values);
      if (found !== null) return found;
      values.length = kept;
    }
    if (node.rest === null) return null;
    values.push(parts.slice(position).join("/"));
    return node.rest;
  }

  // ---- answers ----
  class Answer {
    constructor(status, body, headers) { this.status = status; this.body = body; this.headers = headers ?? null; }
  }

  class HTTPError extends Error {
    constructor(status, message) {
      super(message ?? `HTTP ${status}`);
      this.status = checkedStatus(status);
    }
  }
  defineProperty(HTTPError.prototype, "name", { value: "HTTPError", configurable: true });

  function checkedStatus(status) {
    if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError(`a status is 200 to 599, not ${status}`);
    return status;
  }

  // RFC 9110: a name is a token, a value has no control characters; else a header could carry a second one.
  function checkedHeader(name, value) {
    const text = `${value}`;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new TypeError(`not a header name: ${stringify(name)}`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw new TypeError(`the value of header ${name} has a character that headers cannot carry`);
    return [`${name}`, text];
  }

  function headerList(headers) {
    const list = [];
    if (headers === null || headers === undefined) return list;
    for (const name of Object.keys(headers)) {
      const values = isArray(headers[name]) ? headers[name] : [headers[name]];
      for (const value of values) list.push(checkedHeader(name, value));
    }
    return list;
  }

  function hasType(list) {
    for (const [name] of list) if (name.toLowerCase() === "content-type") return true;
    return false;
  }

  function rich(mark, status, headers, type, body) {
    if (type !== "" && !hasType(headers)) headers.push(["Content-Type", type]);
    const text = typeof body === "string" ? m3m.plain(body) : undefined;
    if (text !== undefined) return `r${mark}${stringify({ __proto__: null, s: status, h: headers })}\n${text}`;
    const bytes = typeof body === "string" ? utf8(body) : body;
    return `r${mark}${stringify({ __proto__: null, s: status, h: headers, b: 1 })}\n${bytes.toBase64()}`;
  }

  function utf8(text) {
    const escaped = encodeURIComponent(text.toWellFormed());
    const bytes = [];
    for (let i = 0; i < escaped.length; i++) {
      if (escaped[i] === "%") { bytes.push(parseInt(escaped.slice(i + 1, i + 3), 16)); i += 2; } else bytes.push(escaped.charCodeAt(i));
    }
    return new Bytes(bytes);
  }

  function bytesOf(value) {
    if (value instanceof Bytes) return value;
    if (ArrayBuffer.isView(value)) return new Bytes(value.buffer, value.byteOffset, value.byteLength);
    return value instanceof ArrayBuffer ? new Bytes(value) : undefined;
  }

  function build(mark, status, headers, value) {
    if (value === undefined) return rich(mark, status === 200 ? 204 : status, headers, "", "");
    if (typeof value === "string") return rich(mark, status, headers, TEXT_TYPE, value);
    const bytes = bytesOf(value);
    if (bytes !== undefined) return rich(mark, status, headers, "application/octet-stream", bytes);
    const text = stringify(value);
    if (text === undefined) throw new TypeError(`a handler returned a ${typeof value}, which is not an answer`);
    return rich(mark, status, headers, JSON_TYPE, text);
  }

  function toText(mark, ctx, value) {
    if (value instanceof Answer) {
      const headers = ctx.sent === null ? headerList(value.headers) : merged(ctx.sent, headerList(value.headers));
      return build(mark, value.status, headers, value.body);
    }
    if (ctx.sent === null && ctx.code === 0) {
      if (value === undefined) return `n${mark}`;
      if (typeof value === "object" && bytesOf(value) === undefined) return `j${mark}${stringify(value)}`;
    }
    return build(mark, ctx.code || 200, ctx.sent === null ? [] : ctx.sent.slice(), value);
  }

  function merged(first, second) {
    const named = create(null);
    for (const [name] of second) named[name.toLowerCase()] = true;
    const kept = first.filter(([name]) => name.toLowerCase() === "set-cookie" || named[name.toLowerCase()] === undefined);
    return kept.concat(second);
  }

  function isFetchResponse(value) {
    return typeof value === "object" && value !== null && typeof value.arrayBuffer === "function" && typeof value.status === "number";
  }

  async function fromFetch(value) {
    const headers = create(null);
    value.headers.forEach((text, name) => { headers[name] = text; });
    const body = new Bytes(await value.arrayBuffer());
    return new Answer(value.status, body.length ? body : undefined, headers);
  }

  // ---- the context of a request ----
  // Headers, query and body are fetched and parsed when they are first asked for.
  const CACHE = Symbol("cache");

  class Context {
    constructor(id, method, path, query) {
      this.method = method;
      this.path = path;
      this.params = {};
      defineProperty(this, CACHE, { value: { id, query, sent: null, code: 0, __proto__: null } });
    }

    get state() { return (this[CACHE].state ??= {}); }
    get query() { return (this[CACHE].single ??= singles(this.queries)); }
    get queries() { return (this[CACHE].many ??= parseQuery(this[CACHE].query)); }
    get headers() { return part(this, "headers"); }
    get cookies() { return part(this, "cookies"); }
    get ip() { return part(this, "ip"); }
    get requestId() { return part(this, "requestId"); }
    get files() { return form(this).files; }
    get rawBody() { return part(this, "text"); }
    get body() { return form(this).body; }
    text() { return part(this, "text"); }
    bytes() { return part(this, "bytes"); }
    json() {
      try { return JSON.parse(part(this, "text")); } catch (error) { throw new HTTPError(400, `the body is not JSON: ${error.message}`); }
    }

    header(name, value) {
      const key = `${name}`.toLowerCase();
      if (value === undefined) return this.headers[key];
      const header = checkedHeader(name, value);
      this[CACHE].sent = (this[CACHE].sent ?? []).filter(([known]) => known.toLowerCase() !== key);
      this[CACHE].sent.push(header);
      return this;
    }

    cookie(name, value, options) {
      if (arguments.length === 1) return this.cookies[name];
      (this[CACHE].sent ??= []).push(checkedHeader("Set-Cookie", cookieText(name, value, options ?? {})));
      return this;
    }

    status(code) { this[CACHE].code = checkedStatus(code); return this; }
  }

  function part(ctx, name) {
    const cache = ctx[CACHE];
    if (cache[name] === undefined) cache[name] = m3m.requestPart(cache.id, name);
    return cache[name];
  }

  function form(ctx) {
    const parsed = part(ctx, "form");
    if (parsed.error !== undefined) throw new HTTPError(parsed.status, parsed.error);
    return parsed;
  }

  function parseQuery(text) {
    const found = {};
    for (const pair of text.split("&")) {
      if (pair === "") continue;
      const at = pair.indexOf("=");
      const name = unescapeQuery(at < 0 ? pair : pair.slice(0, at));
      const value = at < 0 ? "" : unescapeQuery(pair.slice(at + 1));
      if (name === "__proto__") continue;
      if (Object.hasOwn(found, name)) found[name].push(value); else found[name] = [value];
    }
    return found;
  }

  function unescapeQuery(text) {
    const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
    if (!spaced.includes("%")) return spaced;
    try { return decodeURIComponent(spaced); } catch { return spaced; }
  }

  function singles(many) {
    const found = {};
    for (const name of Object.keys(many)) found[name] = many[name][many[name].length - 1];
    return found;
  }

  function cookieText(name, value, options) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new TypeError(`not a cookie name: ${stringify(name)}`);
    let text = `${name}=${encodeURIComponent(value ?? "")}; Path=${options.path ?? "/"}`;
    if (value === null || value === undefined) text += "; Max-Age=0";
    else if (options.maxAge !== undefined) text += `; Max-Age=${Math.trunc(options.maxAge)}`;
    if (options.expires !== undefined) text += `; Expires=${new Date(options.expires).toUTCString()}`;
    if (options.domain !== undefined) text += `; Domain=${options.domain}`;
    if (options.httpOnly ?? true) text += "; HttpOnly";
    if (options.secure) text += "; Secure";
    text += `; SameSite=${options.sameSite ?? "Lax"}`;
    if (text.split(";").length > 8 || /[\r\n]/.test(text)) throw new TypeError(`cookie ${name}: an option has a character that cookies cannot carry`);
    return text;
  }

  // ---- a request from start to answer ----
  function request(id, method, path, query) {
    const ctx = new Context(id, method, path, query);
    let mark = " ";
    let label = `${method} ${path}`;
    try {
      const values = [];
      const node = find(root, segments(path), 0, values);
      const route = node === null ? undefined : choose(node, method);
      if (route !== undefined) { mark = route.mark; label = route.label; fill(ctx.params, route.names, values); }
      const chain = chainFor(ctx, route, node);
      const value = chain.length === 1 ? chain[0](ctx) : run(chain, ctx);
      if (m3m.isThenable(value) || isFetchResponse(value)) { later(id, mark, label, ctx, value); return ""; }
      return toText(mark, ctx[CACHE], value);
    } catch (error) { return failed(mark, label, ctx, error); }
  }

  function later(id, mark, label, ctx, value) {
    const settled = (async () => { const result = await value; return isFetchResponse(result) ? fromFetch(result) : result; })();
    settled.then((result) => toText(mark, ctx[CACHE], result)).catch((error) => failed(mark, label, ctx, error))
      .then((text) => m3m.answer(id, text));
  }

  function choose(node, method) {
    return node.routes[method] ?? (method === "HEAD" ? node.routes.GET : undefined) ?? node.routes.ALL;
  }

  function fill(params, names, values) {
    for (let i = 0; i < names.length; i++) {
      let value = values[i];
      if (value.includes("%")) {
        try { value = decodeURIComponent(value); } catch { throw new HTTPError(400, "the path is not properly encoded"); }
      }
      defineProperty(params, names[i], { value, writable: true, enumerable: true, configurable: true });
    }
  }

  function chainFor(ctx, route, node) {
    const last = route === undefined ? [() => missing(ctx, node)] : route.handlers;
    if (middleware.length === 0) return last;
    const chain = [];
    for (const { prefix, fn } of middleware) {
      if (prefix === "" || ctx.path === prefix || ctx.path.startsWith(prefix + "/")) chain.push(fn);
    }
    return chain.concat(last);
  }

  // Each function gets next(); what it returns is the answer, or, when it returns nothing, what next() gave.
  function run(chain, ctx) {
    function step(position) {
      if (position === chain.length) return undefined;
      let called = false, inner;
      const next = () => {
        if (called) throw new Error("next() was called twice");
        called = true;
        return (inner = step(position + 1));
      };
      const value = chain[position](ctx, next);
      if (m3m.isThenable(value)) return value.then((own) => (own === undefined && called ? inner : own));
      return value === undefined && called ? inner : value;
    }
    return step(0);
  }

  function missing(ctx, node) {
    if (node === null) return new Answer(404, { error: "There is no such route.", code: "no_route" });
    const allowed = node.methods.includes("GET") ? node.methods.concat("HEAD", "OPTIONS") : node.methods.concat("OPTIONS");
    const allow = { Allow: [...new Set(allowed)].sort().join(", ") };
    if (ctx.method === "OPTIONS") return new Answer(204, undefined, allow);
    return new Answer(405, { error: `This route does not answer ${ctx.method}.`, code: "method_not_allowed" }, allow);
  }

  function failed(mark, label, ctx, error) {
    if (error instanceof HTTPError) return build(mark, error.status, ctx[CACHE].sent?.slice() ?? [], { error: error.message });
    m3m.fail(label, error);
    const body = { error: "The service failed to answer.", code: "internal_error", request_id: ctx.requestId };
    if (m3m.info.debug) { const told = m3m.describe(error); body.message = `${told.name}: ${told.message}`; body.stack = told.stack; }
    return build(mark, 500, [], body);
  }

  // ---- the module ----
  function use(...args) {
    const prefix = typeof args[0] === "string" ? join(prefixes[prefixes.length - 1], args.shift()) : prefixes[prefixes.length - 1];
    if (args.length === 0) throw new TypeError("router.use wants a function");
    for (const fn of args.flat()) {
      if (typeof fn !== "function") throw new TypeError("router.use wants a function");
      middleware.push({ prefix: prefix.replace(/\/+$/, ""), fn });
    }
    return router;
  }

  function group(prefix, fn) {
    prefixes.push(join(prefixes[prefixes.length - 1], prefix).replace(/\/+$/, ""));
    try { fn(router); } finally { prefixes.pop(); }
    return router;
  }

  function cors(options = {}) {
    const origins = options.origin === undefined || options.origin === "*" ? null : [options.origin].flat();
    const methods = (options.methods ?? METHODS.filter((name) => name !== "OPTIONS")).join(", ");
    return use((ctx, next) => {
      const origin = ctx.headers.origin;
      if (origin !== undefined && (origins === null || origins.includes(origin))) {
        ctx.header("Access-Control-Allow-Origin", origins === null && !options.credentials ? "*" : origin);
        if (origins !== null || options.credentials) ctx.header("Vary", "Origin");
        if (options.credentials) ctx.header("Access-Control-Allow-Credentials", "true");
        if (options.exposeHeaders) ctx.header("Access-Control-Expose-Headers", [options.exposeHeaders].flat().join(", "));
        if (ctx.method === "OPTIONS" && ctx.headers["access-control-request-method"] !== undefined) {
          ctx.header("Access-Control-Allow-Methods", methods);
          ctx.header("Access-Control-Allow-Headers", options.headers ? [options.headers].flat().join(", ") : ctx.headers["access-control-request-headers"] ?? "");
          if (options.maxAge !== undefined) ctx.header("Access-Control-Max-Age", Math.trunc(options.maxAge));
          return new Answer(204, undefined);
        }
      }
      return next();
    });
  }

  const typed = (type) => (body, status = 200, headers = {}) => new Answer(checkedStatus(status), body, { "Content-Type": type, ...headers });

  const router = {
    use, group, cors,
    all: (path, ...handlers) => { add("ALL", path, handlers); return router; },
    response: (status, body, headers) => new Answer(checkedStatus(status), body, headers),
    error: (status, message) => new HTTPError(status, message),
    html: typed(HTML_TYPE),
    text: (body, status, headers) => typed(TEXT_TYPE)(`${body}`, status, headers),
    json: (body, status, headers) => typed(JSON_TYPE)(stringify(body), status, headers),
    redirect: (url, status = 302) => new Answer(checkedStatus(status), undefined, { Location: encodeURI(decodeURI(`${url}`)) }),
  };
  for (const method of METHODS) {
    router[method.toLowerCase()] = (path, ...handlers) => { add(method, path, handlers); return router; };
  }
  m3m.requestEntry(request);
  return router;
}
