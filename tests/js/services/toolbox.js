// A little of everything: text, dates, lists, addresses, bytes, copies, events.

router.get("/text/:input", (ctx) => {
  const text = ctx.params.input
  return {
    slug: strings.slugify(text, { maxLength: 20 }),
    short: strings.truncate(text, 8),
    camel: $strings.camelCase(text),
    same: utils.similarity(text, strings.reverse(text)),
    words: utils.wordCount(text),
    padded: utils.pad(utils.length(text), 4, "0"),
    safe: utils.escapeHtml(text),
    greeting: utils.template("Hello {{ user.name }}", { user: { name: text } }),
    digits: utils.regexMatch(text, "\\d+", "g"),
  }
})

router.get("/date", (ctx) => {
  const date = utils.parseDate(ctx.query.day ?? "01.02.2026", "DD.MM.YYYY", "Europe/Moscow")
  return router.text(utils.formatDate(date, "YYYY-MM-DD HH:mm Z"), 200, { "X-Stamp": utils.timestamp() })
})

router.post("/orders", (ctx) => {
  const orders = /** @type {{ id: number, status: string }[]} */ (ctx.body)
  const groups = utils.groupBy(orders, "status")
  return {
    paid: groups.paid?.length ?? 0,
    pages: utils.chunk(utils.unique(orders, "id"), 2).length,
    empty: utils.isEmpty(orders),
  }
})

router.get("/search", () => {
  const url = new URL("/find?q=tea", "https://example.com")
  url.searchParams.append("tag", "green & black")
  url.hash = "top"
  return { href: url.href, tags: url.searchParams.getAll("tag"), parsed: URL.parse("nope") }
})

router.post("/decode", (ctx) => {
  const text = new TextDecoder("windows-1251").decode(ctx.bytes())
  return { text, base64: btoa("bytes"), utf8: new TextEncoder().encode(text).length }
})

router.get("/copy", () => {
  const original = { when: new Date(0), tags: new Set(["a"]) }
  const copy = structuredClone(original)
  return { equal: copy.when.getTime() === original.when.getTime(), own: copy.tags !== original.tags, size: copy.tags.size }
})

router.get("/race", async () => {
  const controller = new AbortController()
  const aborted = new Promise((resolve) => controller.signal.addEventListener("abort", () => resolve("aborted")))
  setTimeout(() => controller.abort(), 5)
  return Response.json({ first: await Promise.race([aborted, utils.sleepAsync(1000).then(() => "slept")]) }, { status: 203 })
})

console.log("%s is ready", service.info().slug, { at: new Date(0) })
