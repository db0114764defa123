declare namespace M3M {
  interface HttpAnswer {
    status: number
    /** Whether the status is 200 to 299. */
    ok: boolean
    /** Where the answer came from, after redirects. */
    url: string
    /** By lower-case name. */
    headers: Record<string, string>
    /** What the server set, by name. */
    cookies: Record<string, string>
    /** The text of the answer. */
    readonly body: string
    /**
     * The text of the answer, in the encoding that it names.
     *
     * @example
     * const page = http.get("https://example.com/").text()
     */
    text(): string
    /**
     * The value that the answer's JSON holds.
     *
     * @example
     * const { rates } = http.get("https://example.com/rates.json").json()
     */
    json(): any
    /**
     * The answer as it is.
     *
     * @example
     * const picture = http.get("https://example.com/logo.png").bytes()
     */
    bytes(): Uint8Array
  }

  interface HttpDownload {
    status: number
    url: string
    /** Where it is in the project's files. */
    path: string
    /** Bytes. */
    size: number
  }

  interface HttpCookie {
    name: string
    value: string
    domain: string
    /** Whether only this host gets it, not its subdomains. */
    hostOnly: boolean
    path: string
    secure: boolean
    /** null: it lives as long as the session. */
    expires: Date | null
  }
}
