// Any value as text for a person: JSON where JSON can say it, a short note in brackets where it cannot.
// It never throws, never loops on cycles, and stops as soon as `limit` characters are written.
(m3m) => {
  "use strict";
  const DEPTH = 20;
  const { stringify } = JSON;
  const { keys, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const apply = Reflect.apply;
  const { replace, substring } = String.prototype;
  const NativeError = Error, NativeMap = Map, NativeSet = Set, NativeDate = Date, Pattern = RegExp, Buffer = ArrayBuffer;
  const Opaque = [Promise, WeakMap, WeakSet, WeakRef];
  const toISO = NativeDate.prototype.toISOString, getTime = NativeDate.prototype.getTime;
  const patternText = Pattern.prototype.toString, symbolText = Symbol.prototype.toString;
  const mapEach = NativeMap.prototype.forEach, setEach = NativeSet.prototype.forEach;
  const mapSize = getOwnPropertyDescriptor(NativeMap.prototype, "size").get;
  const setSize = getOwnPropertyDescriptor(NativeSet.prototype, "size").get;
  const byteLength = getOwnPropertyDescriptor(Buffer.prototype, "byteLength").get;
  const typedName = getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

  // One text under construction: `open` holds the objects that are being shown, to see cycles.
  class Writer {
    text = "";
    open = [];
    constructor(limit) { this.limit = limit; }
    get full() { return this.text.length > this.limit; }
    add(piece) { if (!this.full) this.text += piece; }
  }

  function write(out, value) {
    switch (typeof value) {
      case "string": return out.add(stringify(value.length > out.limit ? apply(substring, value, [0, out.limit]) : value));
      case "bigint": return out.add(`${value}n`);
      case "symbol": return out.add(apply(symbolText, value, []));
      case "function": return out.add(functionName(value));
      case "object": return value === null ? out.add("null") : writeGuarded(out, value);
      default: return out.add(`${value}`);
    }
  }

  function functionName(fn) {
    const name = getOwnPropertyDescriptor(fn, "name");
    return name !== undefined && typeof name.value === "string" && name.value ? `[Function: ${name.value}]` : "[Function]";
  }

  function writeGuarded(out, value) {
    const depth = out.open.length;
    for (let i = 0; i < depth; i++) if (out.open[i] === value) return out.add("[Circular]");
    if (depth >= DEPTH) return out.add(isArray(value) ? "[Array]" : "[Object]");
    out.open[depth] = value;
    try {
      writeObject(out, value);
    } catch (error) {
      out.add(`[cannot be shown: ${m3m.describe(error).message}]`);
    }
    out.open.length = depth;
  }

  function writeObject(out, value) {
    if (value instanceof NativeError) return out.add(`[${title(m3m.describe(value))}]`);
    if (value instanceof NativeDate) return out.add(dateText(value));
    if (value instanceof Pattern) return out.add(apply(patternText, value, []));
    if (value instanceof NativeMap) return writeMap(out, value);
    if (value instanceof NativeSet) return writeSet(out, value);
    if (value instanceof Buffer) return out.add(`[ArrayBuffer: ${apply(byteLength, value, [])} bytes]`);
    if (isView(value)) return writeView(out, value);
    for (let i = 0; i < Opaque.length; i++) if (value instanceof Opaque[i]) return out.add(`[${Opaque[i].name}]`);
    if (isArray(value)) return writeItems(out, value);
    if (typeof value.toJSON === "function") return write(out, value.toJSON());
    return writeFields(out, value);
  }

  function dateText(date) {
    return apply(getTime, date, []) === apply(getTime, date, []) ? `"${apply(toISO, date, [])}"` : "[Invalid Date]";
  }

  function writeMap(out, map) {
    out.add(`Map(${apply(mapSize, map, [])}) {`);
    let first = true;
    apply(mapEach, map, [(item, key) => {
      if (out.full) return;
      if (!first) out.add(",");
      first = false;
      write(out, key);
      out.add(" => ");
      write(out, item);
    }]);
    out.add("}");
  }

  function writeSet(out, set) {
    out.add(`Set(${apply(setSize, set, [])}) {`);
    let first = true;
    apply(setEach, set, [(item) => {
      if (out.full) return;
      if (!first) out.add(",");
      first = false;
      write(out, item);
    }]);
    out.add("}");
  }

  function writeView(out, view) {
    const name = apply(typedName, view, []);
    if (name === undefined) return out.add(`[DataView: ${view.byteLength} bytes]`);
    out.add(`${name}(${view.length}) `);
    writeItems(out, view);
  }

  function writeItems(out, items) {
    out.add("[");
    for (let i = 0; i < items.length && !out.full; i++) {
      if (i > 0) out.add(",");
      write(out, items[i]);
    }
    out.add("]");
  }

  function writeFields(out, value) {
    const names = keys(value);
    out.add("{");
    for (let i = 0; i < names.length && !out.full; i++) {
      out.add((i > 0 ? "," : "") + stringify(names[i]) + ":");
      write(out, value[names[i]]);
    }
    out.add("}");
  }

  // "TypeError: message"; without a name, the message alone.
  function title({ name, message }) {
    return name && message ? `${name}: ${message}` : name || message;
  }

  // An error with its stack and causes; `describe` makes both, one frame to a line.
  function errorText(error) {
    let told;
    try { told = m3m.describe(error); } catch { return "[an error that cannot be shown]"; }
    return told.stack ? apply(replace, `${title(told)}\n${told.stack}`, [/\n$/, ""]) : title(told);
  }

  function inspect(value, limit) {
    const out = new Writer(limit);
    if (value instanceof NativeError) return errorText(value);
    write(out, value);
    return out.text;
  }

  return inspect;
}
