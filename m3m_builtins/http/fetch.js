// fetch: the web's Request and Response over the host's exchanges.
(host) => {
  "use strict";
  const { Request, Response: Base, ReadableStream } = globalThis;

  // An exchange whose body nobody holds any more is ended.
  const forgotten = new FinalizationRegistry((number) => { host.close(number); });

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

  function streamOf(number, signal) {
    let ended = false;
    let onAbort = () => {};
    const finish = () => {
      ended = true;
      signal.removeEventListener("abort", onAbort);
      forgotten.unregister(onAbort);
    };
    const stream = new ReadableStream({
      start(controller) {
        onAbort = () => { if (!ended) { finish(); host.close(number); controller.error(signal.reason); } };
        signal.addEventListener("abort", onAbort);
      },
      async pull(controller) {
        try {
          const piece = await host.readAsync(number);
          if (ended) return;
          if (piece === undefined) { finish(); controller.close(); } else controller.enqueue(piece);
        } catch (error) { if (!ended) { finish(); controller.error(failed(error)); } }
      },
      cancel() { finish(); host.close(number); },
    }, { highWaterMark: 0 });
    forgotten.register(stream, number, onAbort);
    return stream;
  }

  function answer(request, number, told) {
    if (told.more && empty(request, told.status)) host.close(number);
    if (empty(request, told.status)) return new Fetched(null, told);
    return new Fetched(told.more ? streamOf(number, request.signal) : told.body ?? new Uint8Array(), told);
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
    const number = host.begin();
    const { promise, reject } = Promise.withResolvers();
    const onAbort = () => { host.close(number); reject(signal.reason); };
    signal.addEventListener("abort", onAbort);
    try {
      const opened = host.openAsync(number, { url, method, redirect, headers: [...request.headers], body });
      return answer(request, number, await Promise.race([opened, promise]));
    } catch (error) {
      host.close(number);
      throw signal.aborted ? signal.reason : failed(error);
    } finally { signal.removeEventListener("abort", onAbort); }
  }

  return { fetch };
}
