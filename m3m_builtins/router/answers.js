// What handlers return and throw, as the text that Python turns into HTTP (prelude/doors.js says how that text is made).
(m3m, bodies) => {
  "use strict";
  const { stringify } = JSON;
  const { create, defineProperty, keys } = Object;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { FileBody, StreamBody } = bodies;
  const Bytes = Uint8Array, Buffer = ArrayBuffer;
  const JSON_TYPE = "application/json", TEXT_TYPE = "text/plain; charset=utf-8", HTML_TYPE = "text/html; charset=utf-8";
  const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

  class Answer {
    constructor(status, body, headers) { this.status = status; this.body = body; this.headers = headers ?? null; }
  }

  class HTTPError extends Error {
    constructor(status, message) {
      super(message ?? `HTTP ${status}`);
      this.status = checkedStatus(status);
    }
  }
  defineProperty(HTTPError.prototype, "name", { __proto__: null, value: "HTTPError", configurable: true });

  function checkedStatus(status) {
    if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError(`a status is 200 to 599, not ${status}`);
    return status;
  }

  // RFC 9110: a name is a token, a value has no control characters; else a header could carry a second one.
  function checkedHeader(name, value) {
    const text = `${value}`;
    if (!TOKEN.test(name)) throw new TypeError(`not a header name: ${stringify(name)}`);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw new TypeError(`the value of header ${name} has a character that headers cannot carry`);
    return [`${name}`, text];
  }

  function headerList(headers) {
    const list = [];
    if (headers === null || headers === undefined) return list;
    for (const name of keys(headers)) {
      const values = isArray(headers[name]) ? headers[name] : [headers[name]];
      for (const value of values) list.push(checkedHeader(name, value));
    }
    return list;
  }

  // Headers of an answer take the place of those set on ctx before; cookies add up.
  function merged(first, second) {
    const named = create(null);
    for (const [name] of second) named[name.toLowerCase()] = true;
    const kept = first.filter(([name]) => name.toLowerCase() === "set-cookie" || named[name.toLowerCase()] === undefined);
    return kept.concat(second);
  }

  function hasType(list) {
    for (const [name] of list) if (name.toLowerCase() === "content-type") return true;
    return false;
  }

  // ---- bodies ----
  function bytesOf(value) {
    if (value instanceof Bytes) return value;
    if (isView(value)) return new Bytes(value.buffer, value.byteOffset, value.byteLength);
    return value instanceof Buffer ? new Bytes(value) : undefined;
  }

  function utf8(text) {
    const escaped = encodeURIComponent(text.toWellFormed());
    const bytes = [];
    for (let i = 0; i < escaped.length; i++) {
      if (escaped[i] === "%") { bytes.push(parseInt(escaped.slice(i + 1, i + 3), 16)); i += 2; } else bytes.push(escaped.charCodeAt(i));
    }
    return new Bytes(bytes);
  }

  function rich(mark, status, headers, type, body) {
    if (type !== "" && !hasType(headers)) headers.push(["Content-Type", type]);
    const text = typeof body === "string" ? m3m.plain(body) : undefined;
    if (text !== undefined) return `r${mark}${stringify({ __proto__: null, s: status, h: headers })}\n${text}`;
    const bytes = typeof body === "string" ? utf8(body) : body;
    return `r${mark}${stringify({ __proto__: null, s: status, h: headers, b: 1 })}\n${bytes.toBase64()}`;
  }

  function build(mark, status, headers, value) {
    if (value instanceof FileBody || value instanceof StreamBody) checkedBody(status);
    if (value instanceof FileBody) return `f${mark}${stringify({ __proto__: null, s: status, h: headers, f: value.path, m: value.wanted })}`;
    if (value instanceof StreamBody) return stream(mark, status, headers, value);
    if (value === undefined) return rich(mark, status, headers, "", "");
    if (typeof value === "string") return rich(mark, status, headers, TEXT_TYPE, value);
    const bytes = bytesOf(value);
    if (bytes !== undefined) return rich(mark, status, headers, "application/octet-stream", bytes);
    return rich(mark, status, headers, JSON_TYPE, json(value));
  }

  function checkedBody(status) {
    if (status === 204 || status === 304) throw new RangeError(`an answer ${status} has no body`);
  }

  function stream(mark, status, headers, body) {
    if (!hasType(headers)) headers.push(["Content-Type", TEXT_TYPE]);
    return `s${mark}${stringify({ __proto__: null, s: status, h: headers, c: body.open() })}`;
  }

  function json(value) {
    const text = stringify(value);
    if (text === undefined) throw new TypeError(`JSON cannot say what the handler returned: ${typeof value}`);
    return text;
  }

  // In the context's cache, `code` and `sent` are the status and headers that the handler set: 0 and null without them.
  function toText(mark, cache, value) {
    const sent = cache.sent, code = cache.code;
    if (value === undefined && cache.answer !== undefined) value = cache.answer;
    if (value instanceof Answer) {
      const headers = headerList(value.headers);
      return build(mark, checkedStatus(value.status), sent === null ? headers : merged(sent, headers), value.body);
    }
    if (sent === null && code === 0) {
      if (value === undefined) return `n${mark}`;
      if (typeof value === "object" && bytesOf(value) === undefined) return `j${mark}${json(value)}`;
      if (typeof value === "string") {
        const text = m3m.plain(value);
        if (text !== undefined) return `t${mark}${text}`;
      }
    }
    return build(mark, code || (value === undefined ? 204 : 200), sent === null ? [] : sent.slice(), value);
  }

  // ---- builders ----
  const typed = (type) => (body, status = 200, headers = {}) => new Answer(checkedStatus(status), body, { "Content-Type": type, ...headers });
  const text = typed(TEXT_TYPE), jsonText = typed(JSON_TYPE);
  const FILE_OPTIONS = ["type", "download", "maxAge", "headers", "status"];

  function file(path, options) {
    if (typeof path !== "string") throw new TypeError("router.file wants a path in the project's storage: router.file(\"site/index.html\")");
    const { type, download, maxAge, headers = {}, status = 200 } = m3m.options("router.file", options, FILE_OPTIONS);
    if (type !== undefined) checkedHeader("Content-Type", type);
    if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0)) throw new TypeError("router.file: maxAge is a number of seconds");
    return new Answer(checkedStatus(status), new FileBody(path, { type, download, maxAge }), headers);
  }

  function streamed(source, options) {
    const { type, headers = {}, status = 200 } = m3m.options("router.stream", options, ["type", "headers", "status"]);
    const own = type === undefined ? headers : { "Content-Type": type, ...headers };
    return new Answer(checkedStatus(status), new StreamBody(source), own);
  }

  function redirect(url, status = 302) {
    const text = typeof url === "string" ? url : url?.href; // a URL has one
    if (typeof text !== "string") throw new TypeError('router.redirect wants an address: router.redirect("/login")');
    if (!Number.isInteger(status) || status < 300 || status > 399) throw new RangeError(`a redirect has a status of 300 to 399, not ${status}`);
    // What a header cannot carry is encoded; what is encoded already stays as it is.
    const place = text.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
    return new Answer(status, undefined, { Location: place });
  }

  return {
    Answer, HTTPError, TOKEN, checkedStatus, checkedHeader, build, toText, redirect, file, stream: streamed,
    html: typed(HTML_TYPE),
    text: (body, status, headers) => text(`${body}`, status, headers),
    json: (body, status, headers) => jsonText(json(body), status, headers),
  };
}
