// TextEncoder and TextDecoder. The codecs are the host's: every encoding of the web, and state that fits into a value.
(host) => {
  "use strict";
  const Bytes = Uint8Array;

  function bytesOf(input) {
    if (input === undefined) return new Bytes();
    if (input instanceof Bytes) return input;
    if (ArrayBuffer.isView(input)) return new Bytes(input.buffer, input.byteOffset, input.byteLength);
    if (input instanceof ArrayBuffer || input instanceof SharedArrayBuffer) return new Bytes(input);
    throw new TypeError("TextDecoder wants bytes: an ArrayBuffer or a view of one");
  }

  // How many bytes of UTF-8 a code point takes.
  const sizeOf = (point) => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

  class TextEncoder {
    get encoding() { return "utf-8"; }

    encode(text = "") { return host.encode(`${text}`.toWellFormed()); }

    encodeInto(text, target) {
      if (!(target instanceof Bytes)) throw new TypeError("encodeInto wants a Uint8Array to write to");
      let read = 0, written = 0;
      for (const char of `${text}`.toWellFormed()) {
        const size = sizeOf(char.codePointAt(0));
        if (written + size > target.length) break;
        written += size;
        read += char.length;
      }
      target.set(host.encode(`${text}`.toWellFormed().slice(0, read)));
      return { read, written };
    }
  }

  class TextDecoder {
    #encoding;
    #fatal;
    #ignoreBOM;
    #state = null; // what the host's decoder keeps between the pieces of a stream; null at its beginning

    constructor(label = "utf-8", options = {}) {
      this.#encoding = host.encodingName(`${label}`.toWellFormed());
      this.#fatal = Boolean(options?.fatal);
      this.#ignoreBOM = Boolean(options?.ignoreBOM);
    }

    get encoding() { return this.#encoding; }
    get fatal() { return this.#fatal; }
    get ignoreBOM() { return this.#ignoreBOM; }

    decode(input, options = {}) {
      const stream = Boolean(options?.stream);
      const told = host.decode(this.#encoding, bytesOf(input), this.#state, stream, this.#fatal, this.#ignoreBOM);
      this.#state = stream ? told.state ?? null : null;
      if (told.error !== undefined) throw new TypeError(told.error);
      return told.text;
    }
  }

  for (const type of [TextEncoder, TextDecoder]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { TextEncoder, TextDecoder };
}
