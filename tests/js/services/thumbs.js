// Small pictures of pictures elsewhere: /thumb?url=…&w=200, kept in storage for a while.
const KEEP_S = env.get("KEEP_S", 3600)
const SIZES = [64, 200, 400]
const underway = new Map()

const isFresh = async (path) => (await storage.existsAsync(path)) && (await storage.statAsync(path)).updatedAt > new Date(Date.now() - KEEP_S * 1000)

async function make(url, width, path) {
  const original = storage.tmp()
  try {
    await http.downloadAsync(url, original, { timeout: "10s", maxSize: 10_000_000, headers: { Accept: "image/*" } })
    await image.thumbnailAsync(original, width, null, { saveTo: path })
  } finally {
    await storage.deleteAsync(original)
  }
}

// Who comes while it is made waits for the same one.
function made(url, width, path) {
  if (!underway.has(path)) underway.set(path, make(url, width, path).finally(() => underway.delete(path)))
  return underway.get(path)
}

const STATUS = { not_a_picture: 415, picture_too_large: 413, too_large: 413, timeout: 504, egress_refused: 403, bad_url: 400 }

router.get("/thumb", async ({ query }) => {
  const width = Number(query.w ?? 200)
  if (!SIZES.includes(width)) throw router.error(400, `w is one of ${SIZES.join(", ")}.`)
  if (!validator.isURL(query.url, { protocols: ["http", "https"] })) throw router.error(400, "url is not an address.")
  const path = `cache/${width}/${crypto.sha256(query.url)}.webp`
  if (!(await isFresh(path))) {
    try {
      await made(query.url, width, path)
    } catch (error) {
      throw router.error(STATUS[error.code] ?? 502, `There is no picture: ${error.message}`)
    }
  }
  return router.file(path, { maxAge: KEEP_S })
})

async function sweep() {
  let swept = 0
  for (const path of await storage.globAsync("cache/**/*.webp")) {
    if (!(await isFresh(path)) && (await storage.deleteAsync(path))) swept++
  }
  return swept
}

schedule.hourly(sweep, { name: "sweep" })
router.post("/sweep", async () => ({ swept: await sweep() }))
