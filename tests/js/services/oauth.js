// Sign-in at another site: a state in a cookie against forged answers, then a session of our own.
const AUTHORIZE = "https://id.example.com/authorize"
const SECRET = crypto.randomBytes(32)

router.get("/login", (ctx) => {
  const state = crypto.randomBytes(16)
  ctx.cookie("state", state, { httpOnly: true, maxAge: 600 })
  return router.redirect(`${AUTHORIZE}?${new URLSearchParams({ client_id: "shop", state })}`)
})

router.get("/callback", (ctx) => {
  const { state = "", code = "" } = ctx.query
  if (!ctx.cookies.state || !crypto.timingSafeEqual(state, ctx.cookies.state)) throw router.error(400, "This login has expired.")
  ctx.cookie("state", "", { maxAge: 0 })
  ctx.cookie("session", crypto.jwtSign({ sub: code }, SECRET, { expiresIn: "1h" }), { httpOnly: true })
  return router.redirect("me", 303)
})

router.use("/me", (ctx, next) => {
  try { ctx.state.user = crypto.jwtVerify(ctx.cookies.session ?? "", SECRET).sub } catch { throw router.error(401, "Sign in first.") }
  return next()
})

router.get("/me", (ctx) => ({ user: ctx.state.user }))
