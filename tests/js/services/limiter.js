// A rate limiter per client: a bucket of three tokens, one more each 100 ms. The client says who it is in X-Client.

const CAPACITY = 3
const REFILL_MS = 100
const buckets = new Map()

function take(client) {
  const now = performance.now()
  const bucket = buckets.get(client) ?? { tokens: CAPACITY, at: now }
  bucket.tokens = Math.min(CAPACITY, bucket.tokens + (now - bucket.at) / REFILL_MS)
  bucket.at = now
  buckets.set(client, bucket)
  if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) * REFILL_MS)
  bucket.tokens -= 1
  return 0
}

router.use("/api", (ctx, next) => {
  const client = ctx.header("x-client")
  if (!client) throw router.error(400, "Say who you are in the header X-Client.")
  const wait = take(client)
  if (wait > 0) {
    return router.response(429, { error: "Too many requests.", retry_in_ms: wait }, { "Retry-After": Math.ceil(wait / 1000) })
  }
  ctx.state.client = client
  return next()
})

router.get("/api/whoami", (ctx) => ({ client: ctx.state.client }))
router.get("/open", () => "always")
