declare namespace M3M {
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

    /**
     * The same items by chance in another order. Not for secrets.
     *
     * @example
     * const deck = utils.shuffle(cards)
     */
    shuffle<T>(list: Iterable<T>): T[]

    /**
     * One of the items, by chance; undefined when there is none. Not for secrets.
     *
     * @example
     * const winner = utils.sample(players)
     */
    sample<T>(list: readonly T[]): T | undefined

    /**
     * The items in the order of a field or of a function's results; the list itself stays as it is.
     *
     * @example
     * const cheapest = utils.sortBy(products, "price")[0]
     */
    sortBy<T>(list: Iterable<T>, key: keyof T | ((item: T) => any)): T[]

    /**
     * The sum of numbers, of a field, or of a function's results.
     *
     * @example
     * const total = utils.sum(items, (item) => item.price * item.amount)
     */
    sum<T>(list: Iterable<T>, key?: keyof T | ((item: T) => number)): number

    /**
     * Numbers from `start` up to, but not including, `end`; from 0 when only one is given.
     *
     * @example
     * utils.range(1, 4)  // [1, 2, 3]
     */
    range(start: number, end?: number, step?: number): number[]

    /**
     * A number within limits.
     *
     * @example
     * const page = utils.clamp(Number(ctx.query.page ?? 1), 1, 100)
     */
    clamp(value: number, min: number, max: number): number

    /**
     * A number with at most so many digits after the point.
     *
     * @example
     * utils.round(1.005, 2)  // 1.01
     */
    round(value: number, digits?: number): number

    /**
     * An object with these fields alone.
     *
     * @example
     * return utils.pick(user, ["id", "name"])
     */
    pick<T extends object, K extends keyof T>(object: T, names: readonly K[]): Pick<T, K>

    /**
     * An object without these fields.
     *
     * @example
     * return utils.omit(user, ["password"])
     */
    omit<T extends object, K extends keyof T>(object: T, names: readonly K[]): Omit<T, K>
  }
}

/** Small helpers: waiting, chance, dates, text, lists. */
declare const utils: M3M.Utils
declare const $utils: M3M.Utils
