// Invoices with numbers of their own, as a PDF that is mailed and kept.
const invoices = database.collection("invoices")
const money = (cents) => `${(cents / 100).toFixed(2).replace(".", ",")} €`

const ORDER = {
  type: "object",
  required: ["customer", "email", "items"],
  properties: {
    customer: { type: "string", minLength: 1 },
    email: { type: "string", format: "email" },
    items: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["text", "cents"],
        properties: { text: { type: "string" }, cents: { type: "integer" }, count: { type: "integer", default: 1 } },
      },
    },
  },
}

service.start(() => {
  storage.write("mails/invoice.html", `<p>Dear {{ customer }},</p>
<p>here is invoice <b>{{ number }}</b> of {{ total }}.</p><img src="cid:logo" alt="">`)
  const logo = draw.createCanvas(64, 64)
  logo.fillStyle = "seagreen"
  logo.arc(32, 32, 30, 0, Math.PI * 2)
  logo.fill()
  logo.save("mails/logo.png")
})

async function paint(invoice, path) {
  const page = draw.createCanvas(595, 842) // A4 in points
  page.fillStyle = "black"
  page.font = "bold 24px sans-serif"
  page.fillText(`Invoice ${invoice.number}`, 50, 80)
  page.font = "12px sans-serif"
  page.fillText(invoice.customer, 50, 120)
  let y = 180
  for (const { text, count, cents } of invoice.items) {
    page.textAlign = "left"
    page.fillText(`${count} × ${text}`, 50, y, 350)
    page.textAlign = "right"
    page.fillText(money(cents * count), 545, y)
    y += 20
  }
  page.beginPath()
  page.moveTo(50, y)
  page.lineTo(545, y)
  page.stroke()
  page.font = "bold 12px sans-serif"
  page.fillText(money(invoice.total), 545, y + 24)
  return await page.saveAsync(path)
}

router.post("/invoices", async (ctx) => {
  const report = validator.check(ctx.json(), ORDER)
  if (!report.valid) return router.response(422, { errors: report.errors })
  const items = ctx.json().items.map((item) => ({ count: 1, ...item }))
  const number = `${new Date().getUTCFullYear()}-${strings.pad(await goals.incrementAsync("invoices"), 4, "0", "left")}`
  const path = `invoices/${number}.pdf`
  const { customer, email } = ctx.json()
  const invoice = { number, customer, email, items, total: utils.sum(items, (item) => item.cents * item.count), path }
  await paint(invoice, path)
  const saved = await invoices.insertAsync(invoice)
  delayed.run(async () => {
    await smtp.sendAsync({
      to: { name: customer, address: email },
      subject: "Invoice {{ number }}",
      template: "mails/invoice.html",
      data: { ...invoice, total: money(invoice.total) },
      attachments: [path, { path: "mails/logo.png", cid: "logo" }],
    })
    await invoices.updateAsync(saved.id, { mailed: new Date() })
  })
  return router.response(201, { number, total: invoice.total }, { Location: `invoices/${number}` })
})

router.get("/invoices/:number", (ctx) => {
  const invoice = invoices.findOne({ number: ctx.params.number })
  if (!invoice) throw router.error(404, "There is no such invoice.")
  return ctx.query.pdf === undefined ? invoice : router.file(invoice.path, { download: true })
})
