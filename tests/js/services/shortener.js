// A URL shortener: POST /links {url, days?} makes a short link, GET /:code follows it.

const links = new Map()

router.post("/links", (ctx) => {
  const { url, days = 30 } = ctx.json()
  if (!URL.canParse(url) || !["http:", "https:"].includes(new URL(url).protocol)) {
    throw router.error(422, "url must be an http or https address")
  }
  let code = utils.randomString(6)
  while (links.has(code)) code = utils.randomString(6)
  links.set(code, { url: new URL(url).href, hits: 0, expires: Date.now() + days * 86_400_000 })
  return router.response(201, { code, url: links.get(code).url }, { Location: `/${code}` })
})

router.get("/links", () => [...links].map(([code, { url, hits }]) => ({ code, url, hits })))

router.get("/:code", (ctx) => {
  const link = links.get(ctx.params.code)
  if (!link || link.expires < Date.now()) throw router.error(404, "There is no such link.")
  link.hits++
  return router.redirect(link.url)
})

schedule.hourly(() => {
  for (const [code, link] of links) if (link.expires < Date.now()) links.delete(code)
}, { name: "sweep" })
