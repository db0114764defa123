// A webhook whose sender signs every delivery: X-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hex>.
// It refuses what is not signed, what is too old, and what it has seen before; the rest it counts by type.

const SECRET = "whsec_for_tests"
const TOLERANCE_S = 300
const seen = new Map()
const totals = {}

// ---- SHA-256 (FIPS 180-4) and HMAC (RFC 2104) over Uint8Array ----
const K = constants(64, 1 / 3)
const INITIAL = constants(8, 1 / 2)

// The first 32 bits of the fractional parts of roots of the first primes.
function constants(count, power) {
  const words = []
  for (let n = 2; words.length < count; n++) {
    let prime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
    if (prime) words.push(((n ** power) % 1) * 2 ** 32 | 0)
  }
  return words
}

const rotate = (word, bits) => (word >>> bits) | (word << (32 - bits))

function padded(message) {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64)
  bytes.set(message)
  bytes[message.length] = 0x80
  new DataView(bytes.buffer).setUint32(bytes.length - 4, message.length * 8)
  return new DataView(bytes.buffer)
}

function sha256(message) {
  const view = padded(message)
  const hash = [...INITIAL]
  const w = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + i * 4)
    for (let i = 16; i < 64; i++) {
      const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3)
      const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10)
      w[i] = w[i - 16] + s0 + w[i - 7] + s1
    }
    mix(hash, w)
  }
  const out = new DataView(new ArrayBuffer(32))
  hash.forEach((word, i) => out.setInt32(i * 4, word))
  return new Uint8Array(out.buffer)
}

function mix(hash, w) {
  let [a, b, c, d, e, f, g, h] = hash
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, i) => { hash[i] = (hash[i] + word) | 0 })
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function hmac(key, message) {
  const block = new Uint8Array(64)
  block.set(key.length > 64 ? sha256(key) : key)
  const inner = sha256(joined(block.map((byte) => byte ^ 0x36), message))
  return sha256(joined(block.map((byte) => byte ^ 0x5c), inner))
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

// ---- the webhook ----
const utf8 = new TextEncoder()

function same(left, right) {
  let different = left.length ^ right.length
  for (let i = 0; i < left.length; i++) different |= left.charCodeAt(i) ^ right.charCodeAt(i % (right.length || 1))
  return different === 0
}

function verify(ctx, next) {
  const given = Object.fromEntries((ctx.header("x-signature") ?? "").split(",").map((part) => part.split("=", 2)))
  const expected = hex(hmac(utf8.encode(SECRET), joined(utf8.encode(`${given.t}.`), ctx.bytes())))
  if (!same(given.v1 ?? "", expected)) throw router.error(401, "The signature does not fit.")
  if (Math.abs(Date.now() / 1000 - Number(given.t)) > TOLERANCE_S) throw router.error(401, "The signature is too old.")
  return next()
}

router.post("/deliveries", verify, (ctx) => {
  const { id, type } = ctx.json()
  if (typeof id !== "string" || typeof type !== "string") throw router.error(422, "A delivery has an id and a type.")
  if (seen.has(id)) return { id, duplicate: true }
  seen.set(id, Date.now())
  totals[type] = (totals[type] ?? 0) + 1
  return router.response(202, { id, duplicate: false })
})

router.get("/totals", () => totals)

schedule.every("1m", () => {
  for (const [id, at] of seen) if (at < Date.now() - 2 * TOLERANCE_S * 1000) seen.delete(id)
}, { name: "forget" })
