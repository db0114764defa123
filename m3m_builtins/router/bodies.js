// Bodies that do not go out in one piece: files of the project, and what comes piece by piece.
(m3m) => {
  "use strict";
  const { isView } = ArrayBuffer;
  const Buffer = ArrayBuffer, { asyncIterator, iterator } = Symbol;
  const WANTED = 'router.stream wants a ReadableStream, an iterator or a function: router.stream(async function* () { yield "..." })';

  // `wanted` is what the one who opens the file is told: type, download, maxAge.
  class FileBody {
    constructor(path, wanted) { this.path = path; this.wanted = wanted; }
  }

  class StreamBody {
    #source;
    #pieces; // made when the first one is asked for
    #id; // of the callback

    constructor(source) {
      if (typeof source !== "function" && typeof source?.getReader !== "function" && !isIterable(source)) throw new TypeError(WANTED);
      this.#source = source;
    }

    // The number under which Python asks for the "next" piece, or says "stop": the client is gone.
    open() {
      return (this.#id = m3m.callback(async (order) => (order === "stop" ? this.drop() : this.#next())));
    }

    async #next() {
      try {
        this.#pieces ??= piecesOf(this.#source);
        const { done, value } = await this.#pieces.next();
        if (!done) return checked(value);
      } catch (error) { m3m.release(this.#id); throw error; }
      m3m.release(this.#id);
      return undefined;
    }

    drop() {
      m3m.release(this.#id);
      m3m.guard("the end of a stream", () => (this.#pieces ?? cancellable(this.#source))?.return?.());
    }
  }

  function isIterable(value) {
    return typeof value === "object" && value !== null && (value[asyncIterator] !== undefined || value[iterator] !== undefined);
  }

  function checked(piece) {
    if (typeof piece === "string" || isView(piece) || piece instanceof Buffer) return piece;
    throw new TypeError(`a piece of a stream is a text or bytes, not ${typeof piece}`);
  }

  function cancellable(source) { return typeof source?.getReader === "function" ? readerOf(source) : undefined; }

  function readerOf(stream) {
    const reader = stream.getReader();
    return { next: () => reader.read(), return: () => reader.cancel() };
  }

  function piecesOf(source) {
    if (typeof source === "function") return called(source);
    if (typeof source.getReader === "function") return readerOf(source);
    return (source[asyncIterator] ?? source[iterator]).call(source);
  }

  // A generator function gives its pieces; any other writes them.
  function called(fn) {
    const pipe = newPipe();
    const result = fn(pipe.out);
    if (typeof result?.getReader === "function" || isIterable(result)) return piecesOf(result);
    pipe.endWith(result);
    return pipe.pieces;
  }

  // write() resolves when its piece is on its way and the next one may come.
  function newPipe() {
    const written = [], closers = [];
    let wake = null, taken = null, isClosed = false, end; // `end` holds how the writer ended

    async function next() {
      taken?.();
      taken = null;
      while (written.length === 0) {
        if (end !== undefined) {
          if ("error" in end) throw end.error;
          return { done: true, value: undefined };
        }
        await new Promise((resolve) => { wake = resolve; });
      }
      const { piece, resolve } = written.shift();
      taken = resolve;
      return { done: false, value: piece };
    }

    function write(piece) {
      if (isClosed) return Promise.reject(gone());
      checked(piece);
      return new Promise((resolve, reject) => { written.push({ piece, resolve, reject }); wake?.(); });
    }

    function close() {
      if (isClosed) return;
      isClosed = true;
      taken?.();
      for (const { reject } of written.splice(0)) reject(gone());
      for (const fn of closers) m3m.guard("the end of a stream", fn);
    }

    async function endWith(result) {
      try { await result; end = {}; } catch (error) {
        if (!isClosed || error?.code !== "client_gone") end = { error };
        if (isClosed && end !== undefined) m3m.fail("the end of a stream", error);
      }
      wake?.();
    }

    const out = {
      write,
      get closed() { return isClosed; },
      onClose(fn) { if (isClosed) m3m.guard("the end of a stream", fn); else closers.push(fn); },
    };
    return { out, endWith, pieces: { next, return: close } };
  }

  function gone() {
    const error = new Error("the client is gone");
    error.code = "client_gone";
    return error;
  }

  return { FileBody, StreamBody };
}
