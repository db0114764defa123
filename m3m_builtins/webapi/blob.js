// Blob and File: bytes that are in memory, with a type.
(host) => {
  "use strict";
  const Bytes = Uint8Array;
  const { isView } = ArrayBuffer;
  let bytesOf;

  function view(value) {
    return isView(value) ? new Bytes(value.buffer, value.byteOffset, value.byteLength) : new Bytes(value);
  }

  function part(value) {
    if (value instanceof Blob) return bytesOf(value);
    return isView(value) || value instanceof ArrayBuffer ? view(value) : host.encode(`${value}`.toWellFormed());
  }

  function joined(parts) {
    const pieces = Array.from(parts, part);
    const whole = new Bytes(pieces.reduce((size, piece) => size + piece.length, 0));
    let at = 0;
    for (const piece of pieces) { whole.set(piece, at); at += piece.length; }
    return whole;
  }

  const typeName = (type) => (/[^\x20-\x7e]/.test(type) ? "" : type.toLowerCase());

  class Blob {
    #bytes;
    #type;

    static { bytesOf = (blob) => blob.#bytes; }

    constructor(parts = [], options = {}) {
      if (typeof parts !== "object" || parts === null || typeof parts[Symbol.iterator] !== "function") {
        throw new TypeError(`${new.target.name} wants a list of parts: new ${new.target.name}(["text", bytes])`);
      }
      this.#bytes = joined(parts);
      this.#type = typeName(`${options?.type ?? ""}`);
    }

    get size() { return this.#bytes.length; }
    get type() { return this.#type; }
    slice(start = 0, end = this.size, type = "") { return new Blob([this.#bytes.slice(start, end)], { type }); }
    async text() { return host.decode("utf-8", this.#bytes, null, false, false, false).text; }
    async bytes() { return this.#bytes.slice(); }
    async arrayBuffer() { return this.#bytes.slice().buffer; }

    stream() {
      const bytes = this.#bytes;
      return new globalThis.ReadableStream({
        pull(controller) {
          if (bytes.length > 0) controller.enqueue(bytes.slice());
          controller.close();
        },
      }, { highWaterMark: 0 });
    }
  }

  class File extends Blob {
    #name;
    #modified;

    constructor(parts, name, options = {}) {
      if (arguments.length < 2) throw new TypeError("File wants parts and a name: new File([\"text\"], \"note.txt\")");
      super(parts, options);
      this.#name = `${name}`.toWellFormed();
      this.#modified = options?.lastModified === undefined ? Date.now() : Number(options.lastModified);
    }

    get name() { return this.#name; }
    get lastModified() { return this.#modified; }
  }

  for (const type of [Blob, File]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { Blob, File, bytesOf, joined, view };
}
