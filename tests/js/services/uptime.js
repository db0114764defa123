// Watches addresses: asks each of them, tells when one goes and when it is back, counts by day.
const sites = database.collection("sites")
const TIMEOUT = env.get("CHECK_TIMEOUT", "5s")
const FAILURES_TO_ALARM = 2

async function answer(site) {
  const begin = performance.now()
  try {
    const { status } = await http.getAsync(site.url, { timeout: TIMEOUT, redirect: "manual", maxSize: 1_000_000 })
    return { error: status < 400 ? null : `status ${status}`, ms: performance.now() - begin }
  } catch (error) {
    return { error: error.code ?? error.message, ms: performance.now() - begin }
  }
}

async function check(site) {
  const { error, ms } = await answer(site)
  const failures = error ? site.failures + 1 : 0
  const isUp = error ? site.is_up && failures < FAILURES_TO_ALARM : true
  await goals.incrementAsync("checks")
  if (error) await goals.incrementAsync("failures")
  await sites.updateAsync(site.id, { failures, is_up: isUp, error, ms: Math.round(ms), checked: new Date() })
  if (isUp !== site.is_up) delayed.run(tell, site, isUp, error)
}

async function tell(site, isUp, error) {
  const text = isUp ? `${site.name} is back` : `${site.name} is down: ${error}`
  logger.warn(text)
  await http.postAsync(env.get("ALARM_URL"), { text }, { timeout: "5s" })
}

const checkAll = async () => { await Promise.all((await sites.findAsync({})).map(check)) }

schedule.every(env.get("EVERY", "1m"), checkAll, { name: "check", overlap: "skip" })

router.post("/sites", (ctx) => {
  const { name, url } = ctx.json()
  if (!validator.isURL(url)) throw router.error(422, "url is not an address.")
  return router.response(201, sites.insert({ name, url, failures: 0, is_up: true }))
})

router.get("/", async () => {
  const days = 7
  const [checks, failures] = await Promise.all([goals.statsAsync("checks", days), goals.statsAsync("failures", days)])
  return {
    sites: await sites.findAsync({}, { sort: "name", fields: ["name", "is_up", "error", "ms"] }),
    days: checks.points.map(({ date, value }, day) => ({
      date,
      uptime: value ? utils.round(100 - (100 * failures.points[day].value) / value, 2) : null,
    })),
  }
})
