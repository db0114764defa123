// Mistakes that the editor must underline. A line that is no mistake fails the check as well.

// @ts-expect-error a misspelt method
router.gett("/", () => "hi")

// @ts-expect-error a path is a text
router.get(42, () => "hi")

// @ts-expect-error a handler is a function
router.get("/", "hi")

router.get("/users/:id", (ctx) => {
  // @ts-expect-error not in a request
  logger.info(ctx.user)
  // @ts-expect-error a parameter is a text
  return ctx.params.id.toFixed(2)
})

// @ts-expect-error a status is a number
router.response("200", {})

// @ts-expect-error there is no such answer to overlap
schedule.every("5m", () => {}, { overlap: "wait" })

// @ts-expect-error an option of another kind of job
schedule.hourly(() => {}, { day: "monday" })

// @ts-expect-error the function is missing
schedule.daily()

// @ts-expect-error what is next may be nobody
schedule.get("sync").nextRun.getTime()

// @ts-expect-error delayed takes a function
delayed.run("later")

// @ts-expect-error there is no such level
logger.fatal("no")

// @ts-expect-error a length is a number
utils.truncate("text", "5")

// @ts-expect-error sleepAsync gives a promise, not a number
utils.sleepAsync(5).toFixed(1)

/** @type {{ id: number }[]} */
const orders = [{ id: 1 }]
// @ts-expect-error the field is not in the items
utils.groupBy(orders, "status")

// @ts-expect-error there is no window on a server
window.alert("hi")

// @ts-expect-error a signal is made by a controller
new AbortSignal()

// @ts-expect-error read-only
new URL("https://example.com").origin = "x"

// @ts-expect-error a phase is a function
service.start({})

// @ts-expect-error a step is a number
goals.increment("orders", "1")

// @ts-expect-error incrementAsync gives a promise, not a number
goals.incrementAsync("orders").toFixed(1)

// @ts-expect-error there is no such field of a goal
goals.get("orders").count

// @ts-expect-error a key is a text
env.get(5)

// @ts-expect-error with a number to fall back on it is a number
env.get("LIMIT", 10).trim()

// @ts-expect-error the environment is not changed from here
env.set("LIMIT", 10)
