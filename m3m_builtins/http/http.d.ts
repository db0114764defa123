declare namespace M3M {
  /** The functions for requests; those of a session keep cookies between them. */
  interface HttpFunctions {
    /**
     * Asks for something.
     *
     * @example
     * const { temp } = http.get("https://example.com/weather", { query: { city: "Riga" } }).json()
     */
    get(url: string, options?: HttpOptions): HttpAnswer

    /**
     * The same as `get`, and lets other requests in meanwhile.
     *
     * @example
     * const { temp } = (await http.getAsync("https://example.com/weather", { query: { city: "Riga" } })).json()
     */
    getAsync(url: string, options?: HttpOptions): Promise<HttpAnswer>

    /**
     * Sends something: an object as JSON, a text, bytes, or what the options `form` and `multipart` say.
     *
     * @example
     * const made = http.post("https://example.com/orders", { item: 7 }, { bearer: env.get("TOKEN") })
     */
    post(url: string, body?: unknown, options?: HttpOptions): HttpAnswer

    /**
     * The same as `post`, and lets other requests in meanwhile.
     *
     * @example
     * const made = await http.postAsync("https://example.com/orders", { item: 7 }, { bearer: env.get("TOKEN") })
     */
    postAsync(url: string, body?: unknown, options?: HttpOptions): Promise<HttpAnswer>

    /**
     * Puts something in a place.
     *
     * @example
     * http.put("https://example.com/orders/7", { item: 8 })
     */
    put(url: string, body?: unknown, options?: HttpOptions): HttpAnswer

    /**
     * The same as `put`, and lets other requests in meanwhile.
     *
     * @example
     * await http.putAsync("https://example.com/orders/7", { item: 8 })
     */
    putAsync(url: string, body?: unknown, options?: HttpOptions): Promise<HttpAnswer>

    /**
     * Changes a part of something.
     *
     * @example
     * http.patch("https://example.com/orders/7", { paid: true })
     */
    patch(url: string, body?: unknown, options?: HttpOptions): HttpAnswer

    /**
     * The same as `patch`, and lets other requests in meanwhile.
     *
     * @example
     * await http.patchAsync("https://example.com/orders/7", { paid: true })
     */
    patchAsync(url: string, body?: unknown, options?: HttpOptions): Promise<HttpAnswer>

    /**
     * Removes something.
     *
     * @example
     * const gone = http.delete("https://example.com/orders/7").ok
     */
    delete(url: string, options?: HttpOptions): HttpAnswer

    /**
     * The same as `delete`, and lets other requests in meanwhile.
     *
     * @example
     * const gone = (await http.deleteAsync("https://example.com/orders/7")).ok
     */
    deleteAsync(url: string, options?: HttpOptions): Promise<HttpAnswer>

    /**
     * Asks for the headers alone.
     *
     * @example
     * const size = Number(http.head("https://example.com/big.zip").headers["content-length"])
     */
    head(url: string, options?: HttpOptions): HttpAnswer

    /**
     * The same as `head`, and lets other requests in meanwhile.
     *
     * @example
     * const size = Number((await http.headAsync("https://example.com/big.zip")).headers["content-length"])
     */
    headAsync(url: string, options?: HttpOptions): Promise<HttpAnswer>

    /**
     * A request with any method.
     *
     * @example
     * const found = http.request("https://example.com/dav", { method: "PROPFIND", timeout: "5s" })
     */
    request(url: string, options?: HttpRequestOptions): HttpAnswer

    /**
     * The same as `request`, and lets other requests in meanwhile.
     *
     * @example
     * const found = await http.requestAsync("https://example.com/dav", { method: "PROPFIND", timeout: "5s" })
     */
    requestAsync(url: string, options?: HttpRequestOptions): Promise<HttpAnswer>

    /**
     * Saves an answer as a file of the project, piece by piece. The file is seen only when it is whole.
     *
     * @example
     * const { size } = http.download("https://example.com/big.zip", "downloads/big.zip", { timeout: "25s" })
     */
    download(url: string, path: string, options?: HttpOptions): HttpDownload

    /**
     * The same as `download`, and lets other requests in meanwhile.
     *
     * @example
     * const { size } = await http.downloadAsync("https://example.com/big.zip", "downloads/big.zip", { timeout: "25s" })
     */
    downloadAsync(url: string, path: string, options?: HttpOptions): Promise<HttpDownload>
  }

  /** Requests that share cookies, by the rules of browsers, and options. */
  interface HttpSession extends HttpFunctions {
    /**
     * The cookies that the session holds now.
     *
     * @example
     * const signedIn = session.cookies().some((cookie) => cookie.name === "sid")
     */
    cookies(): HttpCookie[]
    /**
     * Forgets all cookies.
     *
     * @example
     * session.clearCookies()
     */
    clearCookies(): void
  }

  /**
   * Requests to other servers. A status such as 404 is an answer; errors have a `code`: "timeout", "dns_failed",
   * "connect_failed", "tls_failed", "proxy_failed", "broken_answer", "too_large", "too_many_redirects", "redirected",
   * "bad_url", "not_json", "bad_status" (of a download), and "egress_refused" for an address that services do not reach.
   */
  interface Http extends HttpFunctions {
    /**
     * Requests that share a cookie jar of their own, and the given options.
     *
     * @example
     * const session = http.session({ headers: { "User-Agent": "shop" } })
     * session.post("https://example.com/login", undefined, { form: { user: "ann", password: env.get("PASSWORD") } })
     * const page = session.get("https://example.com/account").text()
     */
    session(defaults?: HttpOptions): HttpSession
  }
}

declare const http: M3M.Http
declare const $http: M3M.Http

/**
 * A request as on the web. The promise rejects with a TypeError, whose `code` says why, when there is no answer at all.
 * The signal's end closes the connection; cookies are not kept.
 *
 * @example
 * const answer = await fetch("https://example.com/rates.json", { signal: AbortSignal.timeout(5000) })
 * const rates = await answer.json()
 */
declare function fetch(input: string | URL | Request, init?: M3M.RequestInit): Promise<Response>
