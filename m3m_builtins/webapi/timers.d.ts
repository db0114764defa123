/**
 * Calls a function once, after a wait in milliseconds. At most 10,000 timers may wait at once.
 *
 * @example
 * const timer = setTimeout(() => { logger.info("later") }, 1000)
 */
declare function setTimeout<Args extends unknown[]>(fn: (...args: Args) => unknown, ms?: number, ...args: Args): number

/**
 * Calls a function again and again, with a wait in milliseconds between. For minutes and more see `schedule`.
 *
 * @example
 * const timer = setInterval(() => { poll() }, 5000)
 */
declare function setInterval<Args extends unknown[]>(fn: (...args: Args) => unknown, ms?: number, ...args: Args): number

/**
 * Stops a timer of `setTimeout`.
 *
 * @example
 * clearTimeout(timer)
 */
declare function clearTimeout(timer: number | null | undefined): void

/**
 * Stops a timer of `setInterval`.
 *
 * @example
 * clearInterval(timer)
 */
declare function clearInterval(timer: number | null | undefined): void

/**
 * Calls a function as soon as the current piece of code has ended, before anything else.
 *
 * @example
 * queueMicrotask(() => { flush() })
 */
declare function queueMicrotask(fn: () => void): void
