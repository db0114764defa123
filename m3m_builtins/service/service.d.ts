declare namespace M3M {
  interface Service {
    /**
     * Runs once before anything else: prepare what the rest needs. Every project's `boot` ends before the first
     * `start` begins. May be async; several functions run in the order of registration. Throws "too_late" when it is over.
     *
     * @example
     * service.boot(() => { cache.clear() })
     */
    boot(fn: () => unknown): void

    /**
     * Runs after `boot`; when it is done, requests are answered. An error here means that the service did not start.
     *
     * @example
     * service.start(async () => { await warmUp() })
     */
    start(fn: () => unknown): void

    /**
     * Runs when the service is stopped, within `runtime.shutdown_timeout` (10 s). No job begins any more. Of
     * several functions each has its turn, also when one before it fails.
     *
     * @example
     * service.shutdown(() => { logger.info("bye") })
     */
    shutdown(fn: () => unknown): void

    /**
     * The same as `shutdown`, under the name of M3M's first draft.
     *
     * @example
     * service.shotdown(() => { logger.info("bye") })
     */
    shotdown(fn: () => unknown): void

    /**
     * What this run is: the project's slug, the release or branch, the run's id, the number of this instance (from 0).
     *
     * @example
     * if (service.info().instance === 0) logger.info("first instance")
     */
    info(): ServiceInfo
  }

  interface ServiceInfo {
    slug: string
    /** The release, such as "1.0", or the branch. */
    version: string
    runId: string
    /** 0 for the first instance, the only one that runs schedules. */
    instance: number
  }
}

/** The life of the service: boot, start, shutdown. */
declare const service: M3M.Service
declare const $service: M3M.Service

/**
 * What another file of the service exports, by `module.exports` or `$exports`, or the content of a JSON file. A file
 * with `import` and `export` is loaded with `import`.
 *
 * @example
 * const { total } = require("./lib/prices")
 */
declare function require(name: string): any

/**
 * The same as `require`.
 *
 * @example
 * const { total } = $require("lib/prices")
 */
declare function $require(name: string): any

/** What this file gives to those that require it. */
declare const $exports: Record<string, any>
