// The context of a request: headers, query and body are fetched and parsed when they are first asked for.
(m3m, answers) => {
  "use strict";
  const { Answer, HTTPError, TOKEN, checkedStatus, checkedHeader } = answers;
  const { parse, stringify } = JSON;
  const { create, keys } = Object; // names that a client chooses go into objects without a prototype
  const CACHE = Symbol("cache");

  class Context {
    constructor(id, method, path, query) {
      this.method = method;
      this.path = path;
      this.params = create(null);
      this[CACHE] = { __proto__: null, id, query, sent: null, code: 0 };
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
    json() { return parseJSON(part(this, "text")); }

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
      (this[CACHE].sent ??= []).push(checkedHeader("Set-Cookie", cookieText(name, value, options)));
      return this;
    }

    // The answer, also when the handler returns nothing: so it was in the first draft of M3M.
    response(status, body, headers) {
      return (this[CACHE].answer = new Answer(checkedStatus(status), body, headers));
    }

    status(code) { this[CACHE].code = checkedStatus(code); return this; }
  }

  function part(ctx, name) {
    const cache = ctx[CACHE];
    if (cache[name] === undefined) cache[name] = m3m.requestPart(cache.id, name);
    if (cache[name] === undefined) throw new Error("the request is answered already: read what you need of it before");
    return cache[name];
  }

  function form(ctx) {
    const parsed = part(ctx, "form");
    if (parsed.error !== undefined) throw new HTTPError(parsed.status, parsed.error);
    if (parsed.json !== undefined) {
      parsed.body = parseJSON(parsed.json);
      parsed.json = undefined;
    }
    return parsed;
  }

  function parseJSON(text) {
    try { return parse(text[0] === "\ufeff" ? text.slice(1) : text); } catch (error) { throw new HTTPError(400, `the body is not JSON: ${error.message}`); }
  }

  function parseQuery(text) {
    const found = create(null);
    for (const pair of text.split("&")) {
      if (pair === "") continue;
      const at = pair.indexOf("=");
      const name = unescapeQuery(at < 0 ? pair : pair.slice(0, at));
      const value = at < 0 ? "" : unescapeQuery(pair.slice(at + 1));
      if (found[name] === undefined) found[name] = [value]; else found[name].push(value);
    }
    return found;
  }

  function unescapeQuery(text) {
    const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
    if (!spaced.includes("%")) return spaced;
    try { return decodeURIComponent(spaced); } catch { return spaced; }
  }

  function singles(many) {
    const found = create(null);
    for (const name of keys(many)) found[name] = many[name][many[name].length - 1];
    return found;
  }

  // ---- cookies ----
  function attribute(cookie, name, value) {
    if (/[;\x00-\x1f\x7f]/.test(`${value}`)) throw new TypeError(`cookie ${cookie}: ${stringify(`${value}`)} cannot be its ${name}`);
    return `; ${name}=${value}`;
  }

  function seconds(cookie, value) {
    if (!Number.isFinite(value)) throw new TypeError(`cookie ${cookie}: maxAge is a number of seconds, not ${value}`);
    return `; Max-Age=${Math.trunc(value)}`;
  }

  function date(cookie, value) {
    const moment = new Date(value);
    if (Number.isNaN(moment.getTime())) throw new TypeError(`cookie ${cookie}: expires is not a date: ${value}`);
    return `; Expires=${moment.toUTCString()}`;
  }

  const COOKIE_OPTIONS = ["maxAge", "expires", "path", "domain", "secure", "httpOnly", "sameSite"];

  function cookieText(name, value, options) {
    const given = m3m.options("ctx.cookie", options, COOKIE_OPTIONS);
    const { path = "/", maxAge, expires, domain, httpOnly = true, secure = false, sameSite = "Lax" } = given;
    if (!TOKEN.test(name)) throw new TypeError(`not a cookie name: ${stringify(name)}`);
    const gone = value === null || value === undefined;
    let text = `${name}=${gone ? "" : encodeURIComponent(`${value}`.toWellFormed())}${attribute(name, "Path", path)}`;
    if (gone) text += "; Max-Age=0";
    else if (maxAge !== undefined) text += seconds(name, maxAge);
    if (expires !== undefined && !gone) text += date(name, expires);
    if (domain !== undefined) text += attribute(name, "Domain", domain);
    if (httpOnly) text += "; HttpOnly";
    if (secure) text += "; Secure";
    return text + attribute(name, "SameSite", sameSite);
  }

  return { Context, CACHE };
}
