// The webhook of a chat: each chat has a list of tasks. Deliveries are signed; replies go to the API of the chat.
const WINDOW_MS = 10_000, MOST_MESSAGES = 5
const chats = database.collection("chats")
const recent = new Map()

const COMMANDS = {
  start: (chat) => `Hello! You have ${chat.tasks.length} tasks. Try /add buy milk, /list, /done 1.`,
  add: async (chat, text) => {
    if (!text) {
      await chats.updateAsync(chat.id, { state: "adding" })
      return "What is to be done?"
    }
    await chats.updateAsync(chat.id, { state: "idle", tasks: [...chat.tasks, text] })
    return `Added: ${strings.truncate(text, 40)}`
  },
  list: (chat) => chat.tasks.map((task, index) => `${index + 1}. ${task}`).join("\n") || "Nothing to do.",
  done: async (chat, text) => {
    const [task] = chat.tasks.slice(Number(text) - 1)
    if (!validator.isInt(text) || task === undefined) return "Which one? /list shows the numbers."
    await chats.updateAsync(chat.id, { tasks: chat.tasks.filter((other) => other !== task) })
    return `Done: ${task}`
  },
}

function isSigned(ctx) {
  const signature = crypto.hmac("sha256", env.get("CHAT_SECRET"), ctx.bytes())
  return crypto.timingSafeEqual(ctx.header("x-signature") ?? "", `sha256=${signature}`)
}

function isTooMuch(chat) {
  const now = Date.now()
  const times = (recent.get(chat) ?? []).filter((time) => time > now - WINDOW_MS)
  recent.set(chat, [...times, now].slice(-MOST_MESSAGES - 1))
  return times.length >= MOST_MESSAGES
}

async function reply(key, text) {
  const chat = await chats.upsertAsync({ key }, {})
  const [, command, rest] = /^\/(\w+)\s*(.*)$/s.exec(text) ?? [null, chat.state === "adding" ? "add" : "", text]
  const answer = Object.hasOwn(COMMANDS, command) ? await COMMANDS[command](chat, rest.trim()) : "I know /add, /list and /done."
  await http.postAsync(`${env.get("CHAT_API")}/sendMessage`, { chat: key, text: answer }, { bearer: env.get("CHAT_TOKEN"), timeout: "5s" })
}

router.use(async (ctx, next) => {
  try { return await next() } catch (error) {
    if (error.code !== "validation_failed") throw error
    return router.response(422, { error: error.message, errors: error.errors })
  }
})

router.post("/hook", (ctx) => {
  if (!isSigned(ctx)) throw router.error(401, "The signature is wrong.")
  const { chat, text } = validator.assert(ctx.json(), {
    type: "object",
    required: ["chat", "text"],
    properties: { chat: { type: "string" }, text: { type: "string", maxLength: 4000 } },
  })
  if (isTooMuch(chat)) {
    ctx.header("Retry-After", WINDOW_MS / 1000)
    throw router.error(429, "Not so fast.")
  }
  delayed.run(reply, chat, text)
})

schedule.every("1m", () => {
  for (const [chat, times] of recent) if (times.at(-1) < Date.now() - WINDOW_MS) recent.delete(chat)
})
