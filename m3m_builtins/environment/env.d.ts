declare namespace M3M {
  /**
   * The project's environment. Values have their declared types; a change is seen by the next call, without a restart.
   * The first call, and the first after a change, waits for the database; all others do not.
   * An integer beyond ±2^53 loses its last digits, as every number of JavaScript does: keep such a one as a string.
   */
  interface Env {
    get(key: string, fallback: string): string
    get(key: string, fallback: number): number
    get(key: string, fallback: boolean): boolean
    /**
     * The value of a variable; `fallback`, or undefined without one, when there is no such variable.
     *
     * @example
     * const token = env.get("API_TOKEN")
     * const limit = env.get("LIMIT", 10)
     */
    get(key: string, fallback?: any): any

    /**
     * Whether there is such a variable, whatever its value.
     *
     * @example
     * if (!env.has("API_TOKEN")) throw new Error("set API_TOKEN first")
     */
    has(key: string): boolean

    /**
     * The names of all variables, sorted.
     *
     * @example
     * logger.info(env.keys())
     */
    keys(): string[]

    /**
     * All variables with their values.
     *
     * @example
     * const { HOST, PORT } = env.all()
     */
    all(): Record<string, any>
  }
}

/** Settings and secrets of the project, kept out of its code. */
declare const env: M3M.Env
declare const $env: M3M.Env
