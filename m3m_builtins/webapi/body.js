// What Request and Response have in common: a body that is a text, bytes or a stream, and can be read once.
(host, url, blobs, forms, messages) => {
  "use strict";
  const { URLSearchParams } = url;
  const { Headers } = messages;
  const { Blob, bytesOf, joined, view } = blobs;
  const Bytes = Uint8Array;
  const isStream = (value) => Object.prototype.toString.call(value) === "[object ReadableStream]";
  // The streams' own mark, which they show to nobody: whether anything was read of a stream or it was cancelled.
  const isDisturbed = (stream) => stream._disturbed === true;
  // What becomes a stream when somebody wants it. Until then nothing refers to it but the body.
  const OPENS = Symbol.for("m3m.opens");
  const isPending = (value) => typeof value === "object" && value !== null && typeof value[OPENS] === "function";
  let share;

  // The content, and the type that it implies.
  function extract(body) {
    if (body === null || body === undefined) return [null, null];
    if (typeof body === "string") return [body.toWellFormed(), "text/plain;charset=UTF-8"];
    if (body instanceof URLSearchParams) return [body.toString(), "application/x-www-form-urlencoded;charset=UTF-8"];
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return [view(body).slice(), null];
    if (body instanceof Blob) return [bytesOf(body), body.type || null];
    if (body instanceof forms.FormData) return forms.encode(body);
    if (isPending(body)) return [body, null];
    if (isStream(body)) {
      if (body.locked || isDisturbed(body)) throw new TypeError("a stream that is being read cannot be a body");
      return [body, null];
    }
    return [`${body}`.toWellFormed(), "text/plain;charset=UTF-8"];
  }

  async function collect(stream) {
    const limit = host.limit(), reader = stream.getReader(), pieces = [];
    for (let size = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return joined(pieces);
      if (!(value instanceof Bytes)) throw new TypeError("a body's stream gives Uint8Array and nothing else");
      size += value.length;
      if (size > limit) {
        const error = new RangeError(`the body is larger than ${limit} bytes: read its stream piece by piece`);
        error.code = "too_large";
        reader.cancel(error).catch(() => {});
        throw error;
      }
      pieces.push(value);
    }
  }

  const bytesOfContent = (content) => (typeof content === "string" ? host.encode(content) : content);

  function streamOf(content) {
    return new globalThis.ReadableStream({
      type: "bytes",
      pull(controller) {
        const bytes = bytesOfContent(content);
        if (bytes.length > 0) controller.enqueue(bytes.slice());
        controller.close();
        controller.byobRequest?.respond(0);
      },
    });
  }

  class Body {
    #content; // null, a text, bytes, a stream or what opens one
    #used = false;
    #headers;

    static {
      share = {
        // For clone: two contents that are read apart.
        split(from) {
          from.#open();
          if (from.bodyUsed || (isStream(from.#content) && from.#content.locked)) {
            throw new TypeError("the body was read already and cannot be cloned");
          }
          if (!isStream(from.#content)) return from.#content;
          const [own, other] = from.#content.tee();
          from.#content = own;
          return other;
        },
        // For a request made of another, whose body it takes over.
        move: (from) => from.#take(),
      };
    }

    constructor(body, headers) {
      const [content, type] = extract(body);
      this.#content = content;
      this.#headers = new Headers(headers);
      if (type !== null && !this.#headers.has("content-type")) this.#headers.set("Content-Type", type);
    }

    get headers() { return this.#headers; }
    get [Symbol.for("m3m.streams")]() { return isPending(this.#content) || isStream(this.#content); } // for the router: such a body goes out piece by piece
    get bodyUsed() { return this.#used || (isStream(this.#content) && isDisturbed(this.#content)); }

    #open() { if (isPending(this.#content)) this.#content = this.#content[OPENS](); }

    get body() {
      this.#open();
      if (this.#content === null) return null;
      if (!isStream(this.#content)) {
        this.#content = streamOf(this.#content);
        if (this.#used) this.#content.cancel();
      }
      return this.#content;
    }

    #take() {
      this.#open();
      if (this.bodyUsed) throw new TypeError("the body was read already; use clone() to read it twice");
      if (isStream(this.#content) && this.#content.locked) throw new TypeError("the body is being read by another");
      this.#used = this.#content !== null;
      return this.#content;
    }

    async #whole() {
      const content = this.#take();
      return isStream(content) ? collect(content) : content ?? "";
    }

    async text() {
      const content = await this.#whole();
      if (typeof content === "string") return content[0] === "\ufeff" ? content.slice(1) : content;
      return host.decode("utf-8", content, null, false, false, false).text;
    }

    async json() { return JSON.parse(await this.text()); }
    async bytes() { return bytesOfContent(await this.#whole()); }
    async arrayBuffer() { const bytes = await this.bytes(); return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer; }
    async blob() { const type = this.#headers.get("content-type") ?? ""; return new Blob([await this.bytes()], { type }); }
    async formData() { const type = this.#headers.get("content-type") ?? ""; return forms.decode(await this.bytes(), type); }
  }

  return { Body, share };
}
