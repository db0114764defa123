// Values that cross between JavaScript and Python.
const BYTES = "\u0000bytes";

function replacer(_key, value) {
  if (typeof value === "bigint") return `${value}`;
  if (typeof value !== "object" || value === null) return value;
  if (isView(value)) {
    const view = value instanceof Bytes ? value : new Bytes(value.buffer, value.byteOffset, value.byteLength);
    return { __proto__: null, [BYTES]: apply(toBase64, view, []) };
  }
  if (value instanceof Buffer) return { __proto__: null, [BYTES]: apply(toBase64, new Bytes(value), []) };
  return value;
}

function reviver(_key, value) {
  if (typeof value === "object" && value !== null && typeof value[BYTES] === "string") return fromBase64(value[BYTES]);
  return value;
}

// Envelope: "v" value, "b" value holding bytes, "u" undefined, "e" error; then JSON.
function encode(value) {
  const text = stringify(value, replacer);
  return text === undefined ? "u" : flat("v" + text);
}

function decode(text) {
  const kind = apply(charAt, text, [0]);
  if (kind === "u") return undefined;
  const body = apply(slice, text, [1]);
  if (kind === "v") return parse(body);
  if (kind === "b") return parse(body, reviver);
  throw failure(parse(body));
}

function failure(told) {
  const error = new NativeError(told.message);
  defineProperty(error, "name", { __proto__: null, value: told.name, writable: true, configurable: true });
  error.code = told.code;
  if (told.fields) error.fields = told.fields;
  if (typeof told.position === "number") error.position = told.position;
  return error;
}
