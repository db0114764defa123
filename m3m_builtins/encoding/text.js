// Base64, hex, JSON, URLs, queries and YAML. Wrong texts are a SyntaxError with its position, line and column.
(host, faults, m3m) => {
  "use strict";
  const { thrown, valueOf } = faults;
  const { parse, stringify } = JSON;

  function form(as = "text") {
    if (as !== "text" && as !== "bytes") throw new TypeError('what is decoded becomes "text" or "bytes"');
    return as;
  }

  function wanted(text) {
    if (typeof text !== "string") throw new TypeError(`a text is wanted, not ${text === null ? "null" : typeof text}`);
    return text;
  }

  function jsonParse(text, reviver) {
    const source = wanted(text);
    try {
      return parse(source.charCodeAt(0) === 0xfeff ? source.slice(1) : source, reviver);
    } catch (error) {
      if (error instanceof SyntaxError) valueOf(host.jsonFault(source));
      throw error;
    }
  }

  const ordered = (_key, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  function jsonStringify(value, indent, options) {
    const { sortKeys = false } = m3m.options("encoding.jsonStringify", options, ["sortKeys"]);
    const text = stringify(value, sortKeys ? ordered : undefined, indent);
    if (text === undefined) throw new TypeError(`JSON cannot say ${typeof value}`);
    return text;
  }

  function yamlStringify(value, options) {
    const { indent = 2 } = m3m.options("encoding.yamlStringify", options, ["indent"]);
    if (!Number.isInteger(indent) || indent < 1 || indent > 9) throw new RangeError("indent is a whole number from 1 to 9");
    if (stringify(value) === undefined) throw new TypeError(`YAML cannot say ${typeof value}`); // and a cycle throws here
    return host.yamlStringify(value, indent);
  }

  const urlEncode = (text) => encodeURIComponent(`${text}`.toWellFormed());

  const ESCAPES = /(?:%[0-9A-Fa-f]{2})+|%/g;

  // Piece by piece, so that the first wrong one is known by its place.
  function urlDecode(text) {
    const source = wanted(text);
    return source.replace(ESCAPES, (piece, position) => {
      try { return decodeURIComponent(piece); } catch {
        const before = source.slice(0, position);
        const column = [...before].length + 1;
        throw thrown({ message: `${piece.slice(0, 12)} does not stand for a character (character ${column})`, position, line: 1, column });
      }
    });
  }

  // A + is a blank and what cannot be decoded stays as it is: queries are written by anybody.
  function decoded(text) {
    const spaced = text.replaceAll("+", " ");
    try { return decodeURIComponent(spaced); } catch { return spaced; }
  }

  function queryParse(text) {
    const found = {};
    for (const pair of wanted(text).replace(/^\?/, "").split("&")) {
      if (pair === "") continue;
      const at = pair.indexOf("=");
      const name = decoded(at < 0 ? pair : pair.slice(0, at)), value = at < 0 ? "" : decoded(pair.slice(at + 1));
      if (!Object.hasOwn(found, name)) Object.defineProperty(found, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
      else if (Array.isArray(found[name])) found[name].push(value);
      else found[name] = [found[name], value];
    }
    return found;
  }

  function queryStringify(values) {
    if (typeof values !== "object" || values === null || Array.isArray(values)) throw new TypeError("queryStringify wants an object");
    const pairs = [];
    for (const [name, value] of Object.entries(values)) {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item === undefined) continue;
        const text = item === null ? "" : item instanceof Date ? item.toISOString() : `${item}`;
        pairs.push(`${urlEncode(name)}=${urlEncode(text)}`);
      }
    }
    return pairs.join("&").replaceAll("%20", "+");
  }

  return {
    jsonParse, jsonStringify, urlEncode, urlDecode, queryParse, queryStringify, yamlStringify,
    base64Encode: (data) => host.base64Encode(data),
    base64Decode: (text, as) => valueOf(host.base64Decode(text, false, form(as))),
    base64UrlEncode: (data) => host.base64UrlEncode(data),
    base64UrlDecode: (text, as) => valueOf(host.base64Decode(text, true, form(as))),
    hexEncode: (data) => host.hexEncode(data),
    hexDecode: (text, as) => valueOf(host.hexDecode(text, form(as))),
    yamlParse: (text) => valueOf(host.yamlParse(text)),
  };
}
