// Other servers: JSON from one, a form to another, files into the project, streams that pass through.

const PRICES = 'data:application/json,{"tea":3,"coffee":4}'
const NOBODY = "http://127.0.0.1:1"
const shop = http.session({ headers: { "X-App": "gateway" }, timeout: { connect: "2s", read: 5000 } })

router.get("/prices", async () => {
  const answer = await fetch(PRICES, { signal: AbortSignal.timeout(5000) })
  const prices = await answer.json()
  return { prices, type: answer.headers.get("content-type"), again: answer.bodyUsed }
})

router.post("/orders", (ctx) => {
  try {
    const made = shop.post(`${NOBODY}/orders`, ctx.body, { bearer: "token", query: { dry: true, tag: ["a", "b"] } })
    return router.json(made.json(), made.status, { "X-Cookies": shop.cookies().map((cookie) => cookie.name).join() })
  } catch (error) {
    throw router.error(502, `the shop does not answer: ${error.code}`)
  }
})

router.get("/report", async () => {
  const saved = await http.downloadAsync(`${NOBODY}/report.pdf`, "reports/new.pdf").catch(() => undefined)
  return { size: saved?.size ?? 0 }
})

router.get("/shout", async () => {
  const loud = new TransformStream({
    transform(text, controller) { controller.enqueue(text.toUpperCase()) },
  })
  const { body } = await fetch("data:,quiet%20words")
  const words = body?.pipeThrough(new TextDecoderStream()).pipeThrough(loud).pipeThrough(new TextEncoderStream())
  return new Response(words, { headers: { "Content-Type": "text/plain" } })
})

router.post("/form", async () => {
  const form = new FormData()
  form.append("note", "hello")
  form.append("file", new File(["a,b"], "list.csv", { type: "text/csv" }))
  const back = await new Request(NOBODY, { method: "POST", body: form }).formData()
  const file = back.get("file")
  return { note: back.get("note"), file: file instanceof File ? `${file.name} ${await file.text()}` : null }
})
