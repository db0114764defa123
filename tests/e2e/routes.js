// Every kind of route and answer, for test_requests.py and test_answers.py.

// ---- paths ----
router.get("/users/:id", (ctx) => ({ user: ctx.params.id }))
router.post("/users/:id", (ctx) => ({ posted: ctx.params.id }))
router.get("/users/me", () => ({ user: "the fixed one" }))
router.get("/teams/:team/members/:member", (ctx) => ctx.params)
router.get("/files/*path", (ctx) => ctx.params)
router.get("/files/index", () => "the index")
router.get("/привет/мир", () => "unicode")
router.get("/", () => "the root")
router.all("/any", (ctx) => ({ method: ctx.method }))
router.get("/seen", (ctx) => ({ method: ctx.method, path: ctx.path, query: ctx.query, queries: ctx.queries, ip: ctx.ip, id: ctx.requestId }))

// ---- bodies ----
router.post("/body", (ctx) => ({ body: ctx.body, files: ctx.files.map(({ bytes, ...file }) => ({ ...file, last: bytes.at(-1) })) }))
router.post("/json", (ctx) => ({ json: ctx.json() }))
router.post("/text", (ctx) => ({ text: ctx.text(), raw: ctx.rawBody }))
router.post("/echo", (ctx) => router.response(200, ctx.bytes(), { "Content-Type": ctx.header("content-type") ?? "x/y" }))

// ---- answers ----
const PLAIN = {
  text: "text", empty: "", number: 42, yes: true, nothing: undefined, none: null, list: [1, "two", null], unicode: "Привет, 🌍",
  date: { at: new Date(0) }, own: { toJSON: () => ({ shown: "as JSON" }) }, nul: "a\u0000b", lone: "a\ud800b",
  lines: "a\r\nb", object: Object.create(null), bytes: new Uint8Array([0, 1, 255]), words: new Uint16Array([1, 256]),
  buffer: new Uint8Array([7, 8]).buffer,
}
router.get("/plain/:name", (ctx) => PLAIN[ctx.params.name])
router.get("/async/plain/:name", async (ctx) => { await utils.sleepAsync(1); return PLAIN[ctx.params.name] })
router.get("/soon", () => new Promise((resolve) => setTimeout(() => resolve({ soon: true }), 5)))
router.get("/thenable", () => ({ then(resolve) { resolve("from a thenable") } }))
router.get("/created", () => router.response(201, { id: 1 }, { Location: "/users/1", "X-Many": ["a", "b"] }))
router.get("/bare", () => router.response(200))
router.get("/teapot", (ctx) => { ctx.status(418); return "short and stout" })
router.get("/quiet", (ctx) => { ctx.status(202) })
router.get("/typed", (ctx) => { ctx.header("Content-Type", "text/csv").header("content-type", "text/x-csv"); return "a,b" })
router.get("/html", () => router.html("<h1>Привет</h1>"))
router.get("/json/text", () => router.json("just text"))
router.get("/gone", () => router.redirect("/r/x/a b?next=%2Fhome&q=я\r\nX-Evil: 1"))
router.get("/moved", () => router.redirect("https://example.com/", 308))
router.get("/web", () => new Response("from Response", { status: 203, headers: [["X-A", "1"], ["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"]] }))
router.get("/web/empty", async () => new Response(null))
router.get("/alike", () => ({ status: 200, headers: {}, body: "only looks like an answer" }))
router.get("/big", () => ({ items: Array.from({ length: 200000 }, (_, id) => ({ id, name: `item ${id}` })) }))
router.get("/bigtext", () => "ä".repeat(5_000_000))

// ---- cookies ----
router.get("/cookies", (ctx) => ({ cookies: ctx.cookies, a: ctx.cookie("a") ?? null }))
router.get("/cookies/set", (ctx) => {
  ctx.cookie("session", "a b;ü", { maxAge: 60, secure: true, sameSite: "Strict", domain: "example.com" })
  ctx.cookie("old", null)
  return router.response(200, "set", { "X-Also": "kept" })
})

// ---- what goes wrong ----
router.get("/fail/error", () => { throw router.error(409, "No, thank you.") })
router.get("/fail/status", () => { throw router.error(503) })
router.get("/fail/throw", () => { throw new RangeError("secret detail") })
router.get("/fail/async", async () => { await utils.sleepAsync(1); throw new Error("secret, later") })
router.get("/fail/reject", () => Promise.reject("a string"))
router.get("/fail/null", () => { throw null })
router.get("/fail/hostile", () => { throw { get message() { throw 1 }, get stack() { throw 2 } } })
router.get("/fail/proxy", () => { throw new Proxy({}, { get() { throw new Error("in the proxy") } }) })
router.get("/fail/half", () => { throw new Error("half a character \ud800") })
router.get("/fail/control", () => { throw new Error("red \u001b[31m\r\n[2026] forged\rover") })
router.get("/fail/long", () => { throw new Error("x".repeat(3_000_000)) })
router.get("/fail/deep", () => { const dig = () => dig() + 1; return dig() })
router.get("/fail/header", () => router.response(200, "x", { "X-A": "a\r\nX-Evil: 1" }))
router.get("/fail/ctx-header", (ctx) => { ctx.header("X-A", "a\nX-Evil: 1"); return "x" })
router.get("/fail/header-name", () => router.response(200, "x", { "X-A: 1\r\nX-Evil": "1" }))
router.get("/fail/cookie", (ctx) => { ctx.cookie("a", "b", { path: "/; Domain=evil.example" }); return "x" })
router.get("/fail/bad-status", () => Object.assign(router.response(200, "x"), { status: 99999 }))
router.get("/fail/function", () => () => 1)
router.get("/fail/bigint", () => ({ big: 1n }))
router.get("/fail/circle", () => { const a = {}; a.a = a; return a })
router.get("/fail/nothing-said", () => ({ toJSON: () => undefined }))
router.get("/fail/never", () => new Promise(() => {}))
