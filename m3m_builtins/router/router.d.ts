declare namespace M3M {
  /** The names of `:params` and `*rest` in a path; every other name is allowed too, for routes inside a group. */
  type PathParams<Path extends string> = Record<string, string> & ParamsOf<Path>
  type ParamsOf<Path extends string> = Path extends `${infer Head}/${infer Tail}`
    ? ParamOf<Head> & ParamsOf<Tail>
    : ParamOf<Path>
  type ParamOf<Part extends string> = Part extends `:${infer Name}`
    ? { [Key in Name]: string }
    : Part extends "*" ? { path: string } : Part extends `*${infer Name}` ? { [Key in Name]: string } : {}

  /**
   * Answers a request by what it returns: `router.response(...)` or a `Response` as it says, a string as text, bytes as
   * octet-stream, undefined as 204, anything else as JSON. May be async.
   */
  type Handler<Path extends string = string> = (ctx: Context<Path>, next: Next) => unknown

  /** Calls what comes after this function and gives its answer, a Promise when that is async. */
  type Next = () => any

  type HeaderValues = Record<string, string | number | string[]>

  interface Router {
    /**
     * Answers GET and HEAD. A fixed segment beats a parameter, whatever the order.
     *
     * @example
     * router.get("/users/:id", (ctx) => ({ id: ctx.params.id }))
     */
    get<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Answers POST.
     *
     * @example
     * router.post("/orders", (ctx) => router.response(201, { got: ctx.body }))
     */
    post<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Answers PUT.
     *
     * @example
     * router.put("/users/:id", (ctx) => save(ctx.params.id, ctx.body))
     */
    put<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Answers PATCH.
     *
     * @example
     * router.patch("/users/:id", (ctx) => change(ctx.params.id, ctx.body))
     */
    patch<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Answers DELETE.
     *
     * @example
     * router.delete("/users/:id", (ctx) => { remove(ctx.params.id) })
     */
    delete<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Answers HEAD on its own; without it, HEAD is answered by the GET route, less its body.
     *
     * @example
     * router.head("/files/*path", (ctx) => { ctx.header("Content-Length", "42") })
     */
    head<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Answers OPTIONS on its own; without it, OPTIONS is answered with the methods that the path has.
     *
     * @example
     * router.options("/users", (ctx) => { ctx.header("Allow", "GET, POST") })
     */
    options<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Answers every method that the path has no route of its own for.
     *
     * @example
     * router.all("/hook/*path", (ctx) => ({ method: ctx.method, path: ctx.params.path }))
     */
    all<Path extends string>(path: Path, ...handlers: Handler<Path>[]): Router

    /**
     * Runs before the routes, in the order of registration; with a prefix only for paths below it. Call `next()` to go
     * on; return something to answer in its place.
     *
     * @example
     * router.use("/admin", (ctx, next) => {
     *   if (ctx.header("x-token") !== "secret") throw router.error(401, "Sign in first.")
     *   return next()
     * })
     */
    use(...functions: Handler[]): Router
    use(prefix: string, ...functions: Handler[]): Router

    /**
     * Routes below a common prefix.
     *
     * @example
     * router.group("/v1", (v1) => { v1.get("/users", () => []) })
     */
    group(prefix: string, fn: (router: Router) => void): Router

    /**
     * Gives all requests below a prefix that no route answers to a function of the web's form, such as the `fetch` of a
     * router for edge runtimes. The prefix is not in the `url` of its Request. `export default { fetch }` in the main
     * file does the same for the whole service.
     *
     * @example
     * router.mount("/shop", app.fetch)
     */
    mount(fetch: FetchHandler): Router
    mount(prefix: string, fetch: FetchHandler): Router

    /**
     * Lets pages of other origins call the routes that follow.
     *
     * @example
     * router.cors({ origin: ["https://example.com"], credentials: true, maxAge: 3600 })
     */
    cors(options?: CorsOptions): Router

    /**
     * An answer with a status, a body and headers. A string body is text, bytes are octet-stream, the rest is JSON.
     *
     * @example
     * return router.response(201, { id: 1 }, { Location: "/users/1" })
     */
    response(status: number, body?: unknown, headers?: HeaderValues): RouterAnswer

    /**
     * An error to throw: it becomes an answer with that status and `{"error": message}`.
     *
     * @example
     * throw router.error(404, "There is no such user.")
     */
    error(status: number, message?: string): RouterError

    /**
     * An answer of type text/html.
     *
     * @example
     * return router.html("<h1>Hello</h1>")
     */
    html(body: string, status?: number, headers?: HeaderValues): RouterAnswer

    /**
     * An answer of type text/plain.
     *
     * @example
     * return router.text("not yet", 503)
     */
    text(body: unknown, status?: number, headers?: HeaderValues): RouterAnswer

    /**
     * An answer of type application/json, also for a string or null.
     *
     * @example
     * return router.json("just a text")
     */
    json(body: unknown, status?: number, headers?: HeaderValues): RouterAnswer

    /**
     * Sends the client to another address. 302 unless another status is given.
     *
     * @example
     * return router.redirect("/login")
     */
    redirect(url: string, status?: number): RouterAnswer

    /**
     * A file of the project's storage as the answer, from the disk to the client without a stop in JavaScript. Parts
     * (`Range`), `ETag` and `If-None-Match` are seen to; a path that is no file is answered with 404.
     *
     * HTML, SVG and XML are sent with a `Content-Security-Policy` in which no script runs, so that files of users cannot
     * act for whoever opens them. A site of your own needs its own policy in `headers`, or `server.services_uri` in the
     * server's configuration.
     *
     * @example
     * router.get("/site/*path", (ctx) => router.file(`site/${ctx.params.path}`, { maxAge: 3600 }))
     */
    file(path: string, options?: FileOptions): RouterAnswer

    /**
     * An answer that is made piece by piece, texts or bytes, at the pace of the client. When the client is gone, the
     * stream is cancelled, the generator returned, the writer's `write` rejected.
     *
     * @example
     * router.get("/events", () => router.stream(async (out) => {
     *   for (let n = 1; !out.closed; n++) {
     *     await out.write(`data: ${n}\n\n`)
     *     await utils.sleepAsync(1000)
     *   }
     * }, { type: "text/event-stream" }))
     */
    stream(source: StreamSource, options?: StreamOptions): RouterAnswer
  }

  /** Takes a Request and gives a Response; `execution.waitUntil(promise)` lets work go on behind the answer. */
  type FetchHandler = (request: Request, env?: any, execution?: any) => Response | Promise<Response>

  type StreamPiece = string | ArrayBuffer | ArrayBufferView

  type StreamSource =
    | ReadableStream
    | Iterable<StreamPiece>
    | AsyncIterable<StreamPiece>
    | ((out: StreamWriter) => unknown)

  interface StreamWriter {
    /** Whether the client is gone. */
    readonly closed: boolean

    /**
     * Sends a piece. The promise settles when the next one may come; it is rejected when the client is gone.
     *
     * @example
     * await out.write("one line\n")
     */
    write(piece: StreamPiece): Promise<void>

    /**
     * Calls a function when the client is gone.
     *
     * @example
     * out.onClose(() => listeners.delete(out))
     */
    onClose(fn: () => unknown): void
  }

  interface StreamOptions {
    /** The Content-Type; text/plain without it. */
    type?: string
    headers?: HeaderValues
    status?: number
  }

  interface FileOptions {
    /** The Content-Type; what the name says without it. */
    type?: string
    /** Asks to save the file, under its own name or under this one. */
    download?: boolean | string
    /** Seconds that the client may keep it without asking again. */
    maxAge?: number
    headers?: HeaderValues
    status?: number
  }

  interface CorsOptions {
    /** Origins that may call; all without it or with "*". */
    origin?: string | string[]
    /** GET, POST, PUT, PATCH, DELETE and HEAD without it. */
    methods?: string | string[]
    /** Request headers that may be sent; what the client asks for without it. */
    headers?: string | string[]
    /** Answer headers that the page may read. */
    exposeHeaders?: string | string[]
    /** Lets the client send cookies. */
    credentials?: boolean
    /** Seconds that the client may remember this. */
    maxAge?: number
  }

  interface RouterAnswer {
    status: number
    body: unknown
    headers: HeaderValues | null
  }

  interface RouterError extends Error {
    status: number
  }

  /** A request, and what its answer will carry besides the returned value. */
  interface Context<Path extends string = string> {
    /** In capitals: "GET". */
    readonly method: string
    /** Without the project's prefix and the query: "/users/7". */
    readonly path: string
    /** Values of `:name` and `*rest` in the route's path, decoded. */
    readonly params: PathParams<Path>
    /** The query's values; the last one of a repeated name. */
    readonly query: Record<string, string>
    /** All of the query's values. */
    readonly queries: Record<string, string[]>
    /** By lower-case name. */
    readonly headers: Record<string, string>
    readonly cookies: Record<string, string>
    /** Parsed by its content type: JSON, a form's fields, text, else bytes. */
    readonly body: any
    /** The body as text, not parsed. */
    readonly rawBody: string
    /** Files of a multipart form. */
    readonly files: UploadedFile[]
    /** The client's address. */
    readonly ip: string
    /** The id that the server's log knows this request by. */
    readonly requestId: string
    /** For what one function leaves to the next. */
    readonly state: Record<string, any>

    /**
     * The body as JSON, whatever its content type. Answers 400 when it is not JSON.
     *
     * @example
     * const { name } = ctx.json()
     */
    json(): any

    /**
     * The body as text.
     *
     * @example
     * const signed = ctx.text()
     */
    text(): string

    /**
     * The body as bytes.
     *
     * @example
     * const size = ctx.bytes().length
     */
    bytes(): Uint8Array

    /**
     * With one argument a header of the request; with two it sets one of the answer.
     *
     * @example
     * const agent = ctx.header("user-agent")
     * ctx.header("Cache-Control", "no-store")
     */
    header(name: string): string | undefined
    header(name: string, value: string | number): this

    /**
     * With one argument a cookie of the request; with more it sets one, with null it removes it.
     *
     * @example
     * const session = ctx.cookie("session")
     * ctx.cookie("session", "abc", { maxAge: 3600, secure: true })
     */
    cookie(name: string): string | undefined
    cookie(name: string, value: string | number | null, options?: CookieOptions): this

    /**
     * The same as `router.response`; it is the answer also when the handler returns nothing.
     *
     * @example
     * ctx.response(201, { id: 1 })
     */
    response(status: number, body?: unknown, headers?: HeaderValues): RouterAnswer

    /**
     * The status of the answer; the body is still what the handler returns.
     *
     * @example
     * ctx.status(201)
     */
    status(code: number): this
  }

  interface CookieOptions {
    /** Seconds until the client forgets it; without it and `expires`, when the browser is closed. */
    maxAge?: number
    expires?: Date | string | number
    /** "/" without it. */
    path?: string
    domain?: string
    secure?: boolean
    /** Hidden from scripts of the page; true unless set. */
    httpOnly?: boolean
    /** "Lax" without it. */
    sameSite?: "Strict" | "Lax" | "None"
  }

  interface UploadedFile {
    /** The name of the form's field. */
    field: string
    /** The name of the file on the client's side. */
    name: string
    type: string
    /** In bytes. */
    size: number
    bytes: Uint8Array
  }
}

/** HTTP routes of the service, at /r/<slug>/... and /api/r/<slug>/... */
declare const router: M3M.Router
declare const $router: M3M.Router
