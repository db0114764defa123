// Sign up, sign in, and a profile behind a token. Passwords are hashed, the phone number is kept encrypted, what comes
// in is checked by a schema, and the list of people leaves as CSV that a spreadsheet cannot be tricked with.

const SECRET = crypto.randomBytes(32)
const KEY = crypto.randomBytes(32, "bytes")
const people = new Map()

const SIGN_UP = {
  type: "object",
  properties: {
    email: { type: "string", format: "email" },
    password: { type: "string", minLength: 8 },
    name: { type: "string", pattern: "^\\p{L}[\\p{L} '-]*$" },
    phone: { type: "string" },
  },
  required: ["email", "password", "name"],
  additionalProperties: false,
}

router.post("/people", async (ctx) => {
  const { valid, errors } = validator.check(ctx.body, SIGN_UP)
  if (!valid) return router.response(422, { errors })
  const { email, password, name, phone } = ctx.body
  if (phone && !validator.isPhone(phone)) return router.response(422, { errors: [{ path: "/phone", code: "phone" }] })
  if (people.has(email)) throw router.error(409, "There is somebody with this email.")
  people.set(email, {
    id: crypto.uuid(7),
    name,
    slug: strings.slugify(name),
    hash: await crypto.hashPasswordAsync(password),
    phone: phone ? crypto.encrypt(phone, KEY, { context: email }) : null,
  })
  return router.response(201, { slug: people.get(email).slug })
})

router.post("/tokens", async (ctx) => {
  const { email, password } = ctx.body
  const known = people.get(email)
  if (!known || !(await crypto.verifyPasswordAsync(password, known.hash))) throw router.error(401, "Wrong email or password.")
  return { token: crypto.jwtSign({ sub: email }, SECRET, { expiresIn: "15m", issuer: "accounts" }) }
})

router.get("/me", (ctx) => {
  const token = (ctx.header("authorization") ?? "").replace("Bearer ", "")
  let email
  try {
    email = crypto.jwtVerify(token, SECRET, { algorithms: ["HS256"], issuer: "accounts" }).sub
  } catch (error) {
    throw router.error(401, error.code)
  }
  const { name, phone } = people.get(email)
  return { name, phone: phone && crypto.decrypt(phone, KEY, { context: email }), avatar: crypto.md5(email) }
})

router.get("/people.csv", () =>
  encoding.csvStringify(utils.sortBy(people.values(), "name").map((one) => utils.pick(one, ["name", "slug"])), { escapeFormulas: true }),
)

router.get("/greeting", () => smtp.render("Hi {{ name }}", { name: "<Ann>" }))
