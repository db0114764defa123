// The table of routes: a tree of segments. A fixed segment beats a parameter, a parameter beats the rest of the path,
// whatever the order of registration; a branch that does not know the method is left for the next one.
() => {
  "use strict";
  const { create } = Object;
  const { stringify } = JSON;
  const { fromCharCode } = String;
  const FIRST_MARK = 32; // the same number as in m3m_core/runtime/answers.py: a route's mark is its number from there on

  const LONGEST_PATH = 1000;

  class Malformed extends Error {}

  function newNode() {
    return { fixed: create(null), param: null, rest: null, routes: create(null), methods: [] };
  }

  const root = newNode();
  let count = 0;

  // Empty segments do not count: "/a//b/" is the same as "/a/b".
  function split(path) {
    const parts = [];
    for (const part of path.split("/")) if (part !== "") parts.push(part);
    return parts;
  }

  function decode(text) {
    if (!text.includes("%")) return text;
    try { return decodeURIComponent(text); } catch { throw new Malformed("the path is not properly encoded"); }
  }

  // The segments of a request's path, decoded before anything is compared: "/%61dmin" is "/admin" for routes and
  // middleware alike.
  function partsOf(path) {
    const parts = split(path);
    if (path.includes("%")) for (let i = 0; i < parts.length; i++) parts[i] = decode(parts[i]);
    return parts;
  }

  function checkedPath(path) {
    if (typeof path === "string" && (path === "" || path[0] === "/")) return path;
    throw new TypeError(`a route's path is a string that begins with "/", not ${stringify(path)}`);
  }

  function add(method, path, handlers) {
    if (path.length > LONGEST_PATH) throw new RangeError(`a route's path has at most ${LONGEST_PATH} characters, not ${path.length}`);
    if (handlers.length === 0) throw new TypeError(`router: ${method} ${path} has no handler`);
    for (const handler of handlers) {
      if (typeof handler !== "function") throw new TypeError(`router: a handler of ${method} ${path} is not a function`);
    }
    const names = [];
    const node = descend(path, names);
    if (node.routes[method] !== undefined) throw new Error(`router: ${method} ${path} is there already`);
    node.routes[method] = { label: `${method} ${path}`, mark: fromCharCode(FIRST_MARK + ++count), names, handlers };
    node.methods.push(method);
  }

  function descend(path, names) {
    const parts = split(path);
    let node = root;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      if (part[0] === ":") {
        named(names, part.slice(1), path);
        node = node.param ??= newNode();
      } else if (part[0] === "*") {
        if (i !== parts.length - 1) throw new TypeError(`router: ${path}: "${part}" must be the last segment`);
        named(names, part.slice(1) || "path", path);
        node = node.rest ??= newNode();
      } else node = node.fixed[decode(part)] ??= newNode();
    }
    return node;
  }

  function named(names, name, path) {
    if (name === "") throw new TypeError(`router: ${path}: a parameter needs a name, such as ":id"`);
    if (names.includes(name)) throw new TypeError(`router: ${path} has two parameters "${name}"`);
    names.push(name);
  }

  // ---- looking up ----
  function choose(node, method) {
    return node.routes[method] ?? (method === "HEAD" ? node.routes.GET : undefined) ?? node.routes.ALL;
  }

  // The route for a request; `values` gets what its parameters hold.
  function find(method, path, parts, values, node = root, position = 0) {
    if (position === parts.length) {
      const route = choose(node, method);
      if (route !== undefined) return route;
    } else {
      const part = parts[position];
      const next = node.fixed[part];
      let route = next === undefined ? undefined : find(method, path, parts, values, next, position + 1);
      if (route !== undefined) return route;
      if (node.param !== null) {
        const kept = values.length;
        values[kept] = part;
        route = find(method, path, parts, values, node.param, position + 1);
        if (route !== undefined) return route;
        values.length = kept;
      }
    }
    const route = node.rest === null ? undefined : choose(node.rest, method);
    if (route !== undefined) values.push(remainder(path, position));
    return route;
  }

  // The path behind its first segments, with "//" and a last "/" as the client wrote them.
  function remainder(path, segments) {
    return decode(below(path, segments).slice(1));
  }

  // The same as it is in a request to what is mounted there.
  function below(path, segments) {
    let at = 0;
    for (let i = 0; i < segments && at >= 0; i++) {
      while (path[at] === "/") at++;
      at = path.indexOf("/", at);
    }
    return at < 0 ? "/" : path.slice(at);
  }

  // The methods of every route that has this path, in the order of their names; none: there is no such route.
  function allowed(parts) {
    const found = new Set();
    collect(root, parts, 0, found);
    if (found.size === 0) return [];
    if (found.has("GET")) found.add("HEAD");
    return [...found.add("OPTIONS")].sort();
  }

  function collect(node, parts, position, found) {
    const ended = position === parts.length;
    if (ended) for (const method of node.methods) found.add(method);
    if (node.rest !== null) for (const method of node.rest.methods) found.add(method);
    if (ended) return;
    const next = node.fixed[parts[position]];
    if (next !== undefined) collect(next, parts, position + 1, found);
    if (node.param !== null) collect(node.param, parts, position + 1, found);
  }

  // ---- prefixes of middleware ----
  // Segments of a prefix; a rest at its end says nothing that a prefix does not say anyway.
  function prefixOf(path) {
    const parts = split(path);
    if (parts.length && parts[parts.length - 1][0] === "*") parts.pop();
    return parts.map((part) => (part[0] === ":" ? part : decode(part)));
  }

  function covers(prefix, parts) {
    if (prefix.length > parts.length) return false;
    for (let i = 0; i < prefix.length; i++) if (prefix[i] !== parts[i] && prefix[i][0] !== ":") return false;
    return true;
  }

  return { Malformed, add, partsOf, checkedPath, find, below, allowed, prefixOf, covers };
}
