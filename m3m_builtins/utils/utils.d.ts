declare namespace M3M {
  interface SlugOptions {
    /** Between the words; "-" without it. */
    separator?: string
    /** Most characters; words are not cut. 0 is no limit. */
    maxLength?: number
  }

  interface TemplateOptions {
    /** Escape the values for HTML. */
    escape?: boolean
  }

  /** Text is counted in characters as people see them, not in bytes: an emoji is one. */
  interface Utils {
    /**
     * Waits and holds the instance: no other request is answered meanwhile. Mostly you want `sleepAsync`.
     *
     * @example
     * utils.sleep(50)
     */
    sleep(ms: number): void

    /**
     * Waits and lets other requests in.
     *
     * @example
     * await utils.sleepAsync(1000)
     */
    sleepAsync(ms: number): Promise<void>

    /**
     * A number from 0 up to, but not including, 1. Not for secrets.
     *
     * @example
     * if (utils.random() < 0.1) logger.info("one in ten")
     */
    random(): number

    /**
     * A whole number from `min` to `max`, both included. Not for secrets.
     *
     * @example
     * const dice = utils.randomInt(1, 6)
     */
    randomInt(min: number, max: number): number

    /**
     * Random characters that nobody can guess; letters and digits unless an alphabet is given.
     *
     * @example
     * const token = utils.randomString(32)
     * const code = utils.randomString(6, "0123456789")
     */
    randomString(length?: number, alphabet?: string): string

    /**
     * A random UUID (version 4) that nobody can guess.
     *
     * @example
     * const id = utils.uuid()
     */
    uuid(): string

    /**
     * A text for an address: Latin letters, digits and dashes; other scripts are transliterated.
     *
     * @example
     * utils.slugify("Привет мир")  // "privet-mir"
     */
    slugify(text: string, options?: SlugOptions): string

    /**
     * At most `length` characters, the ending included, which is added only when something was cut.
     *
     * @example
     * utils.truncate("A long story", 7)  // "A long…"
     */
    truncate(text: string, length: number, ending?: string): string

    /**
     * The first character as a capital.
     *
     * @example
     * utils.capitalize("éclair")  // "Éclair"
     */
    capitalize(text: string): string

    /**
     * Words joined as in code.
     *
     * @example
     * utils.camelCase("user first name")  // "userFirstName"
     */
    camelCase(text: string): string

    /**
     * Words in lower case, joined with underscores.
     *
     * @example
     * utils.snakeCase("userFirstName")  // "user_first_name"
     */
    snakeCase(text: string): string

    /**
     * Words in lower case, joined with dashes.
     *
     * @example
     * utils.kebabCase("userFirstName")  // "user-first-name"
     */
    kebabCase(text: string): string

    /**
     * How many characters a text has.
     *
     * @example
     * utils.length("👨‍👩‍👧!")  // 2
     */
    length(text: string): number

    /**
     * The characters the other way round.
     *
     * @example
     * utils.reverse("abc")  // "cba"
     */
    reverse(text: string): string

    /**
     * How many words a text has.
     *
     * @example
     * utils.wordCount("It's a fine day")  // 4
     */
    wordCount(text: string): number

    /**
     * Fills a text up to a length, on the left unless another side is given.
     *
     * @example
     * utils.pad(7, 3, "0")  // "007"
     */
    pad(text: string | number, length: number, fill?: string, side?: "left" | "right" | "both"): string

    /**
     * What a pattern finds: the match and its groups, or with the flag "g" all matches. Empty when it finds nothing.
     *
     * @example
     * utils.regexMatch("order 17", "order (\\d+)")  // ["order 17", "17"]
     */
    regexMatch(text: string, pattern: string | RegExp, flags?: string): string[]

    /**
     * Replaces everything that a pattern finds; `$1` stands for its first group.
     *
     * @example
     * utils.regexReplace("2026-11-22", "(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1")  // "22.11.2026"
     */
    regexReplace(text: string, pattern: string | RegExp, replacement: string, flags?: string): string

    /**
     * A text that HTML shows as it is.
     *
     * @example
     * utils.escapeHtml("<b>")  // "&lt;b&gt;"
     */
    escapeHtml(text: string): string

    /**
     * The text of HTML without its tags. To show what others wrote, use `escapeHtml`.
     *
     * @example
     * utils.stripTags("<p>Hi <b>Ann</b></p>")  // "Hi Ann"
     */
    stripTags(html: string): string

    /**
     * Fills in `{{ name }}` and `{{ user.name }}`; an unknown name is empty.
     *
     * @example
     * utils.template("Hi {{ user.name }}!", { user: { name: "Ann" } })  // "Hi Ann!"
     */
    template(text: string, data?: object, options?: TemplateOptions): string

    /**
     * How alike two texts are, from 0 to 1, by the characters to change (Levenshtein).
     *
     * @example
     * utils.similarity("kitten", "sitting")  // 0.57…
     */
    similarity(first: string, second: string): number

    /**
     * A date as text, by tokens: YYYY YY MMMM MMM MM M DD D dddd ddd HH H hh h mm m ss s SSS A a Z ZZ, and [words].
     * In UTC unless a time zone is given.
     *
     * @example
     * utils.formatDate(new Date(), "D MMMM YYYY [at] HH:mm", "Europe/Moscow")
     */
    formatDate(date: Date | string | number, format?: string, timezone?: string): string

    /**
     * The date that a text of a given form means, by the tokens of `formatDate`; without a form, an ISO text. Throws
     * when the text is something else.
     *
     * @example
     * const day = utils.parseDate("31.12.2026", "DD.MM.YYYY", "Europe/Berlin")
     */
    parseDate(text: string, format?: string, timezone?: string): Date

    /**
     * Milliseconds since 1970.
     *
     * @example
     * const started = utils.timestamp()
     */
    timestamp(): number

    /**
     * Whether a value has nothing in it: null, undefined, blank text, an empty list, object, Map or Set.
     *
     * @example
     * if (utils.isEmpty(ctx.body)) throw router.error(400, "Send something.")
     */
    isEmpty(value: unknown): boolean

    /**
     * A list in pieces of a size.
     *
     * @example
     * for (const batch of utils.chunk(rows, 100)) save(batch)
     */
    chunk<T>(list: readonly T[], size: number): T[][]

    /**
     * The first of all items that are equal, or equal in a field or by a function.
     *
     * @example
     * utils.unique([3, 1, 3])  // [3, 1]
     */
    unique<T>(list: Iterable<T>, key?: keyof T | ((item: T) => unknown)): T[]

    /**
     * Items by the value of a field or of a function.
     *
     * @example
     * utils.groupBy(orders, "status").paid
     */
    groupBy<T>(list: Iterable<T>, key: keyof T | ((item: T) => unknown)): Record<string, T[]>
  }
}

/** Small helpers: waiting, chance, dates, text, lists. */
declare const utils: M3M.Utils
declare const $utils: M3M.Utils
