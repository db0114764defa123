// `database`: one object for each model, made when it is first named.
(host) => {
  "use strict";
  const SLUG = /^[a-z][a-z0-9_]{0,62}$/;
  const DEEPEST = 60;
  const NAMES = Object.keys(host);

  function wrong(message) {
    const error = new TypeError(message);
    error.code = "invalid_arguments";
    return error;
  }

  // JSON would drop what it cannot say, and a filter without a condition finds everything.
  function said(value, path, strict, depth) {
    switch (typeof value) {
      case "undefined":
        if (strict) throw wrong(`${path} is undefined`);
        return value;
      case "number":
        if (!Number.isFinite(value)) throw wrong(`${path} is ${value}`);
        return value;
      case "function": case "symbol":
        throw wrong(`${path} is a ${typeof value}`);
      case "object": break;
      default: return value;
    }
    if (value === null) return value;
    if (depth > DEEPEST) throw wrong(`${path} has too many levels`);
    if (Array.isArray(value)) return value.map((item, index) => said(item, `${path}[${index}]`, strict, depth + 1));
    if (value instanceof Date) {
      if (Number.isNaN(value.getTime())) throw wrong(`${path} is an invalid date`);
      return value.toISOString();
    }
    if (value instanceof RegExp) return pattern(value, path);
    if (value instanceof Map || value instanceof Set) throw wrong(`${path} is a ${value.constructor.name}, not a plain object`);
    if (typeof value.toJSON === "function") return said(value.toJSON(), path, strict, depth + 1);
    const copy = {};
    for (const key of Object.keys(value)) define(copy, key, said(value[key], `${path}.${key}`, strict, depth + 1));
    return copy;
  }

  // Not `copy[key] = value`: a key may be __proto__.
  function define(object, key, value) {
    if (value !== undefined) Object.defineProperty(object, key, { __proto__: null, value, enumerable: true });
  }

  function pattern(value, path) {
    if (!/^[dgi]*$/.test(value.flags)) throw wrong(`${path}: a pattern can have the flag i only, not ${value.flags}`);
    return { $regex: value.source, $options: value.ignoreCase ? "i" : "" };
  }

  // The last arguments of these are records, where undefined means a field that is not given.
  const RECORDS = { insert: 0, insertMany: 0, update: 1, updateMany: 1, upsert: 1, findOneAndUpdate: 1 };

  function method(slug, name) {
    const call = host[name];
    const plain = name.replace(/Async$/, "");
    const record = RECORDS[plain] ?? -1;
    return (...args) => {
      let given = args.length;
      while (given && args[given - 1] === undefined) given--;
      const checked = [];
      for (let i = 0; i < given; i++) {
        checked[i] = args[i] === undefined ? null : said(args[i], `database.${slug}.${plain}: argument ${i + 1}`, i !== record && i < 2, 1);
      }
      return call(slug, ...checked);
    };
  }

  const collections = new Map();

  function collection(slug) {
    if (typeof slug !== "string") throw wrong("database.collection wants the name of a model");
    if (!collections.has(slug)) {
      const made = {};
      for (const name of NAMES) made[name] = method(slug, name);
      collections.set(slug, Object.freeze(made));
    }
    return collections.get(slug);
  }

  return new Proxy(Object.freeze({ __proto__: null, collection }), {
    get(target, key) {
      if (key in target) return target[key];
      return typeof key === "string" && key !== "then" && SLUG.test(key) ? collection(key) : undefined;
    },
  });
}
