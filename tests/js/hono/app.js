// A service as people write it for edge runtimes; nothing in it knows M3M.
import { Hono } from "hono"
import { basicAuth } from "hono/basic-auth"
import { bearerAuth } from "hono/bearer-auth"
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from "hono/cookie"
import { cors } from "hono/cors"
import { etag } from "hono/etag"
import { HTTPException } from "hono/http-exception"
import { jwt, sign } from "hono/jwt"
import { stream, streamSSE, streamText } from "hono/streaming"
import { validator } from "hono/validator"

const app = new Hono()

app.use("*", async (c, next) => {
  c.set("began", "yes")
  await next()
  c.header("X-Middleware", c.get("began"))
})
app.use("/shared/*", cors({ origin: "https://example.com" }))

app.use("/basic/*", basicAuth({ username: "ann", password: "пароль" }))
app.use("/bearer/*", bearerAuth({ token: "let-me-in" }))
app.use("/jwt/*", jwt({ secret: "a shared secret", alg: "HS256" }))
app.use("/etag/*", etag())

app.get("/basic/page", (c) => c.text("basic"))
app.get("/bearer/page", (c) => c.text("bearer"))
app.get("/jwt/page", (c) => c.json(c.get("jwtPayload")))
app.get("/token/:alg", async (c) => c.text(await sign({ sub: "ann" }, "a shared secret", c.req.param("alg"))))
app.get("/etag/page", (c) => c.text("page"))
app.get("/sign", async (c) => { await setSignedCookie(c, "user", "ann", "a secret"); return c.text("signed") })
app.get("/signed", async (c) => c.json(await getSignedCookie(c, "a secret", "user")))
app.get("/", (c) => c.text("hello"))
app.get("/users/:id{[0-9]+}", (c) => c.json({ id: c.req.param("id"), all: c.req.query("all"), tags: c.req.queries("tag") }))
app.post("/echo", async (c) => c.json({ got: await c.req.json(), type: c.req.header("Content-Type") }, 201))
app.post("/form", async (c) => {
  const { name, file } = await c.req.parseBody()
  return c.json({ name, file: file instanceof File ? [file.name, file.type, await file.text()] : null })
})
app.post("/checked", validator("json", (value, c) => (value.name ? value : c.json({ error: "name is missing" }, 422))),
  (c) => c.json(c.req.valid("json")))
app.get("/cookies", (c) => {
  setCookie(c, "seen", "yes", { path: "/", httpOnly: true })
  deleteCookie(c, "old")
  return c.json(getCookie(c))
})
app.get("/html", (c) => c.html("<h1>hi</h1>"))
app.get("/away", (c) => c.redirect("/users/7", 303))
app.get("/bytes", (c) => c.body(new Uint8Array([0, 255]), 200, { "Content-Type": "application/octet-stream" }))
app.get("/stream", (c) => stream(c, async (out) => {
  for (const part of ["one ", "two ", "three"]) { await out.write(part); await out.sleep(1) }
}))
app.get("/text-stream", (c) => streamText(c, async (out) => { await out.writeln("a"); await out.write("b") }))
app.get("/events", (c) => streamSSE(c, async (out) => { await out.writeSSE({ event: "tick", data: "1", id: "7" }) }))
app.get("/shared/data", (c) => c.json([]))
app.get("/teapot", () => { throw new HTTPException(418, { message: "short and stout" }) })
app.get("/broken", () => { throw new Error("broken on purpose") })
app.route("/nested", new Hono().get("/deep/:name", (c) => c.text(`deep ${c.req.param("name")}`)))
app.mount("/mounted", (request) => new Response(`mounted ${new URL(request.url).pathname} ${request.method}`))
app.notFound((c) => c.json({ error: `nothing at ${c.req.path}` }, 404))
app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.json({ error: error.message }, 500)))

export default app
