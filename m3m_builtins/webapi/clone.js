// structuredClone: the algorithm of the HTML standard for the types that exist here.
() => {
  "use strict";
  const { keys, defineProperty } = Object;
  const { isView } = ArrayBuffer;
  const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const PRIMITIVES = [Boolean, Number, String, BigInt, Symbol];
  const TYPED = Object.getPrototypeOf(Uint8Array.prototype);
  const typedName = Object.getOwnPropertyDescriptor(TYPED, Symbol.toStringTag).get;
  const TYPES = { __proto__: null };
  for (const type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float16Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]) TYPES[type.name] = type;
  const NOT_DATA = [Promise, WeakMap, WeakSet, WeakRef, FinalizationRegistry];

  function refuse(value) {
    const shown = typeof value === "function" ? `the function ${value.name || "(without a name)"}`
      : typeof value === "symbol" ? String(value) : Object.prototype.toString.call(value);
    throw new DOMException(`${shown} could not be cloned`, "DataCloneError");
  }

  function put(object, key, value) {
    defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  }

  function clone(value, seen) {
    if (typeof value === "function" || typeof value === "symbol") refuse(value);
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const remember = (copy) => { seen.set(value, copy); return copy; };
    if (value instanceof Date) return remember(new Date(value.getTime()));
    if (value instanceof RegExp) return remember(new RegExp(value.source, value.flags));
    if (value instanceof ArrayBuffer) return remember(value.slice(0));
    if (isView(value)) return remember(cloneView(value, seen));
    if (value instanceof Map) return cloneMap(value, remember(new Map()), seen);
    if (value instanceof Set) return cloneSet(value, remember(new Set()), seen);
    if (value instanceof Error) return cloneError(value, remember, seen);
    for (const type of NOT_DATA) if (value instanceof type) refuse(value);
    for (const type of PRIMITIVES) if (value instanceof type) return clonePrimitive(value, remember);
    return cloneFields(value, remember(Array.isArray(value) ? new Array(value.length) : {}), seen);
  }

  function clonePrimitive(value, remember) {
    if (value instanceof Symbol) refuse(value);
    return remember(Object(value.valueOf()));
  }

  function cloneView(view, seen) {
    const buffer = clone(view.buffer, seen);
    const name = typedName.call(view);
    if (name === undefined) return new DataView(buffer, view.byteOffset, view.byteLength);
    return new TYPES[name](buffer, view.byteOffset, view.length);
  }

  function cloneMap(map, copy, seen) {
    for (const [key, item] of [...map]) copy.set(clone(key, seen), clone(item, seen));
    return copy;
  }

  function cloneSet(set, copy, seen) {
    for (const item of [...set]) copy.add(clone(item, seen));
    return copy;
  }

  function cloneError(error, remember, seen) {
    const Type = ERRORS[`${error.name}`] ?? Error;
    const made = remember(new Type(`${error.message}`));
    for (const key of ["stack", "cause"]) {
      if (!Object.hasOwn(error, key)) continue;
      const value = clone(error[key], seen);
      defineProperty(made, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
    }
    return made;
  }

  function cloneFields(object, copy, seen) {
    for (const key of keys(object)) put(copy, key, clone(object[key], seen));
    return copy;
  }

  function structuredClone(value, options) {
    if (arguments.length === 0) throw new TypeError("structuredClone wants a value");
    const seen = new Map();
    for (const item of options?.transfer ?? []) {
      if (!(item instanceof ArrayBuffer)) refuse(item);
      seen.set(item, item.transfer());
    }
    return clone(value, seen);
  }

  return { structuredClone };
}
