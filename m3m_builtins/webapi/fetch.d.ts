declare namespace M3M {
  type HeadersInit = Headers | Record<string, string> | Iterable<readonly [string, string]>
  type BodyInit = string | ArrayBuffer | ArrayBufferView | URLSearchParams | FormData | Blob | ReadableStream | null

  /** What Request and Response have in common. The body can be read once. */
  interface Body {
    readonly headers: Headers
    readonly bodyUsed: boolean
    /** The body as a stream of bytes. */
    readonly body: ReadableStream<Uint8Array> | null
    /**
     * The body as text.
     *
     * @example
     * const text = await answer.text()
     */
    text(): Promise<string>
    /**
     * The body as JSON.
     *
     * @example
     * const data = await answer.json()
     */
    json(): Promise<any>
    /**
     * The body as bytes.
     *
     * @example
     * const bytes = await answer.bytes()
     */
    bytes(): Promise<Uint8Array>
    /**
     * The body as a buffer.
     *
     * @example
     * const buffer = await answer.arrayBuffer()
     */
    arrayBuffer(): Promise<ArrayBuffer>
    /**
     * The body as a Blob of its content type.
     *
     * @example
     * const picture = await answer.blob()
     */
    blob(): Promise<Blob>
    /**
     * The fields of a body that is a form.
     *
     * @example
     * const form = await request.formData()
     */
    formData(): Promise<FormData>
  }

  interface ResponseInit {
    status?: number
    statusText?: string
    headers?: HeadersInit
  }

  interface RequestInit {
    method?: string
    headers?: HeadersInit
    body?: BodyInit
    signal?: AbortSignal
    /** "follow" unless given. */
    redirect?: "follow" | "manual" | "error"
    /** Taken and not needed: a body may always be a stream. */
    duplex?: "half"
  }
}

/** Names and values of headers; names do not mind capitals. */
declare class Headers {
  /**
   * @example
   * const headers = new Headers({ "Content-Type": "text/csv" })
   */
  constructor(init?: M3M.HeadersInit)
  /**
   * Adds a value, beside those that the name has.
   *
   * @example
   * headers.append("Set-Cookie", "a=1")
   */
  append(name: string, value: string): void
  /**
   * Takes a header away.
   *
   * @example
   * headers.delete("Cookie")
   */
  delete(name: string): void
  /**
   * The value; several are joined with ", ".
   *
   * @example
   * const type = headers.get("content-type")
   */
  get(name: string): string | null
  /**
   * Every Set-Cookie.
   *
   * @example
   * const cookies = headers.getSetCookie()
   */
  getSetCookie(): string[]
  /**
   * Whether there is such a header.
   *
   * @example
   * if (!headers.has("etag")) headers.set("ETag", tag)
   */
  has(name: string): boolean
  /**
   * Gives a header this one value.
   *
   * @example
   * headers.set("Cache-Control", "no-store")
   */
  set(name: string, value: string): void
  /**
   * Calls a function for each header, by name.
   *
   * @example
   * headers.forEach((value, name) => { logger.info(name, value) })
   */
  forEach(fn: (value: string, name: string, headers: Headers) => void, self?: unknown): void
  /**
   * Names with values.
   *
   * @example
   * const all = Object.fromEntries(headers.entries())
   */
  entries(): IterableIterator<[string, string]>
  /**
   * The names, in lower case.
   *
   * @example
   * const names = [...headers.keys()]
   */
  keys(): IterableIterator<string>
  /**
   * The values.
   *
   * @example
   * const values = [...headers.values()]
   */
  values(): IterableIterator<string>
  /**
   * As a plain object, for logs.
   *
   * @example
   * logger.info(headers)
   */
  toJSON(): Record<string, string>
  [Symbol.iterator](): IterableIterator<[string, string]>
}

/** An answer; a route may return one. */
declare class Response implements M3M.Body {
  /**
   * @example
   * return new Response("<h1>Hi</h1>", { status: 200, headers: { "Content-Type": "text/html" } })
   */
  constructor(body?: M3M.BodyInit, init?: M3M.ResponseInit)
  readonly status: number
  readonly statusText: string
  readonly ok: boolean
  readonly redirected: boolean
  readonly type: string
  readonly url: string
  readonly headers: Headers
  readonly bodyUsed: boolean
  readonly body: ReadableStream<Uint8Array> | null
  text(): Promise<string>
  json(): Promise<any>
  bytes(): Promise<Uint8Array>
  arrayBuffer(): Promise<ArrayBuffer>
  blob(): Promise<Blob>
  formData(): Promise<FormData>
  /**
   * A second one with the same body, made before either is read.
   *
   * @example
   * const copy = answer.clone()
   */
  clone(): Response
  /**
   * An answer that stands for a failure of the network.
   *
   * @example
   * const failed = Response.error()
   */
  static error(): Response
  /**
   * An answer with JSON.
   *
   * @example
   * return Response.json({ ok: true }, { status: 201 })
   */
  static json(data: unknown, init?: M3M.ResponseInit): Response
  /**
   * An answer that sends the client to a whole address; for a path use `router.redirect`.
   *
   * @example
   * return Response.redirect("https://example.com/", 301)
   */
  static redirect(url: string | URL, status?: 301 | 302 | 303 | 307 | 308): Response
}

/** A request to send. */
declare class Request implements M3M.Body {
  /**
   * @example
   * const request = new Request("https://example.com/", { method: "POST", body: "hello" })
   */
  constructor(url: string | URL | Request, init?: M3M.RequestInit)
  readonly url: string
  readonly method: string
  readonly signal: AbortSignal
  readonly redirect: "follow" | "manual" | "error"
  readonly headers: Headers
  readonly bodyUsed: boolean
  readonly body: ReadableStream<Uint8Array> | null
  text(): Promise<string>
  json(): Promise<any>
  bytes(): Promise<Uint8Array>
  arrayBuffer(): Promise<ArrayBuffer>
  blob(): Promise<Blob>
  formData(): Promise<FormData>
  /**
   * A second one with the same body, made before either is read.
   *
   * @example
   * const copy = request.clone()
   */
  clone(): Request
}
