// Files: what a service gives becomes what the host takes, and what the host tells becomes what a service gets.
(host, m3m) => {
  "use strict";
  const { parse, stringify } = JSON;
  const UNITS = { __proto__: null, s: 1, m: 60, h: 3600, d: 86400 };
  const NativeDate = Date;

  const entry = (told) => ({ ...told, updatedAt: new NativeDate(told.updatedAt) });
  const same = (value) => value;

  function overwrite(label, options) {
    return m3m.options(label, options, ["overwrite"]).overwrite === true;
  }

  function seconds(options) {
    const given = m3m.options("storage.url", options, ["expiresIn"]).expiresIn;
    if (given === undefined || given === null) return null;
    const found = typeof given === "string" ? /^(\d+)([smhd])$/.exec(given) : null;
    const value = found ? Number(found[1]) * UNITS[found[2]] : given;
    if (!Number.isInteger(value) || value < 1 || value > 316224000) {
      throw new RangeError('expiresIn is a number of seconds or a text such as "1h", at most ten years');
    }
    return value;
  }

  function json(value, indent) {
    const text = stringify(value, null, indent);
    if (text === undefined) throw new TypeError(`JSON cannot say what is to be written: ${typeof value}`);
    return text;
  }

  function list(paths) {
    return Array.isArray(paths) ? paths : [paths];
  }

  // name: [the host's function, its arguments from the service's, the service's result from its own]
  const CALLS = {
    read: ["read", (path) => [path], same],
    readBytes: ["readBytes", (path) => [path], same],
    readJSON: ["read", (path) => [path], (text) => parse(text[0] === "\ufeff" ? text.slice(1) : text)],
    write: ["write", (path, data) => [path, data], entry],
    writeJSON: ["write", (path, value, indent) => [path, json(value, indent)], entry],
    append: ["append", (path, data) => [path, data], entry],
    exists: ["exists", (path) => [path], same],
    stat: ["stat", (path) => [path], entry],
    list: ["list", (path) => [path ?? ""], (found) => found.map(entry)],
    glob: ["glob", (pattern) => [pattern], same],
    mkdir: ["mkdir", (path) => [path], entry],
    copy: ["copy", (from, to, options) => [from, to, overwrite("storage.copy", options)], entry],
    move: ["move", (from, to, options) => [from, to, overwrite("storage.move", options)], entry],
    delete: ["delete", (path) => [path], same],
    url: ["url", (path, options) => [path, seconds(options)], same],
    zip: ["zip", (paths, to) => [list(paths), to], entry],
    unzip: ["unzip", (path, to) => [path, to ?? ""], entry],
  };

  const storage = { tmp: (ending) => host.tmp(`${ending ?? ""}`) };
  for (const name of Object.keys(CALLS)) {
    const [called, before, after] = CALLS[name];
    const direct = host[called], later = host[`${called}Async`];
    storage[name] = (...given) => after(direct(...before(...given)));
    storage[`${name}Async`] = async (...given) => after(await later(...before(...given)));
  }
  return Object.freeze(storage);
}
