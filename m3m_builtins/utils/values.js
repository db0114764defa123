// Waiting, chance and lists.
(host, m3m) => {
  "use strict";

  function milliseconds(value) {
    if (typeof value !== "number" || !(value >= 0) || value === Infinity) {
      throw new RangeError(`sleep wants milliseconds from 0, not ${String(value)}`);
    }
    return value;
  }

  function sleepAsync(ms) {
    const wait = milliseconds(ms);
    return new Promise((resolve) => { m3m.after(wait, () => resolve()); });
  }

  function randomInt(min, max) {
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
      throw new RangeError("randomInt wants two whole numbers, the smaller first: randomInt(1, 6)");
    }
    return min + Math.floor(Math.random() * (max - min + 1));
  }

  function isEmpty(value) {
    if (value === null || value === undefined || value === "") return true;
    if (typeof value === "string") return value.trim() === "";
    if (Array.isArray(value) || ArrayBuffer.isView(value)) return value.length === 0;
    if (value instanceof Map || value instanceof Set) return value.size === 0;
    return typeof value === "object" && !(value instanceof Date) && Object.keys(value).length === 0;
  }

  function chunk(list, size) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`chunk wants a size from 1, not ${String(size)}`);
    const chunks = [];
    for (let i = 0; i < list.length; i += size) chunks.push(list.slice(i, i + size));
    return chunks;
  }

  const keyed = (key) => (typeof key === "function" ? key : (item) => item?.[key]);

  function unique(list, key = (item) => item) {
    const seen = new Map();
    const of = keyed(key);
    for (const item of list) if (!seen.has(of(item))) seen.set(of(item), item);
    return [...seen.values()];
  }

  function shuffle(list) {
    const mixed = [...list];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
    }
    return mixed;
  }

  function sortBy(list, key) {
    const of = keyed(key);
    const rank = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    return [...list].map((item) => [of(item), item]).sort(([a], [b]) => rank(a, b)).map(([, item]) => item);
  }

  function range(start, end, step = 1) {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    const size = Math.max(Math.ceil((to - from) / step), 0);
    if (!(size <= 1e6)) throw new RangeError("range wants numbers, with a step other than 0, and makes at most 1000000");
    return Array.from({ length: size }, (_, i) => from + i * step);
  }

  function clamp(value, min, max) {
    if (!(min <= max)) throw new RangeError("clamp wants three numbers, the smaller limit first: clamp(7, 1, 5)");
    return Math.min(Math.max(value, min), max);
  }

  function round(value, digits = 0) {
    if (!Number.isInteger(digits) || digits < 0 || digits > 20) throw new RangeError("digits is a whole number from 0 to 20");
    if (!Number.isFinite(value)) return Number(value);
    const shifted = Number(`${Math.abs(value)}e${digits}`); // by its digits, so that 1.005 becomes 1.01
    return Number.isNaN(shifted) ? value : Math.sign(value) * Number(`${Math.round(shifted)}e-${digits}`);
  }

  // The entries whose names are, or are not, in a list.
  function chosen(object, names, isIn) {
    if (!Array.isArray(names)) throw new TypeError("names is a list of names, such as [\"id\"]");
    const known = new Set(names.map(String));
    return Object.fromEntries(Object.entries(Object(object)).filter(([name]) => known.has(name) === isIn));
  }

  function groupBy(list, key) {
    const groups = {};
    const of = keyed(key);
    for (const item of list) {
      const name = `${of(item)}`;
      if (Object.hasOwn(groups, name)) groups[name].push(item);
      else Object.defineProperty(groups, name, { __proto__: null, value: [item], writable: true, enumerable: true, configurable: true });
    }
    return groups;
  }

  return {
    sleepAsync, randomInt, isEmpty, chunk, unique, groupBy, shuffle, sortBy, range, clamp, round,
    sample: (list) => list[Math.floor(Math.random() * list.length)],
    sum: (list, key = (item) => item) => Array.from(list, keyed(key)).reduce((total, value) => total + Number(value), 0),
    pick: (object, names) => chosen(object, names, true),
    omit: (object, names) => chosen(object, names, false),
    sleep: (ms) => { host.sleep(milliseconds(ms)); },
    random: () => Math.random(),
    randomString: (length = 16, alphabet = "") => host.randomString(length, `${alphabet}`),
    uuid: () => host.uuid(),
  };
}
