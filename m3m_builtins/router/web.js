// Handlers of the web's form: fetch(request) gives a Response. So are routers for edge runtimes made.
(m3m, answers, bodies, routes, CACHE) => {
  "use strict";
  const { Answer } = answers;
  const { StreamBody } = bodies;
  const STREAMS = Symbol.for("m3m.streams"); // of a Response: whether its body comes piece by piece
  const NO_BODY = ["GET", "HEAD"];

  function isResponse(value) {
    return typeof value === "object" && value !== null && typeof value.arrayBuffer === "function" && typeof value.status === "number";
  }

  async function answerOf(response) {
    const headers = { __proto__: null };
    response.headers.forEach((text, name) => { (headers[name] ??= []).push(text); });
    if (response[STREAMS]) return new Answer(response.status, new StreamBody(response.body), headers);
    const body = new Uint8Array(await response.arrayBuffer());
    return new Answer(response.status, body.length ? body : undefined, headers);
  }

  // A client may send what is no host: that is no failure of the service.
  function originOf(scheme, host) {
    const origin = `${scheme}://${host}`;
    if (!URL.canParse(origin) || /[/?#@\\]/.test(host)) throw new routes.Malformed("the request's Host is not a host");
    return origin;
  }

  // The address below `segments` of the path, at the host that the client has asked.
  function requestOf(ctx, segments) {
    const { id, query } = ctx[CACHE];
    const origin = originOf(m3m.requestPart(id, "scheme"), ctx.headers.host ?? "localhost");
    const url = `${origin}${routes.below(ctx.path, segments)}${query === "" ? "" : `?${query}`}`;
    const body = NO_BODY.includes(ctx.method) ? undefined : ctx.bytes();
    return new Request(url, { method: ctx.method, headers: ctx.headers, body: body?.length ? body : undefined });
  }

  // What runtimes give as the third argument: work that goes on when the answer is out.
  const execution = {
    waitUntil: (promise) => m3m.guard("waitUntil", () => promise),
    passThroughOnException() {},
  };

  function handler(fetch, prefix) {
    const segments = prefix.split("/").filter((part) => part !== "").length;
    return async (ctx) => {
      // the one method that a connection may have and a Request may not
      if (ctx.method === "TRACE") return new Answer(405, { error: "This route does not answer TRACE.", code: "method_not_allowed" });
      const response = await fetch(requestOf(ctx, segments), {}, execution);
      if (!isResponse(response)) throw new TypeError(`fetch gave no Response but ${response === null ? "null" : typeof response}`);
      return response;
    };
  }

  return { isResponse, answerOf, handler };
}
