declare namespace M3M {
  type HttpValue = string | number | boolean | null | undefined
  type HttpFields = Record<string, HttpValue | HttpValue[]>
  type HttpBytes = ArrayBuffer | ArrayBufferView

  /** A file in a form: content with a name, or a file of the project's own. */
  type HttpPart = HttpValue | HttpBytes | { data: string | HttpBytes; name?: string; type?: string } | { file: string; name?: string; type?: string }

  /** Milliseconds, or a text such as "5s", "500ms", "1m". */
  type HttpTime = number | string

  interface HttpOptions {
    headers?: HttpFields | Headers
    /** Is added to the address. */
    query?: string | HttpFields | URLSearchParams
    /** A text, bytes, a form of URLSearchParams; anything else is sent as JSON. */
    body?: unknown
    /** Sent as JSON, a text too. */
    json?: unknown
    /** Sent as application/x-www-form-urlencoded. */
    form?: HttpFields
    /** Sent as multipart/form-data. */
    multipart?: Record<string, HttpPart | HttpPart[]>
    /** For each of connecting, waiting for more data, and all together; 20 seconds unless the server is set up otherwise. */
    timeout?: HttpTime | { connect?: HttpTime; read?: HttpTime; total?: HttpTime }
    /** "follow" unless given: "manual" answers with the redirect, "error" throws. */
    redirect?: "follow" | "manual" | "error"
    /** 10 unless given. */
    maxRedirects?: number
    /** User name and password, sent at once (Basic). */
    auth?: { username: string; password: string } | [string, string]
    /** A token: "Authorization: Bearer …". */
    bearer?: string
    /** The proxy's address, "http://user:password@proxy:3128". */
    proxy?: string
    /** false: certificates are not checked. Only for tests. */
    verify?: boolean
    /** The largest answer in bytes; a longer one is an error with the code "too_large". */
    maxSize?: number
  }

  interface HttpRequestOptions extends HttpOptions {
    /** "GET" unless given. */
    method?: string
  }
}
