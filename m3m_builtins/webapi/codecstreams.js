// TextEncoderStream and TextDecoderStream over the streams of the specification.
(streams) => {
  "use strict";
  const { TransformStream } = streams;
  const { TextEncoder, TextDecoder } = globalThis;

  class Piped {
    #pipe;
    constructor(transformer) { this.#pipe = new TransformStream(transformer); }
    get readable() { return this.#pipe.readable; }
    get writable() { return this.#pipe.writable; }
  }

  class TextEncoderStream extends Piped {
    constructor() {
      const encoder = new TextEncoder();
      let half = ""; // the first half of a character whose second comes with the next piece
      super({
        transform(piece, controller) {
          const text = half + `${piece}`;
          half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : "";
          const bytes = encoder.encode(half === "" ? text : text.slice(0, -1));
          if (bytes.length > 0) controller.enqueue(bytes);
        },
        flush(controller) { if (half !== "") controller.enqueue(encoder.encode(half)); },
      });
    }
    get encoding() { return "utf-8"; }
  }

  class TextDecoderStream extends Piped {
    #decoder;
    constructor(label, options) {
      const decoder = new TextDecoder(label, options);
      const put = (text, controller) => { if (text !== "") controller.enqueue(text); };
      super({
        transform(piece, controller) { put(decoder.decode(piece, { stream: true }), controller); },
        flush(controller) { put(decoder.decode(), controller); },
      });
      this.#decoder = decoder;
    }
    get encoding() { return this.#decoder.encoding; }
    get fatal() { return this.#decoder.fatal; }
    get ignoreBOM() { return this.#decoder.ignoreBOM; }
  }

  for (const type of [TextEncoderStream, TextDecoderStream]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { __proto__: null, value: type.name, configurable: true });
  }
  return { TextEncoderStream, TextDecoderStream };
}
