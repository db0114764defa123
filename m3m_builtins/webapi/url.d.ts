/** An address and its parts; each part may be set. */
declare class URL {
  /**
   * Throws TypeError for what is not a URL.
   *
   * @example
   * const url = new URL("/search?q=tea", "https://example.com")
   */
  constructor(url: string | URL, base?: string | URL)
  href: string
  readonly origin: string
  protocol: string
  username: string
  password: string
  host: string
  hostname: string
  port: string
  pathname: string
  search: string
  hash: string
  /** The query, for reading and changing. */
  readonly searchParams: URLSearchParams
  /**
   * The whole address.
   *
   * @example
   * logger.info(url.toString())
   */
  toString(): string
  /**
   * The whole address, in JSON.
   *
   * @example
   * JSON.stringify({ url })
   */
  toJSON(): string
  /**
   * Whether a text is a URL.
   *
   * @example
   * if (!URL.canParse(ctx.body.url)) throw router.error(422, "That is not a URL.")
   */
  static canParse(url: string | URL, base?: string | URL): boolean
  /**
   * The URL, or null for what is not one.
   *
   * @example
   * const host = URL.parse(text)?.host
   */
  static parse(url: string | URL, base?: string | URL): URL | null
}

/** The names and values of a query or a form, in order. */
declare class URLSearchParams {
  /**
   * From a query, an object, pairs, or other parameters.
   *
   * @example
   * const query = new URLSearchParams({ q: "tea", page: "2" })
   */
  constructor(init?: string | Record<string, string> | Iterable<readonly [string, string]>)
  readonly size: number
  /**
   * Adds a value, beside those that the name has.
   *
   * @example
   * query.append("tag", "green")
   */
  append(name: string, value: string): void
  /**
   * Takes a name away, or only one of its values.
   *
   * @example
   * query.delete("page")
   */
  delete(name: string, value?: string): void
  /**
   * The first value of a name.
   *
   * @example
   * const page = Number(query.get("page") ?? 1)
   */
  get(name: string): string | null
  /**
   * All values of a name.
   *
   * @example
   * const tags = query.getAll("tag")
   */
  getAll(name: string): string[]
  /**
   * Whether there is such a name, or such a value of it.
   *
   * @example
   * if (query.has("debug")) logger.debug(query.toString())
   */
  has(name: string, value?: string): boolean
  /**
   * Gives a name this one value.
   *
   * @example
   * query.set("page", "3")
   */
  set(name: string, value: string): void
  /**
   * Sorts by name.
   *
   * @example
   * query.sort()
   */
  sort(): void
  /**
   * Calls a function for each value.
   *
   * @example
   * query.forEach((value, name) => { logger.info(name, value) })
   */
  forEach(fn: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void
  /**
   * Names with values.
   *
   * @example
   * const data = Object.fromEntries(query.entries())
   */
  entries(): IterableIterator<[string, string]>
  /**
   * The names.
   *
   * @example
   * const names = [...query.keys()]
   */
  keys(): IterableIterator<string>
  /**
   * The values.
   *
   * @example
   * const values = [...query.values()]
   */
  values(): IterableIterator<string>
  /**
   * The query as text, without a question mark.
   *
   * @example
   * const address = "/search?" + query.toString()
   */
  toString(): string
  [Symbol.iterator](): IterableIterator<[string, string]>
}
