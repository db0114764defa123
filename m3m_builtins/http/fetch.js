// fetch: the web's Request and Response over the host's exchanges.
(host, turn) => {
  "use strict";
  const { Request, Response: Base, ReadableStream } = globalThis;
  const OPENS = Symbol.for("m3m.opens");

  // An exchange whose body nobody holds any more is ended.
  const forgotten = new FinalizationRegistry((end) => { end(); });

  const Fetched = class Response extends Base {
    #told;
    constructor(body, told) {
      super(body, { status: told.status, statusText: told.statusText, headers: told.headers });
      this.#told = told;
    }
    get url() { return this.#told.url; }
    get redirected() { return this.#told.redirected; }
    get type() { return "basic"; }
    clone() {
      const copy = super.clone();
      return new Fetched(copy.body, { ...this.#told, headers: copy.headers });
    }
  };

  function failed(error) {
    if (error.code === "invalid_arguments") return error;
    const told = new TypeError(`fetch failed: ${error.message}`, { cause: error });
    told.code = error.code;
    return told;
  }

  const empty = (request, status) => request.method === "HEAD" || status === 204 || status === 205 || status === 304;

  // The body becomes a stream when it is wanted: what was not read is known to be forgotten as soon as it is.
  function pending(number, signal, leave) {
    const end = () => { signal.removeEventListener("abort", end); host.close(number); leave(); };
    const body = {
      [OPENS]() {
        forgotten.unregister(end);
        signal.removeEventListener("abort", end);
        return streamOf(number, signal, leave);
      },
    };
    signal.addEventListener("abort", end);
    forgotten.register(body, end, end);
    return body;
  }

  function streamOf(number, signal, leave) {
    let onAbort = () => {};
    let ended = false;
    const finish = () => {
      ended = true;
      signal.removeEventListener("abort", onAbort);
      forgotten.unregister(onAbort);
      leave();
    };
    const stop = () => { finish(); host.close(number); };
    const stream = new ReadableStream({
      start(controller) {
        onAbort = () => { if (!ended) { stop(); controller.error(signal.reason); } };
        if (signal.aborted) onAbort();
        else signal.addEventListener("abort", onAbort);
      },
      async pull(controller) {
        try {
          const piece = await host.readAsync(number);
          if (ended) return;
          if (piece === undefined) { finish(); controller.close(); } else controller.enqueue(piece);
        } catch (error) { if (!ended) { finish(); controller.error(failed(error)); } }
      },
      cancel: stop,
    }, { highWaterMark: 0 });
    if (!ended) forgotten.register(stream, () => { host.close(number); leave(); }, onAbort);
    return stream;
  }

  function answer(request, number, told, leave) {
    const isEmpty = empty(request, told.status);
    if (told.more && !isEmpty) return new Fetched(pending(number, request.signal, leave), told);
    if (told.more) host.close(number);
    leave();
    return new Fetched(isEmpty ? null : told.body ?? new Uint8Array(), told);
  }

  function fromData(url) {
    const found = host.dataUrl(url);
    if (found === undefined) throw new TypeError("fetch failed: this data: URL cannot be read");
    const told = { status: 200, statusText: "OK", url, redirected: false, headers: [["Content-Type", found.type]] };
    return new Fetched(found.data, told);
  }

  async function fetch(input, init) {
    const request = new Request(input, init);
    const { signal, url, method, redirect } = request;
    signal.throwIfAborted();
    if (url.startsWith("data:")) return fromData(url);
    const body = request.body === null ? null : await request.bytes();
    signal.throwIfAborted();
    const leave = await turn(signal);
    let number = 0; // of no exchange yet
    const { promise, reject } = Promise.withResolvers();
    const onAbort = () => { host.close(number); reject(signal.reason); };
    signal.addEventListener("abort", onAbort);
    try {
      signal.throwIfAborted();
      number = host.begin();
      const opened = host.openAsync(number, { url, method, redirect, headers: [...request.headers], body });
      return answer(request, number, await Promise.race([opened, promise]), leave);
    } catch (error) {
      host.close(number);
      leave();
      throw signal.aborted ? signal.reason : failed(error);
    } finally { signal.removeEventListener("abort", onAbort); }
  }

  return { fetch };
}
