declare namespace M3M {
  interface Logger {
    /**
     * A line for whoever looks for an error.
     *
     * @example
     * logger.debug("cache", { hits, misses })
     */
    debug(...values: unknown[]): void

    /**
     * A line in the log of the run: texts as they are, objects as JSON, errors with stack and causes. One call writes
     * at most 16 KB.
     *
     * @example
     * logger.info("order", { id: 7, total: 9.5 })
     */
    info(...values: unknown[]): void

    /**
     * Something is odd, and the service goes on.
     *
     * @example
     * logger.warn("slow answer", url, ms)
     */
    warn(...values: unknown[]): void

    /**
     * Something failed.
     *
     * @example
     * try { work() } catch (error) { logger.error("work failed", error) }
     */
    error(...values: unknown[]): void
  }

  /** As on the web; what it writes goes to the log of the run. A first text may hold %s %d %i %f %o %O %j %c. */
  interface Console extends Logger {
    /**
     * The same as `info`.
     *
     * @example
     * console.log("%s is %d", name, age)
     */
    log(...values: unknown[]): void

    /**
     * A line with the stack of where it was called.
     *
     * @example
     * console.trace("who calls this?")
     */
    trace(...values: unknown[]): void

    /**
     * One value, as `log` would show it.
     *
     * @example
     * console.dir(ctx.headers)
     */
    dir(value: unknown): void

    /**
     * Rows as aligned columns.
     *
     * @example
     * console.table([{ id: 1, name: "Ann" }, { id: 2, name: "Bob" }], ["name"])
     */
    table(data: unknown, columns?: string[]): void

    /**
     * An error line when the condition does not hold.
     *
     * @example
     * console.assert(items.length > 0, "no items", query)
     */
    assert(condition: unknown, ...values: unknown[]): void

    /**
     * How often it was called with this label.
     *
     * @example
     * console.count("cache miss")
     */
    count(label?: string): void

    /**
     * Starts the count of a label again.
     *
     * @example
     * console.countReset("cache miss")
     */
    countReset(label?: string): void

    /**
     * Starts a clock.
     *
     * @example
     * console.time("import")
     */
    time(label?: string): void

    /**
     * What a clock shows.
     *
     * @example
     * console.timeLog("import", rows.length)
     */
    timeLog(label?: string, ...values: unknown[]): void

    /**
     * What a clock shows; it is stopped.
     *
     * @example
     * console.timeEnd("import")
     */
    timeEnd(label?: string): void

    /**
     * Indents the lines that follow.
     *
     * @example
     * console.group("import")
     */
    group(...values: unknown[]): void

    /**
     * The same as `group`.
     *
     * @example
     * console.groupCollapsed("details")
     */
    groupCollapsed(...values: unknown[]): void

    /**
     * Ends the indentation of the last `group`.
     *
     * @example
     * console.groupEnd()
     */
    groupEnd(): void
  }
}

/** Lines in the log of the run. */
declare const logger: M3M.Logger
declare const $logger: M3M.Logger
declare const console: M3M.Console
