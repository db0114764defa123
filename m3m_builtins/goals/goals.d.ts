declare namespace M3M {
  interface Goal {
    id: string
    /** What code calls it by; the whole slug, with the project's in front, works as well. */
    slug: string
    name: string
    type: "counter" | "daily_counter"
    color: string | null
    description: string
    /** Not of this project alone: others may add to it too. */
    isGlobal: boolean
    /** What this project has counted: today (UTC) for a daily counter, ever for a plain one. */
    value: number
  }

  interface GoalStats {
    /** The sum of the points; for a plain counter what this project has counted ever. */
    total: number
    /** Every day of the period (UTC), the oldest first, days without a value as 0. A plain counter has none. */
    points: { date: string; value: number }[]
  }

  /** Counters of the project, and global ones that allow it. A slug that there is not throws a NotFound error. */
  interface Goals {
    /**
     * Adds a whole number, 1 without it, and returns the new value. Safe from any number of places at once.
     *
     * @example
     * goals.increment("orders")
     * goals.increment("revenue", 250)
     */
    increment(slug: string, n?: number): number

    /**
     * Like `increment`, and lets other requests in.
     *
     * @example
     * await goals.incrementAsync("orders")
     */
    incrementAsync(slug: string, n?: number): Promise<number>

    /**
     * A goal with what this project has counted.
     *
     * @example
     * const { value } = goals.get("orders")
     */
    get(slug: string): Goal

    /**
     * Like `get`, and lets other requests in.
     *
     * @example
     * const { value } = await goals.getAsync("orders")
     */
    getAsync(slug: string): Promise<Goal>

    /**
     * What this project has counted on each of the last days, 7 without a number and at most 1100; today is the last one.
     *
     * @example
     * const values = goals.stats("orders", 30).points.map((point) => point.value)
     */
    stats(slug: string, days?: number): GoalStats

    /**
     * Like `stats`, and lets other requests in.
     *
     * @example
     * const { total } = await goals.statsAsync("orders")
     */
    statsAsync(slug: string, days?: number): Promise<GoalStats>

    /**
     * All goals that this project may add to.
     *
     * @example
     * for (const goal of goals.list()) logger.info(goal.slug, goal.value)
     */
    list(): Goal[]

    /**
     * Like `list`, and lets other requests in.
     *
     * @example
     * const all = await goals.listAsync()
     */
    listAsync(): Promise<Goal[]>
  }
}

/** Counters for what matters: orders, sign-ups, errors. */
declare const goals: M3M.Goals
declare const $goals: M3M.Goals
