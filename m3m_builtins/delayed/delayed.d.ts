declare namespace M3M {
  interface Delayed {
    /**
     * Runs a function after the current piece of code has ended, so that the answer need not wait for it. It may be
     * async; an error goes to the log. At most `runtime.worker_pool_size` are under way at once, the rest wait.
     *
     * @example
     * router.post("/orders", (ctx) => {
     *   delayed.run(() => { notify(ctx.body) })
     *   return router.response(202, { accepted: true })
     * })
     */
    run<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
  }
}

/** Work that may wait until the answer is out. */
declare const delayed: M3M.Delayed
declare const $delayed: M3M.Delayed
