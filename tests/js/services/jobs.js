// Jobs of all kinds, and a page that shows them.

let beats = 0

service.boot(() => {
  schedule.every("100ms", () => { beats++ }, { name: "beat", overlap: "skip" })
  schedule.daily(() => logger.info("good morning"), { at: "07:00", timezone: "Europe/Berlin" })
  schedule.weekly(async () => { await utils.sleepAsync(1) }, { day: "friday", at: "17:30" })
  schedule.monthly(() => {}, { day: 15 })
  schedule.minutely(() => {})
  schedule.at("12:00", () => {}, { timezone: "Asia/Tokyo" })
  schedule.cron("0 */5 9-17 * JAN-NOV MON-FRI", ({ scheduledAt }) => logger.debug(scheduledAt.getTime()), { overlap: "queue" })
  schedule.once(new Date("2999-12-31T23:59:59Z"), () => {})
  schedule.delay(50, () => logger.info("fifty milliseconds later"), { name: "soon" })
})

service.shutdown(() => {
  for (const job of schedule.list()) schedule.cancel(job.id)
})

router.get("/jobs", () => schedule.list().map(({ name, plan, timezone, nextRun }) => ({ name, plan, timezone, nextRun })))
router.get("/beats", () => ({ beats, next: schedule.get("beat")?.nextRun?.toISOString(), slug: service.info().slug }))
router.post("/beats/:action", (ctx) => {
  const actions = { pause: schedule.pause, resume: schedule.resume, cancel: schedule.cancel }
  const action = actions[ctx.params.action]
  return action ? { done: action("beat") } : router.response(404)
})
