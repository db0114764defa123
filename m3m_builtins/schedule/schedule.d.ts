declare namespace M3M {
  /** What a job is called with. */
  interface JobCall {
    id: string
    name: string
    /** The time that the run was due at. */
    scheduledAt: Date
  }

  /** A job's function. The next run waits for its promise (see `overlap`); an error goes to the log. */
  type JobFunction = (job: JobCall) => unknown

  interface JobName {
    /** A name for logs and for `cancel`, `pause`, `resume` and `get`. No two jobs have the same. */
    name?: string
  }

  interface JobOverlap {
    /**
     * What happens when a run is due while the one before is still going: "skip" leaves it out, "queue" runs it
     * afterwards, "allow" runs both. "skip" without it.
     */
    overlap?: "skip" | "queue" | "allow"
  }

  interface JobZone {
    /** An IANA time zone such as "Europe/Berlin"; "UTC" without it. */
    timezone?: string
  }

  interface JobOptions extends JobName, JobOverlap, JobZone {}

  interface DailyOptions extends JobOptions {
    /** A time of day, "HH:MM" or "HH:MM:SS"; midnight without it. */
    at?: string
  }

  interface WeeklyOptions extends DailyOptions {
    /** A weekday by its English name or by number, 0 and 7 being Sunday; Monday without it. */
    day?: string | number
  }

  interface MonthlyOptions extends DailyOptions {
    /** A day of the month, 1 to 31; the first without it. Months that do not have it are left out. */
    day?: number
  }

  interface HourlyOptions extends JobOptions {
    /** A minute of the hour, 0 to 59; 0 without it. */
    minute?: number
  }

  interface Job {
    id: string
    name: string
    kind: "daily" | "hourly" | "minutely" | "weekly" | "monthly" | "at" | "cron" | "every" | "once" | "delay"
    /** The plan in words: "every day at 09:00". */
    plan: string
    timezone: string
    overlap: "skip" | "queue" | "allow"
    /** "standby" on every instance but the first, which alone runs jobs. */
    state: "waiting" | "running" | "paused" | "finished" | "standby"
    nextRun: Date | null
    runs: number
    /** Runs left out because the one before was still going. */
    skipped: number
    /** The last 20 runs, the oldest first. */
    history: JobRun[]
  }

  interface JobRun {
    startedAt: Date
    durationMs: number
    error: string | null
  }

  interface Schedule {
    /**
     * Runs every day at midnight, or at `at`.
     *
     * @example
     * schedule.daily(() => { report() }, { at: "09:00", timezone: "Europe/Berlin" })
     */
    daily(fn: JobFunction, options?: DailyOptions): string

    /**
     * Runs every hour, at minute 0 or `minute`.
     *
     * @example
     * schedule.hourly(() => { refresh() })
     */
    hourly(fn: JobFunction, options?: HourlyOptions): string

    /**
     * Runs every minute, at second 0.
     *
     * @example
     * schedule.minutely(() => { poll() })
     */
    minutely(fn: JobFunction, options?: JobOptions): string

    /**
     * Runs every week, on Monday at midnight unless `day` and `at` say otherwise.
     *
     * @example
     * schedule.weekly(() => { digest() }, { day: "friday", at: "17:30" })
     */
    weekly(fn: JobFunction, options?: WeeklyOptions): string

    /**
     * Runs every month, on the first at midnight unless `day` and `at` say otherwise.
     *
     * @example
     * schedule.monthly(() => { invoice() }, { day: 15 })
     */
    monthly(fn: JobFunction, options?: MonthlyOptions): string

    /**
     * Runs every day at a time.
     *
     * @example
     * schedule.at("07:30", () => { wakeUp() }, { timezone: "Europe/Moscow" })
     */
    at(time: string, fn: JobFunction, options?: JobOptions): string

    /**
     * Runs by a cron expression: 5 fields (minute hour day month weekday), 6 with seconds first, or @daily and the like.
     * Months and weekdays may be names. When day and weekday are both given, either is enough.
     *
     * @example
     * schedule.cron("0,30 9-17 * * MON-FRI", () => { poll() }, { timezone: "Europe/Berlin" })
     */
    cron(expression: string, fn: JobFunction, options?: JobOptions): string

    /**
     * Runs again and again, from now on: "30s", "5m", "1h30m", "1d", or milliseconds; at least 100 ms.
     *
     * @example
     * schedule.every("5m", async () => { await sync() }, { name: "sync", overlap: "queue" })
     */
    every(interval: string | number, fn: JobFunction, options?: JobName & JobOverlap): string

    /**
     * Runs one time. A text without an offset is in `timezone`. A time that has passed is noted in the log and not run.
     *
     * @example
     * schedule.once(new Date("2030-01-31T09:00:00Z"), () => { launch() })
     */
    once(time: Date | string | number, fn: JobFunction, options?: JobName & JobZone): string

    /**
     * Runs one time, after a wait: milliseconds, or "30s" and the like.
     *
     * @example
     * schedule.delay("10m", () => { remind() })
     */
    delay(wait: number | string, fn: JobFunction, options?: JobName): string

    /**
     * Takes a job away, by its id or name. A run that is going on ends by itself. False when there is no such job.
     *
     * @example
     * const id = schedule.hourly(() => {})
     * schedule.cancel(id)
     */
    cancel(job: string): boolean

    /**
     * Lets a job rest until `resume`. False when there is no such job.
     *
     * @example
     * schedule.pause("sync")
     */
    pause(job: string): boolean

    /**
     * Lets a paused job go on, with the next time of its plan. False when there is no such job.
     *
     * @example
     * schedule.resume("sync")
     */
    resume(job: string): boolean

    /**
     * All jobs with their next times and last runs.
     *
     * @example
     * const late = schedule.list().filter((job) => job.skipped > 0)
     */
    list(): Job[]

    /**
     * One job by its id or name.
     *
     * @example
     * const next = schedule.get("sync")?.nextRun
     */
    get(job: string): Job | undefined
  }
}

/** Jobs by the clock. With several instances only the first one runs them. */
declare const schedule: M3M.Schedule
declare const $schedule: M3M.Schedule
