// A to-do list as a small REST API: every wrong field is named at once, changes want the revision that they were made on.

const FIELDS = {
  title: (value) => typeof value === "string" && value.trim() !== "" && value.length <= 100 || "1 to 100 characters",
  done: (value) => typeof value === "boolean" || "true or false",
  tags: (value) => Array.isArray(value) && value.every((tag) => typeof tag === "string") || "a list of words",
}

class ValidationError extends Error {
  constructor(fields) {
    super("Some values are not accepted.")
    this.fields = fields
  }
}

class Todos {
  #items = new Map()
  #last = 0

  create(values) {
    const item = { id: String(++this.#last), title: "", done: false, tags: [], ...values, revision: 1 }
    this.#items.set(item.id, item)
    return item
  }

  get(id) {
    const item = this.#items.get(id)
    if (!item) throw router.error(404, `There is no to-do ${id}.`)
    return item
  }

  change(id, values, revision) {
    const item = this.get(id)
    if (revision !== undefined && revision !== String(item.revision)) throw router.error(412, "Somebody changed it since.")
    return Object.assign(item, values, { revision: item.revision + 1 })
  }

  remove(id) {
    this.get(id)
    this.#items.delete(id)
  }

  find(done, tag) {
    return [...this.#items.values()]
      .filter((item) => done === undefined || item.done === (done === "true"))
      .filter((item) => tag === undefined || item.tags.includes(tag))
  }
}

const todos = new Todos()

function checked(values, required = []) {
  if (typeof values !== "object" || values === null || Array.isArray(values)) throw router.error(400, "A JSON object is wanted.")
  const fields = Object.create(null)
  for (const name of required) if (!(name in values)) fields[name] = "is required"
  for (const [name, value] of Object.entries(values)) {
    const told = Object.hasOwn(FIELDS, name) ? FIELDS[name](value) : "is not known"
    if (told !== true) fields[name] = told
  }
  if (Object.keys(fields).length) throw new ValidationError(fields)
  return values
}

router.use(async (ctx, next) => {
  try {
    return await next()
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    return router.response(422, { error: error.message, fields: error.fields })
  }
})

router.group("/todos", (group) => {
  group.get("/", (ctx) => {
    const { page = "1", per_page: perPage = "10", done, tag } = ctx.query
    const found = todos.find(done, tag)
    const start = (Number(page) - 1) * Number(perPage)
    return { items: found.slice(start, start + Number(perPage)), total: found.length }
  })
  group.post("/", (ctx) => {
    const made = todos.create(checked(ctx.body, ["title"]))
    return router.response(201, made, { Location: `/todos/${made.id}` })
  })
  group.get("/:id", (ctx) => {
    const item = todos.get(ctx.params.id)
    ctx.header("ETag", `"${item.revision}"`)
    return item
  })
  group.patch("/:id", (ctx) => todos.change(ctx.params.id, checked(ctx.body), ctx.header("if-match")?.replaceAll('"', "")))
  group.delete("/:id", (ctx) => { todos.remove(ctx.params.id) })
})
