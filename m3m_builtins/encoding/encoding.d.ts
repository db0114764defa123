declare namespace M3M {
  interface CsvParseOptions {
    /** Between the fields; "," without it. */
    delimiter?: string
    /** Around fields; '"' without it. */
    quote?: string
    /** true: the first row names the columns, and rows become objects. A list names them. false: rows are lists. */
    header?: boolean | string[]
    /** Take blanks away from both ends of every field. */
    trim?: boolean
  }

  interface CsvStringifyOptions {
    /** Between the fields; "," without it. */
    delimiter?: string
    /** Around fields; '"' without it. */
    quote?: string
    /** false: no row with the names of the columns. A list says which columns, and their order. */
    header?: boolean | string[]
    /** Around every field, or only where it is needed, which is the rule. */
    quotes?: "needed" | "all"
    /** "\r\n" without it. */
    newline?: string
    /**
     * Put a ' before texts that begin with = + - @, which a spreadsheet would compute as a formula. Turn it on for
     * files with what others typed, when people open them in a spreadsheet.
     */
    escapeFormulas?: boolean
  }

  interface JsonStringifyOptions {
    /** Keys in the order of the alphabet, so that equal values give equal texts. */
    sortKeys?: boolean
  }

  interface YamlStringifyOptions {
    /** Blanks for each level; 2 without it. */
    indent?: number
  }

  /**
   * A wrong text throws a SyntaxError with `code` "syntax", and
   * `position`, `line` and `column` of what is wrong.
   */
  interface Encoding {
    /**
     * A text (as UTF-8) or bytes in base64.
     *
     * @example
     * encoding.base64Encode("Привет")  // "0J/RgNC40LLQtdGC"
     */
    base64Encode(data: string | ArrayBuffer | ArrayBufferView): string

    base64Decode(text: string, as: "bytes"): Uint8Array
    /**
     * The text that base64 stands for; `"bytes"` as the second argument gives bytes.
     *
     * @example
     * const picture = encoding.base64Decode(ctx.body.picture, "bytes")
     */
    base64Decode(text: string, as?: "text"): string

    /**
     * The same as `base64Encode` with - and _ and without =, for addresses and file names.
     *
     * @example
     * const cursor = encoding.base64UrlEncode(JSON.stringify({ after: id }))
     */
    base64UrlEncode(data: string | ArrayBuffer | ArrayBufferView): string

    base64UrlDecode(text: string, as: "bytes"): Uint8Array
    /**
     * What `base64UrlEncode` has written.
     *
     * @example
     * const { after } = JSON.parse(encoding.base64UrlDecode(ctx.query.cursor))
     */
    base64UrlDecode(text: string, as?: "text"): string

    /**
     * A text (as UTF-8) or bytes in hexadecimal digits.
     *
     * @example
     * encoding.hexEncode("abc")  // "616263"
     */
    hexEncode(data: string | ArrayBuffer | ArrayBufferView): string

    hexDecode(text: string, as: "bytes"): Uint8Array
    /**
     * The text that hexadecimal digits stand for; `"bytes"` as the second argument gives bytes.
     *
     * @example
     * const key = encoding.hexDecode(env.get("KEY"), "bytes")
     */
    hexDecode(text: string, as?: "text"): string

    /**
     * The value of a JSON text. Unlike `JSON.parse` it says where a wrong one is wrong.
     *
     * @example
     * const order = encoding.jsonParse(ctx.text())
     */
    jsonParse(text: string, reviver?: (this: any, key: string, value: any) => any): any

    /**
     * A value as JSON text, on lines of their own with an indent. Throws for what JSON cannot say.
     *
     * @example
     * storage.write("settings.json", encoding.jsonStringify(settings, 2, { sortKeys: true }))
     */
    jsonStringify(value: unknown, indent?: number | string, options?: JsonStringifyOptions): string

    /**
     * A text for one part of an address: everything with a meaning there is escaped.
     *
     * @example
     * const url = "https://example.com/search/" + encoding.urlEncode("tea & milk")
     */
    urlEncode(text: string | number | boolean): string

    /**
     * The text that `urlEncode` was given. A + stays a +; `queryParse` reads it as a blank.
     *
     * @example
     * encoding.urlDecode("tea%20%26%20milk")  // "tea & milk"
     */
    urlDecode(text: string): string

    /**
     * The values of a query; a name that stands there more than once has a list.
     *
     * @example
     * encoding.queryParse("?q=tea+leaves&tag=a&tag=b")  // { q: "tea leaves", tag: ["a", "b"] }
     */
    queryParse(query: string): Record<string, string | string[]>

    /**
     * A query from values; a list stands there once for each item, undefined not at all.
     *
     * @example
     * const url = "https://example.com/?" + encoding.queryStringify({ q: "tea leaves", tag: ["a", "b"] })
     */
    queryStringify(values: Record<string, unknown>): string

    csvParse(text: string, options: CsvParseOptions & { header: false }): string[][]
    /**
     * The rows of a CSV text as objects, by the names in its first row; all values are texts. Empty lines are left out.
     *
     * @example
     * for (const { email } of encoding.csvParse(storage.read("people.csv"), { delimiter: ";" })) logger.info(email)
     */
    csvParse(text: string, options?: CsvParseOptions): Record<string, string>[]

    /**
     * Objects as CSV, their keys in the first row; or lists, just as they are. For people with a spreadsheet, see
     * `escapeFormulas`.
     *
     * @example
     * storage.write("orders.csv", encoding.csvStringify(database.orders.find(), { escapeFormulas: true }))
     */
    csvStringify(rows: readonly (object | readonly unknown[])[], options?: CsvStringifyOptions): string

    /**
     * The value of a YAML text (version 1.2: `no` and dates are texts). At most 2 MB, 100,000 values with all aliases
     * unfolded, and 100 levels.
     *
     * @example
     * const { menu } = encoding.yamlParse(storage.read("menu.yaml"))
     */
    yamlParse(text: string): any

    /**
     * A value as YAML text.
     *
     * @example
     * encoding.yamlStringify({ menu: ["tea", "milk"] })
     */
    yamlStringify(value: unknown, options?: YamlStringifyOptions): string

    /**
     * The root element of an XML text, or of bytes in the encoding that they name. Nothing is fetched, and a text that
     * defines entities is refused. At most 2 MB, 100,000 elements and 100 levels.
     *
     * @example
     * const feed = encoding.xmlParse(http.get("https://example.com/rss").bytes())
     * const titles = feed.first("channel").all("item").map((item) => item.first("title").text)
     */
    xmlParse(source: string | ArrayBuffer | ArrayBufferView): XmlElement
  }

  interface XmlElement {
    /** As it is written, with its prefix: "dc:creator". */
    name: string
    attributes: Record<string, string>
    /** Elements and texts in their order. */
    children: (XmlElement | string)[]
    /** All text in it, that of its elements too. */
    readonly text: string

    /**
     * The elements of this name directly in it.
     *
     * @example
     * for (const item of channel.all("item")) logger.info(item.first("title")?.text)
     */
    all(name: string): XmlElement[]

    /**
     * The first element of this name directly in it, or null.
     *
     * @example
     * const link = item.first("link")?.text ?? ""
     */
    first(name: string): XmlElement | null
  }
}

/** Texts and bytes in the forms that others write: base64, hex, JSON, URLs, CSV, YAML, XML. */
declare const encoding: M3M.Encoding
declare const $encoding: M3M.Encoding
