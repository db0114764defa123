// The `router` global: registration, middleware, and a request from start to answer.
(host, m3m, routes, answers, context, web) => {
  "use strict";
  const { Context, CACHE } = context;
  const { Answer, HTTPError, build, toText } = answers;
  const { isResponse, answerOf } = web;
  const FORGOTTEN = "a function before the route's own neither called next() nor returned an answer";
  const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
  const CORS_OPTIONS = ["origin", "methods", "headers", "exposeHeaders", "credentials", "maxAge"];

  const middleware = [];
  const prefixes = [""];

  // ---- a request ----
  function request(id, method, path, query) {
    const ctx = new Context(id, method, path, query);
    let mark = " ";
    let label = `${method} ${path}`;
    try {
      const values = [];
      const parts = routes.partsOf(path);
      const route = routes.find(method, path, parts, values);
      if (route !== undefined) {
        mark = route.mark;
        m3m.routed(mark); // before its handler runs: it may never give an answer that says so
        label = route.label;
        for (let i = 0; i < values.length; i++) ctx.params[route.names[i]] = values[i];
      }
      const chain = chainFor(ctx, route, parts);
      const value = chain.length === 1 ? chain[0](ctx) : run(chain, ctx);
      if (m3m.isThenable(value) || isResponse(value)) { later(id, mark, label, ctx, value); return ""; }
      return toText(mark, ctx[CACHE], value);
    } catch (error) { return failed(mark, label, ctx, error); }
  }

  // `await` and no `.then`: a service may have put its own in the prototype's place.
  async function later(id, mark, label, ctx, value) {
    let text, result;
    try {
      result = await value;
      if (isResponse(result)) result = await answerOf(result);
      text = toText(mark, ctx[CACHE], result);
    } catch (error) { text = failed(mark, label, ctx, error); }
    if (!m3m.answer(id, text) && result instanceof Answer) result.body?.drop?.();
  }

  function chainFor(ctx, route, parts) {
    const last = route === undefined ? [() => missing(ctx, parts)] : route.handlers;
    if (middleware.length === 0) return last;
    const chain = [];
    for (const { prefix, fn } of middleware) {
      if (!routes.covers(prefix, parts)) continue;
      nameParams(ctx, prefix, parts);
      chain.push(fn);
    }
    return chain.concat(last);
  }

  // Middleware knows a parameter by the name in its own prefix too.
  function nameParams(ctx, prefix, parts) {
    for (let i = 0; i < prefix.length; i++) {
      const name = prefix[i].slice(1);
      if (prefix[i][0] === ":" && ctx.params[name] === undefined) ctx.params[name] = parts[i];
    }
  }

  // Each function gets next(); what it returns is the answer, or, when it returns nothing, what next() gave.
  function run(chain, ctx) {
    function step(position) {
      const isLast = position === chain.length - 1;
      let called = false, inner;
      const next = () => {
        if (called) throw new Error("next() was called twice");
        called = true;
        return (inner = isLast ? undefined : step(position + 1));
      };
      const outcome = (own) => {
        if (own !== undefined) return own;
        if (!called && !isLast && ctx[CACHE].code === 0) throw new Error(FORGOTTEN);
        return inner;
      };
      const value = chain[position](ctx, next);
      return m3m.isThenable(value) ? (async () => outcome(await value))() : outcome(value);
    }
    return step(0);
  }

  function missing(ctx, parts) {
    const methods = routes.allowed(parts);
    if (methods.length === 0) return new Answer(404, { error: "There is no such route.", code: "no_route" });
    const allow = { Allow: methods.join(", ") };
    if (ctx.method === "OPTIONS") return new Answer(204, undefined, allow);
    return new Answer(405, { error: `This route does not answer ${ctx.method}.`, code: "method_not_allowed" }, allow);
  }

  function failed(mark, label, ctx, error) {
    const sent = ctx[CACHE].sent ?? [];
    if (error instanceof HTTPError) return build(mark, error.status, sent.slice(), { error: error.message });
    if (error instanceof routes.Malformed) return build(mark, 400, [], { error: error.message, code: "malformed" });
    m3m.fail(`${label}, request ${ctx.requestId}`, error, 0);
    const body = { error: "The service failed to answer.", code: "internal_error", request_id: ctx.requestId };
    if (m3m.info.debug) { const told = m3m.describe(error); body.message = `${told.name}: ${told.message}`; body.stack = told.stack; }
    // A page of another origin may read an error only with the same permission as an answer.
    return build(mark, 500, sent.filter(([name]) => /^(access-control-.*|vary)$/i.test(name)), body);
  }

  // ---- registration ----
  const innermost = () => prefixes[prefixes.length - 1];

  function join(path) {
    const prefix = innermost();
    return prefix + (routes.checkedPath(path) === "/" && prefix !== "" ? "" : path);
  }

  function add(method, path, handlers) {
    const full = join(path) || "/";
    routes.add(method, full, handlers.flat());
    host.add(method, full);
    return router;
  }

  function use(...args) {
    const prefix = routes.prefixOf(typeof args[0] === "string" ? join(args.shift()) : innermost());
    const functions = args.flat();
    if (functions.length === 0) throw new TypeError("router.use wants a function");
    for (const fn of functions) {
      if (typeof fn !== "function") throw new TypeError("router.use wants a function");
      middleware.push({ prefix, fn });
    }
    return router;
  }

  function group(prefix, fn) {
    prefixes.push(join(prefix).replace(/\/+$/, ""));
    try { fn(router); } finally { prefixes.pop(); }
    return router;
  }

  // All that is below `prefix` and has no route of its own goes to a function that takes a Request.
  function mount(...args) {
    const fetch = args.pop(), prefix = args.pop() ?? "";
    if (typeof fetch !== "function") throw new TypeError('router.mount wants a function: router.mount("/shop", app.fetch)');
    const full = join(prefix).replace(/\/+$/, "");
    return add("ALL", `${prefix.replace(/\/+$/, "")}/*path`, [web.handler(fetch, full)]);
  }

  function corsNames(options, name) {
    const { [name]: value } = options;
    if (value === undefined) return undefined;
    const names = [value].flat();
    if (!names.every((each) => typeof each === "string")) {
      throw new TypeError(`router.cors: ${name} wants a string or an array of strings`);
    }
    return names;
  }

  function cors(given) {
    const options = m3m.options("router.cors", given, CORS_OPTIONS);
    const [origin, methods, headers, exposed] =
      ["origin", "methods", "headers", "exposeHeaders"].map((name) => corsNames(options, name));
    const origins = origin?.includes("*") ? null : origin ?? null;
    if (origins === null && options.credentials) {
      throw new TypeError("router.cors: credentials are for named origins only: cors({ origin: [...], credentials: true })");
    }
    if (options.maxAge !== undefined && !(Number.isFinite(options.maxAge) && options.maxAge >= 0)) {
      throw new TypeError("router.cors: maxAge wants a number of seconds");
    }
    const allowed = (methods ?? METHODS.filter((name) => name !== "OPTIONS")).join(", ");
    return use((ctx, next) => {
      const origin = ctx.headers.origin;
      if (origins !== null) ctx.header("Vary", "Origin");
      if (origin === undefined || (origins !== null && !origins.includes(origin))) return next();
      ctx.header("Access-Control-Allow-Origin", origins === null ? "*" : origin);
      if (options.credentials) ctx.header("Access-Control-Allow-Credentials", "true");
      if (exposed?.length) ctx.header("Access-Control-Expose-Headers", exposed.join(", "));
      if (ctx.method !== "OPTIONS" || ctx.headers["access-control-request-method"] === undefined) return next();
      ctx.header("Access-Control-Allow-Methods", allowed);
      ctx.header("Access-Control-Allow-Headers", headers?.join(", ") ?? ctx.headers["access-control-request-headers"] ?? "");
      if (options.maxAge !== undefined) ctx.header("Access-Control-Max-Age", Math.trunc(options.maxAge));
      return new Answer(204, undefined);
    });
  }

  const router = {
    use, group, mount, cors,
    all: (path, ...handlers) => add("ALL", path, handlers),
    response: (status, body, headers) => new Answer(answers.checkedStatus(status), body, headers),
    error: (status, message) => new HTTPError(status, message),
    html: answers.html, text: answers.text, json: answers.json, redirect: answers.redirect,
    file: answers.file, stream: answers.stream,
  };
  for (const method of METHODS) router[method.toLowerCase()] = (path, ...handlers) => add(method, path, handlers);
  m3m.requestEntry(request);
  m3m.main((exported) => {
    if (typeof exported?.fetch === "function") mount((...args) => exported.fetch(...args));
  });
  return router;
}
