// Counts orders, and takes its limit from the environment.

const limitAtTheTop = env.get("LIMIT", 0)

router.get("/limit", () => ({ limit: env.get("LIMIT"), limitAtTheTop, instance: service.info().instance }))

router.get("/settings", () => ({ names: env.keys(), has: env.has("LIMIT"), doubled: env.get("LIMIT", 5) * 2, all: env.all() }))

// longer than a change waits for an instance, and well below the longest that a handler may take
router.post("/spin", () => {
  const end = Date.now() + 2200
  while (Date.now() < end);
  return $env.get("LIMIT", 0).toFixed(0)
})

router.post("/orders", async () => ({ value: await goals.incrementAsync("orders") }))

router.get("/orders", () => {
  const { value, isGlobal } = goals.get("orders")
  return { value, isGlobal, all: goals.list().map((goal) => goal.slug) }
})

router.get("/week", async (ctx) => {
  const { total, points } = await goals.statsAsync("orders", Number(ctx.query.days ?? 7))
  return { total, most: Math.max(0, ...points.map((point) => point.value)) }
})

router.post("/revenue", (ctx) => router.json({ revenue: $goals.increment("orders", Math.round(ctx.body.amount)) }, 201))
