// A gateway before another API: timeouts, retries of what may be repeated, a circuit breaker, answers as they come.
const UPSTREAM = env.get("UPSTREAM")
const TIMEOUT_MS = env.get("TIMEOUT_MS", 2000)
const REST_MS = env.get("REST_MS", 30_000) // of the breaker
const RETRIES = 2, MOST_FAILURES = 4
const REPEATABLE = new Set(["GET", "HEAD", "PUT", "DELETE"])
const OWN_HEADERS = new Set(["host", "connection", "content-length", "transfer-encoding", "authorization"])

class Breaker {
  failures = 0
  openUntil = 0

  get isOpen() { return Date.now() < this.openUntil }

  note(isFine) {
    this.failures = isFine ? 0 : this.failures + 1
    if (this.failures >= MOST_FAILURES) this.openUntil = Date.now() + REST_MS
  }
}

const breaker = new Breaker()

// The time is up to the first byte: what streams may take longer.
async function once(ctx, url, headers) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new Error("timeout")), TIMEOUT_MS)
  try {
    const body = ["GET", "HEAD"].includes(ctx.method) ? undefined : ctx.bytes()
    return await fetch(url, { method: ctx.method, headers, body, signal: controller.signal, redirect: "manual" })
  } finally {
    clearTimeout(timer)
  }
}

async function ask(ctx, url, headers) {
  for (let attempt = 0; ; attempt++) {
    let answer, failure
    try { answer = await once(ctx, url, headers) } catch (error) { failure = error }
    breaker.note(answer && answer.status < 500)
    if (answer && (answer.status < 502 || answer.status > 504)) return answer
    if (attempt === RETRIES || !REPEATABLE.has(ctx.method) || breaker.isOpen) {
      if (answer) return answer
      throw failure
    }
    await answer?.body?.cancel()
    await utils.sleepAsync(20 * 2 ** attempt)
  }
}

router.all("/api/*path", async (ctx) => {
  if (breaker.isOpen) {
    ctx.header("Retry-After", 1)
    throw router.error(503, "The API behind this one rests.")
  }
  const headers = new Headers(Object.entries(ctx.headers).filter(([name]) => !OWN_HEADERS.has(name)))
  headers.set("Authorization", `Bearer ${env.get("UPSTREAM_TOKEN")}`)
  headers.set("X-Request-Id", ctx.requestId)
  const url = new URL(ctx.params.path, UPSTREAM)
  for (const [name, values] of Object.entries(ctx.queries)) for (const value of values) url.searchParams.append(name, value)
  try {
    const answer = await ask(ctx, url, headers)
    const passed = new Headers([...answer.headers].filter(([name]) => !OWN_HEADERS.has(name)))
    return new Response(answer.body, { status: answer.status, headers: passed })
  } catch (error) {
    logger.warn(ctx.method, url.pathname, error)
    throw router.error(error.message === "timeout" ? 504 : 502, "The API behind this one does not answer.")
  }
})

router.get("/health", () => ({ open: breaker.isOpen, failures: breaker.failures }))
