// A webhook signed as payment services sign theirs, with the web's own cryptography; its payments as CSV.
const encoder = new TextEncoder()
const key = crypto.subtle.importKey("raw", encoder.encode("whsec"), { name: "HMAC", hash: "SHA-256" }, false, ["verify"])
/** @type {{ id: string, amount: number }[]} */
const payments = []

/** @param {string} header @param {string} body */
async function isSigned(header, body) {
  const { t, v1 } = Object.fromEntries(header.split(",").map((pair) => pair.split("=")))
  if (!t || !v1 || Math.abs(Date.now() / 1000 - Number(t)) > 300) return false
  const signature = encoding.hexDecode(v1, "bytes")
  return crypto.subtle.verify("HMAC", await key, signature, encoder.encode(`${t}.${body}`))
}

router.post("/webhook", async (ctx) => {
  if (!(await isSigned(ctx.header("stripe-signature") ?? "", ctx.text()))) throw router.error(400, "The signature is wrong.")
  const { id, amount } = ctx.json()
  if (!payments.some((known) => known.id === id)) payments.push({ id, amount })
  return { received: id }
})

router.get("/payments.csv", () => router.response(200, encoding.csvStringify(payments), { "Content-Type": "text/csv" }))
