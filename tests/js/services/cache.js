// A cache with expiry in front of something slow: many callers at once wait for one load.

class Cache {
  #kept = new Map()

  constructor(ttl) {
    this.ttl = ttl
  }

  async get(key, load) {
    const known = this.#kept.get(key)
    if (known && known.until > performance.now()) return known.value
    const value = load(key)
    this.#kept.set(key, { value, until: performance.now() + this.ttl })
    try {
      return await value
    } catch (error) {
      this.#kept.delete(key)
      throw error
    }
  }

  get size() {
    return this.#kept.size
  }
}

const cache = new Cache(200)
let loads = 0

async function slowly(city) {
  loads++
  await utils.sleepAsync(20)
  if (city === "atlantis") throw router.error(404, `There is no weather in ${utils.capitalize(city)}.`)
  return { city, degrees: city.length }
}

router.get("/weather/:city", (ctx) => cache.get(ctx.params.city.toLowerCase(), slowly))
router.get("/loads", () => ({ loads, kept: cache.size }))
