// Reads feeds by conditional requests, keeps what is new, and mails a digest each morning.
const feeds = database.collection("feeds")
const entries = database.collection("entries")

function parse(xml) {
  const items = encoding.xmlParse(xml).first("channel")?.all("item") ?? []
  return items.map((item) => {
    const text = (name) => item.first(name)?.text.trim() ?? ""
    return {
      guid: text("guid") || text("link"),
      title: text("title"),
      link: text("link"),
      published: new Date(text("pubDate") || Date.now()),
    }
  })
}

async function read(feed) {
  const headers = { "If-None-Match": feed.etag ?? undefined, "If-Modified-Since": feed.modified ?? undefined }
  const answer = await http.getAsync(feed.url, { headers, timeout: "10s", maxSize: 2_000_000 })
  if (answer.status === 304) return 0
  if (!answer.ok) throw new Error(`${feed.url} answered ${answer.status}`)
  let added = 0
  for (const entry of parse(answer.bytes())) {
    try {
      await entries.insertAsync({ ...entry, feed: feed.id, mailed: false })
      added++
    } catch (error) {
      if (error.fields?.guid?.code !== "duplicate") throw error
    }
  }
  await feeds.updateAsync(feed.id, { etag: answer.headers.etag ?? null, modified: answer.headers["last-modified"] ?? null })
  return added
}

async function poll() {
  const results = await Promise.allSettled((await feeds.findAsync({})).map(read))
  for (const result of results) if (result.status === "rejected") logger.warn("feed failed:", result.reason.message)
  return results.reduce((sum, result) => sum + (result.status === "fulfilled" ? result.value : 0), 0)
}

async function digest() {
  const fresh = await entries.findAsync({ mailed: false }, { sort: "-published", limit: 50, expand: "feed" })
  if (!fresh.length) return 0
  await smtp.sendAsync({
    to: env.get("DIGEST_TO"),
    subject: "{{ fresh|length }} new entries",
    html: "<ul>{% for e in fresh %}<li><a href='{{ e.link }}'>{{ e.title }}</a> ({{ e.expand.feed.name }})</li>{% endfor %}</ul>",
    data: { fresh },
  })
  return entries.updateMany({ id: { $in: fresh.map((entry) => entry.id) } }, { mailed: true })
}

schedule.cron("*/15 * * * *", poll, { name: "poll" })
schedule.cron("0 7 * * MON-FRI", digest, { name: "digest", timezone: "Europe/Berlin" })

router.post("/poll", async () => ({ added: await poll() }))
router.post("/digest", async () => ({ mailed: await digest() }))
router.get("/entries", (ctx) => entries.paginate({}, { sort: "-published", page: Number(ctx.query.page ?? 1), fields: ["title", "link"] }))
