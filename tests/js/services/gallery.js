// Pictures that are sent in, small ones of them, and pictures made from nothing.

router.post("/photos/:name", async (ctx) => {
  const { width, height, format } = image.info(ctx.bytes())
  const saved = await image.thumbnailAsync(ctx.bytes(), 64, 64, { fit: "cover", saveTo: `small/${ctx.params.name}.webp` })
  return router.response(201, { width, height, format, small: saved.path, side: saved.width })
})

router.get("/photos/:name", (ctx) => {
  const turned = image.rotate(`small/${ctx.params.name}.webp`, 90, { format: "png" })
  return router.response(200, turned, { "Content-Type": "image/png" })
})

router.get("/chart", (ctx) => {
  const values = (ctx.query.values ?? "1,2,3").split(",").map(Number)
  const canvas = draw.createCanvas(320, 120)
  const ctx2d = canvas.getContext("2d")
  const bars = ctx2d.createLinearGradient(0, 0, 0, 120)
  bars.addColorStop(0, "tomato")
  bars.addColorStop(1, "rgb(255 200 0)")
  ctx2d.fillStyle = bars
  const most = Math.max(...values)
  values.forEach((value, at) => ctx2d.fillRect(10 + at * 30, 110 - (value / most) * 80, 24, (value / most) * 80))
  ctx2d.fillStyle = "#222"
  ctx2d.font = "bold 14px sans-serif"
  ctx2d.textAlign = "right"
  ctx2d.fillText(ctx.query.title ?? "Продажи", 310, 18)
  const format = ctx.query.format === "svg" ? "svg" : "png"
  return router.response(200, canvas.toBytes(format), { "Content-Type": format === "svg" ? "image/svg+xml" : "image/png" })
})
