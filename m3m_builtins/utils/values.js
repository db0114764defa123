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
    sleepAsync, randomInt, isEmpty, chunk, unique, groupBy,
    sleep: (ms) => { host.sleep(milliseconds(ms)); },
    random: () => Math.random(),
    randomString: (length = 16, alphabet = "") => host.randomString(length, `${alphabet}`),
    uuid: () => host.uuid(),
  };
}
